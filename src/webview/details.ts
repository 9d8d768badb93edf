import { printable } from '../base/bytes.ts';
import type { CodeExcerpt, HopDetail, Moment, OutputSoFar, PlaceHead } from '../protocol/messages.ts';
import type { StepRef } from '../protocol/navigate.ts';
import { fill } from '../protocol/view-texts.ts';
import { causeLine } from './cause-line.ts';
import { codePane } from './code-pane.ts';
import { element } from './dom.ts';
import { icon } from './icons.ts';
import type { ViewModel } from './model.ts';
import { actionLink } from './toolkit.ts';
import { hopName, microseconds, shortPlace, wayOf } from './words.ts';

/** What the details can ask for. */
export interface DetailActions {
  /** Opens the place of a step (`evidence` -1) or one of its lines of evidence. */
  readonly open: (step: number, evidence: number) => void;
  readonly go: (step: number) => void;
}

/** Everything about the current step, drawn anew for each. */
export class Details {
  readonly element: HTMLElement;
  readonly #model: ViewModel;
  readonly #actions: DetailActions;
  #pane: HTMLElement | undefined;

  constructor(model: ViewModel, actions: DetailActions) {
    this.#model = model;
    this.#actions = actions;
    this.element = element('section', { class: 'details', attributes: { 'aria-label': model.texts.details } });
  }

  /** Draws the current moment. */
  draw(): void {
    const moment = this.#model.moment;
    if (moment === undefined) {
      return;
    }
    this.element.replaceChildren(
      ...this.#title(moment),
      ...(moment.hop === undefined ? [this.#start(moment)] : this.#hop(moment, moment.hop)),
      ...this.#line(moment),
      ...this.#causes(moment),
      ...this.#code(moment),
      ...this.#changes(moment),
      ...this.#notes(moment),
      ...this.#output(moment.output),
    );
  }

  /** Shows other code than the step's own: a line of evidence. */
  showCode(code: CodeExcerpt): void {
    this.#pane?.replaceChildren(...codePane(this.#model.texts, code).childNodes);
    this.#pane?.scrollIntoView({ block: 'nearest' });
  }

  #code(moment: Moment): readonly Node[] {
    this.#pane = this.#model.head.hostShowsCode ? undefined : codePane(this.#model.texts, moment.code);
    return this.#pane === undefined ? [] : [this.#pane];
  }

  #title(moment: Moment): readonly Node[] {
    const { head, texts } = this.#model;
    const context = head.contexts[moment.context];
    return [
      element('div', { class: 'eyebrow' }, [
        element('span', { class: 'dot' }),
        element('span', { class: 'program', text: context?.program ?? '' }),
        element('span', { class: 'context', text: context?.name ?? '' }),
        element('span', { class: 'time', text: fill(texts['at-time'], microseconds(moment.time)) }),
      ]),
      element('h2', { class: 'function', text: head.stages[moment.stage]?.function ?? '' }),
      element('div', { class: 'where' }, [this.#where(moment)]),
      ...(moment.reason === '' ? [] : [element('p', { class: 'reason', text: moment.reason })]),
    ];
  }

  #where(moment: Moment): Node {
    const { texts, head } = this.#model;
    if (moment.place === undefined) {
      const stage = head.stages[moment.stage];
      const missing = stage !== undefined && stage.status !== 'no-tree';
      return element('span', { class: 'missing' }, [
        ...(missing ? [icon('warning')] : []),
        element('span', { text: missing ? `${stage.file}: ${texts['not-found']}` : '' }),
      ]);
    }
    return this.#link(moment.step, -1, moment.place, `${moment.place.file}:${moment.place.line}`);
  }

  #start(moment: Moment): HTMLElement {
    const { texts, range } = this.#model;
    return element('p', { class: 'way', text: texts[moment.step === range.from ? 'first-step' : 'starts-here'] });
  }

