import type { FromView, Range, Shown } from '../../protocol/messages.ts';
import type { TimelineWindow } from '../../protocol/timeline.ts';
import type { ViewModel } from '../model.ts';
import { cursorOf, spanOfHit, stageSpan, stepOfHit } from './finding.ts';
import { DETAILS, type Detail, detailOf, firstFolding, foldingOf, toggled } from './folding.ts';
import { listenTo } from './gestures.ts';
import { Gutter } from './gutter.ts';
import { listenToHead } from './head.ts';
import { type Hit, hitAt } from './hit.ts';
import { pressKey, type TimelineActions } from './keys.ts';
import { Lettering } from './lettering.ts';
import { Movement } from './movement.ts';
import { type Drawn, HEAD, paintHead, paintPlot, Surface } from './painter.ts';
import { type Palette, paletteOf, wantsLessMotion, watchTheme } from './palette.ts';
import { type Band, bandsOf, type Folding, type Group, groupsOf, heightOf } from './rows.ts';
import { bandsByContext, type Cursor, cursorPoint, type Scene } from './scene.ts';
import { type Skeleton, skeleton } from './skeleton.ts';
import { Tip, tipLines } from './tip.ts';
import { Toolbar } from './toolbar.ts';
import { positionAt } from './viewport.ts';
import { stepAt, Windows } from './windows.ts';
import { sliderValue } from './words.ts';

/** Share of the panel's height that the timeline takes at first, at most. */
const SHARE = 0.44;
/** A lane for each execution context: who runs, who waits, and how control crosses. */
export class Timeline {
  readonly element: HTMLElement;
  readonly #model: ViewModel;
  readonly #send: (message: FromView) => void;
  readonly #windows: Windows;
  readonly #movement: Movement;
  readonly #gutter: Gutter;
  readonly #tip = new Tip();
  readonly #lettering = new Lettering();
  readonly #plot = new Surface();
  readonly #head = new Surface();
  readonly #parts: Skeleton;
  readonly #toolbar: Toolbar;
  readonly #actions: TimelineActions;
  #palette: Palette | undefined;
  #shown: Shown = 'run';
  #groups: readonly Group[] = [];
  #rows = '';
  #folding: Folding = { closed: new Set(), open: new Set() };
  #detailWanted: Detail | undefined;
  #bands: readonly Band[] = [];
  #range: readonly [number, number] | undefined;
  #drawn: Drawn | undefined;
  #height: number | undefined;
  /** Of the plot in pixels, and how far its lanes are scrolled: asking the page while drawing would make it lay itself out. */
  #size = { width: 1, height: 1 };
  #scrolled = 0;
  #frame = 0;