  #hop(moment: Moment, hop: HopDetail): readonly Node[] {
    const other = moment.kind === 'leave' ? hop.to : hop.from;
    const way = element('p', { class: 'way' }, [
      element('span', { text: this.#wayText(moment, hop, other) }),
      ...(hop.proof === 'none' ? [] : [this.#badge(hop)]),
    ]);
    const expr = hop.expr === '' ? [] : [element('code', { class: 'expr', text: hop.expr })];
    const reason = hop.reason === '' ? [] : [element('p', { class: 'reason', text: hop.reason })];
    return [way, ...expr, ...reason, ...this.#evidence(moment.step, hop)];
  }

  #wayText(moment: Moment, hop: HopDetail, other: string): string {
    const { texts } = this.#model;
    if (hop.kind === 'return_then_call') {
      return fill(texts['called-after'], hop.caller, hop.from);
    }
    return hop.kind === 'direct_call'
      ? fill(texts['called-by'], hop.from)
      : wayOf(texts, moment.kind, hopName(this.#model, hop), other);
  }

  #badge(hop: HopDetail): HTMLElement {
    const proven = hop.proof === 'proven';
    return element('span', { class: `badge is-${hop.proof}` }, [
      icon(proven ? 'found' : 'warning'),
      element('span', { text: this.#model.texts[proven ? 'proven' : 'unproven'] }),
    ]);
  }

  #evidence(step: number, hop: HopDetail): readonly Node[] {
    if (hop.evidence.length === 0) {
      return [];
    }
    const lines = hop.evidence.map((place, at) =>
      element('li', {}, [
        element('span', { class: 'role', text: this.#model.texts[`role-${place.role}`] }),
        element('code', { class: 'shows', text: place.shows }),
        this.#link(step, at, place, shortPlace(place.file, place.line)),
      ]),
    );
    return [this.#heading(this.#model.texts.evidence), element('ul', { class: 'evidence' }, lines)];
  }

  #line({ line }: Moment): readonly Node[] {
    return line === '' ? [] : [element('p', { class: 'event-line', text: line })];
  }

  /** Who woke this, and what it caused, as ways to go there. */
  #causes({ woken, causes }: Moment): readonly Node[] {
    const { texts } = this.#model;
    const line = (icon: 'woke' | 'caused', name: string, steps: readonly StepRef[], none: string): HTMLElement =>
      causeLine(this.#model, icon, name, steps, none, this.#actions.go);
    return [
      element('dl', { class: 'causes' }, [
        line('woke', texts['cause-woke'], woken === undefined ? [] : [woken], texts['by-itself']),
        line('caused', texts['cause-effects'], causes, texts['causes-nothing']),
      ]),
    ];
  }

  #changes(moment: Moment): readonly Node[] {
    if (moment.changes.length === 0) {
      return [];
    }
    const { texts } = this.#model;
    const rows = moment.changes.map((change) =>
      element('tr', { class: `lane-${change.lane}` }, [
        element('th', { text: change.name, attributes: { scope: 'row' } }),
        element('td', { class: 'before', text: change.before }),
        element('td', { class: 'arrow', text: '→', attributes: { 'aria-hidden': 'true' } }),
        element('td', { class: 'after', text: change.after }),
      ]),
    );
    const more =
      moment.moreChanges === 0
        ? []
        : [element('p', { class: 'aside', text: fill(texts['more-changes'], moment.moreChanges) })];
    return [
      this.#heading(texts.changes),
      element('table', { class: 'changes' }, [element('tbody', {}, rows)]),
      ...more,
    ];
  }

  #notes(moment: Moment): readonly Node[] {
    if (moment.notes.length === 0) {
      return [];
    }
    const lines = moment.notes.map((note) => element('li', { text: note }));
    return [this.#heading(this.#model.texts.notes), element('ul', { class: 'notes' }, lines)];
  }

  #output(outputs: readonly OutputSoFar[]): readonly Node[] {
    const { texts } = this.#model;
    const written = outputs.filter((output) => output.total > 0);
    const shown =
      written.length === 0
        ? [element('p', { class: 'aside', text: texts['no-output'] })]
        : written.map((output) =>
            element('div', { class: 'output' }, [
              element('span', { class: 'endpoint', text: output.endpoint }),
              element('code', { class: 'bytes', text: printable(output.tail) }),
              element('span', { class: 'count', text: fill(texts['output-bytes'], output.total) }),
            ]),
          );
    return [this.#heading(texts.output), ...shown];
  }

  #link(step: number, evidence: number, place: PlaceHead, text: string): HTMLElement {
    const label = fill(this.#model.texts['show-place'], `${place.file}:${place.line}`);
    return actionLink(text, label, () => this.#actions.open(step, evidence));
  }

  #heading(text: string): HTMLElement {
    return element('h3', { text });
  }
}