  constructor(model: ViewModel, send: (message: FromView) => void) {
    this.#model = model;
    this.#send = send;
    this.#windows = new Windows(send);
    this.#movement = new Movement({
      phase: () => this.#windows.phase,
      lessMotion: wantsLessMotion,
      now: () => performance.now(),
      moved: () => {
        this.#tip.hide();
        this.#invalidate();
      },
    });
    const { texts } = model;
    this.#actions = {
      zoom: (times) => this.#movement.zoom(times, undefined, this.#cursor()?.start),
      pan: (share) => this.#movement.pan(share, true),
      whole: () => this.#movement.fit(),
      zoomToStage: () => this.#zoomToStage(),
      otherScale: () => this.#otherScale(),
      detail: (by) => this.#detail(by),
      tip: () => this.#tipAtCursor(),
    };
    this.#gutter = new Gutter(texts['timeline-lanes'], (item) => this.#fold(toggled(this.#folding, item)));
    this.#toolbar = new Toolbar(texts, this.#actions);
    this.#parts = skeleton(texts, {
      toolbar: this.#toolbar.element,
      gutter: this.#gutter.element,
      tip: this.#tip.element,
      plotCanvas: this.#plot.element,
      headCanvas: this.#head.element,
      sized: { resize: (height) => this.#resize(height) },
      scrolled: () => {
        this.#scrolled = this.#parts.scroller.scrollTop;
        this.#invalidate();
      },
      blurred: () => this.#tip.hide(),
    });
    this.element = this.#parts.root;
    this.#listen();
  }

  /** Draws for the first time; the page holds the timeline by now. */
  start(): void {
    this.#shown = this.#model.shown;
    this.#windows.reset(this.#shown, this.#movement.scale);
    this.#readTheme();
    watchTheme(() => this.element.isConnected && this.#readTheme());
    new ResizeObserver(() => this.#resized()).observe(this.#parts.scroller);
    const room = this.element.parentElement;
    if (room !== null) {
      new ResizeObserver(() => this.#resized()).observe(room);
    }
    this.#resized();
  }

  /** Another step is current. */
  follow(): void {
    const { shown, playing } = this.#model;
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#restart();
    }
    const cursor = this.#cursor();
    this.#tip.hide();
    if (cursor !== undefined) {
      this.#movement.reveal((cursor.start + cursor.end) / 2, playing);
    }
    for (const [name, value] of Object.entries(sliderValue(this.#model))) {
      this.#parts.plot.setAttribute(name, value);
    }
    this.#invalidate();
  }

  /** A window that was asked for has arrived. */
  take(window: TimelineWindow, request: number): void {
    if (!this.#windows.take(window, request)) {
      return;
    }
    const rows = `${this.#shown} ${window.rows.join()}`;
    if (rows !== this.#rows) {
      this.#rows = rows;
      this.#groups = groupsOf(this.#model.head.lanes, this.#model.head.contexts, window.rows);
      this.#folding = this.#usualFolding();
      this.#layOut();
    }
    this.#movement.begin(this.#cursor()?.start);
    this.#parts.note.hidden = this.#groups.length > 0;
    this.#parts.note.textContent = this.#model.texts['timeline-empty'];
    this.#invalidate();
  }

  /** The steps that are shown. */
  visible(): Range {
    const { range } = this.#model;
    const { from, to } = this.#movement.target;
    const window = this.#windows.best({ from, to });
    const first = window === undefined ? undefined : stepAt(window, from);
    const last = window === undefined ? undefined : stepAt(window, to);
    return { from: first ?? range.from, to: last === undefined ? range.to : Math.min(last + 1, range.to) };
  }

  /** Does what a key means to the timeline; false where it means nothing. */
  key(event: KeyboardEvent): boolean {
    return pressKey(event, this.#parts.plot.contains(document.activeElement), this.#actions);
  }

  #listen(): void {
    listenTo(this.#parts.plot, {
      zoom: (times, x) => this.#movement.zoom(times, this.#positionAt(x), undefined),
      pan: (right, down) => this.#drag(right, down),
      click: (x, y) => this.#click(x, y),
      doubleClick: (x, y) => this.#zoomToHit(x, y),
      range: (from, to, done) => this.#select(from, to, done),
      hover: (x, y, event) => this.#hover(x, y, event),
      leave: () => this.#tip.hide(),
    });
    listenToHead(this.#parts.head, this.#movement, {
      width: () => this.#size.width,
      zoom: (times, x) => this.#movement.zoom(times, this.#positionAt(x), undefined),
      pan: (right) => this.#drag(right, 0),
      scrub: (x) => this.#go(this.#stepUnder(x)),
    });
  }

  // What is shown.

  #positionAt(x: number): number {
    return positionAt(this.#movement.target, this.#size.width, x);
  }

  #stepUnder(x: number): number | undefined {
    const window = this.#windows.best(this.#movement.target);
    return window === undefined ? undefined : stepAt(window, this.#positionAt(x));
  }

  #cursor(): Cursor | undefined {
    return cursorOf(this.#model.moment, this.#shown, this.#movement.scale);
  }

  #zoomToStage(): void {
    const { moment } = this.#model;
    const cursor = this.#cursor();
    if (moment !== undefined && cursor !== undefined) {
      this.#movement.show(stageSpan(this.#windows.best(this.#movement.target), moment, cursor));
    }
  }

  #otherScale(): void {
    const share = this.#movement.share();
    const scale = this.#movement.scale === 'steps' ? 'time' : 'steps';
    this.#movement.scale = scale;
    this.#toolbar.show(scale);
    this.#restart(share);
  }

  /** Begins anew with another phase or scale; `share` of it is to be shown around the cursor, all of it by default. */
  #restart(share?: number): void {
    this.#windows.reset(this.#shown, this.#movement.scale);
    this.#movement.restart(share);
    this.#drawn = undefined;
    this.#invalidate();
  }

  // Lanes.

  #detail(by: 1 | -1): void {
    const now = DETAILS.indexOf(detailOf(this.#groups, this.#folding));
    const next = by > 0 ? (now + 1) % DETAILS.length : Math.max(0, now - 1);
    this.#fold(foldingOf(this.#groups, DETAILS[next] ?? 'contexts'));
  }

  /** As much as the user wants to see, or as much as can be seen at once. */
  #usualFolding(): Folding {
    return this.#detailWanted === undefined
      ? firstFolding(this.#groups, this.#mostHeight() - HEAD)
      : foldingOf(this.#groups, this.#detailWanted);
  }

  #fold(folding: Folding): void {
    this.#folding = folding;
    this.#detailWanted = detailOf(this.#groups, folding);
    this.#tip.hide();
    this.#layOut();
    this.#invalidate();
  }

  #mostHeight(): number {
    return Math.max(150, (this.element.parentElement?.clientHeight ?? 0) * SHARE);
  }

  #resize(height: number | undefined): void {
    this.#height = height;
    this.#resized();
  }

  #resized(): void {
    if (this.#detailWanted === undefined) {
      this.#folding = this.#usualFolding();
    }
    this.#layOut();
    this.#invalidate();
  }

  /** Gives the section its height, and each band its place. */
  #layOut(): void {
    const full = HEAD + 8 + heightOf(bandsOf(this.#groups, this.#folding, Number.POSITIVE_INFINITY));
    const height = this.#height ?? Math.min(this.#mostHeight(), this.#groups.length === 0 ? this.#mostHeight() : full);
    this.element.style.height = `${Math.round(height)}px`;
    const room = height - HEAD - 8;
    this.#bands = bandsOf(this.#groups, this.#folding, room);
    const all = Math.max(heightOf(this.#bands), 0);
    this.#parts.bands.style.height = `${all}px`;
    this.#parts.plot.style.height = `${this.#parts.scroller.clientHeight}px`;
    this.#parts.head.style.setProperty(
      '--scrollbar',
      `${this.#parts.scroller.offsetWidth - this.#parts.scroller.clientWidth}px`,
    );
    this.#gutter.draw(this.#bands, this.#folding);
    const { scroller } = this.#parts;
    const width = Math.max(1, scroller.clientWidth - this.#gutter.element.offsetWidth);
    this.#size = { width, height: scroller.clientHeight };
    this.#scrolled = scroller.scrollTop;
  }

  // Pointer.

  #drag(right: number, down: number): void {
    this.#tip.hide();
    this.#movement.pan(-right / this.#size.width, false);
    this.#parts.scroller.scrollTop -= down;
  }

  #hitAt(x: number, y: number): Hit | undefined {
    return this.#drawn === undefined
      ? undefined
      : hitAt(this.#drawn.scene, this.#drawn.arrows, this.#drawn.marks, x, y);
  }

  #hover(x: number, y: number, event: PointerEvent): void {
    const hit = this.#hitAt(x, y);
    this.#parts.plot.classList.toggle('is-over', hit !== undefined);
    if (hit === undefined || this.#drawn === undefined) {
      this.#tip.hide();
    } else {
      this.#tip.show(tipLines(this.#drawn.scene, hit, this.#model.range.from), event.clientX, event.clientY);
    }
  }

  #click(x: number, y: number): void {
    const window = this.#drawn?.scene.window;
    const under = this.#stepUnder(x);
    this.#parts.plot.focus({ preventScroll: true });
    this.#go(window === undefined ? under : stepOfHit(window, this.#hitAt(x, y), under));
  }

  #go(step: number | undefined): void {
    const { range, moment } = this.#model;
    if (step !== undefined && range.to > range.from) {
      const wanted = Math.min(Math.max(step, range.from), range.to - 1);
      if (wanted !== moment?.step) {
        this.#send({ t: 'go', step: wanted });
      }
    }
  }

  #zoomToHit(x: number, y: number): void {
    const window = this.#drawn?.scene.window;
    const span = window === undefined ? undefined : spanOfHit(window, this.#hitAt(x, y));
    if (span !== undefined) {
      this.#movement.show(span);
    }
  }

  #select(from: number, to: number, done: boolean): void {
    this.#range = done ? undefined : [from, to];
    if (done && Math.abs(to - from) > 4) {
      const ends = { from: this.#positionAt(Math.min(from, to)), to: this.#positionAt(Math.max(from, to)) };
      this.#movement.move(ends, true);
    }
    this.#invalidate();
  }

  /** Says more about the current step, or takes that away again. */
  #tipAtCursor(): void {
    const scene = this.#drawn?.scene;
    const point = scene === undefined || !this.#tip.element.hidden ? undefined : cursorPoint(scene);
    const hit = scene === undefined || point === undefined ? undefined : hitAt(scene, [], [], point.x, point.y);
    if (scene === undefined || point === undefined || hit === undefined) {
      this.#tip.hide();
    } else {
      const { left, top } = this.#parts.plot.getBoundingClientRect();
      this.#tip.show(tipLines(scene, hit, this.#model.range.from), left + point.x, top + point.y);
    }
  }

  // Drawing.

  #readTheme(): true {
    this.#palette = paletteOf(this.element, this.#plot.context);
    this.#invalidate();
    return true;
  }

  #invalidate(): void {
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#paint();
      });
    }
  }

  #paint(): void {
    this.#movement.advance();
    const { width, height } = this.#size;
    const { span, target, phase } = this.#movement;
    this.#windows.need(span === undefined ? undefined : target, width);
    const window = span === undefined ? undefined : this.#windows.best(span);
    const palette = this.#palette;
    this.#plot.clear(width, height);
    this.#head.clear(width, HEAD);
    if (span === undefined || window === undefined || palette === undefined) {
      return;
    }
    const common = {
      ...{ palette, width, height, head: this.#model.head, texts: this.#model.texts, lettering: this.#lettering },
      ...{ scrolled: this.#scrolled, bands: this.#bands, bandOf: bandsByContext(this.#bands) },
      cursor: this.#cursor(),
    };
    const scene: Scene = { ...common, draw: this.#plot.context, span, window };
    const origin = window.first;
    this.#drawn = paintPlot(scene, origin, this.#range);
    const draw = this.#head.context;
    const whole: Scene = { ...common, draw, span: phase, window: this.#windows.whole ?? window };
    paintHead(whole, { ...scene, draw }, span, origin);
  }
}
