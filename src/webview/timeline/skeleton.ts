import type { ViewTexts } from '../../protocol/view-texts.ts';
import { element } from '../dom.ts';
import { type Sized, sash } from './sash.ts';

/** What a timeline is put together from. */
export interface Parts {
  readonly toolbar: HTMLElement;
  readonly gutter: HTMLElement;
  readonly tip: HTMLElement;
  readonly plotCanvas: HTMLCanvasElement;
  readonly headCanvas: HTMLCanvasElement;
  readonly sized: Omit<Sized, 'height' | 'most'>;
  readonly scrolled: () => void;
  readonly blurred: () => void;
}

/** The elements of a timeline. */
export interface Skeleton {
  readonly root: HTMLElement;
  /** Overview strip and axis. */
  readonly head: HTMLElement;
  /** The lanes; it has the focus. */
  readonly plot: HTMLElement;
  readonly scroller: HTMLElement;
  /** As high as all lanes are. */
  readonly bands: HTMLElement;
  /** Stands where there is nothing to draw. */
  readonly note: HTMLElement;
}

/** Pixels of the panel that are left for everything else when the timeline is made as large as can be. */
const REST = 160;

/** Puts a timeline together. */
export function skeleton(texts: ViewTexts, parts: Parts): Skeleton {
  const note = element('div', {
    class: 'timeline-note',
    text: texts['timeline-loading'],
    attributes: { role: 'status' },
  });
  const head = element('div', { class: 'timeline-head', attributes: { title: texts['timeline-overview'] } }, [
    parts.headCanvas,
  ]);
  const plot = plotElement(texts, parts);
  const bands = element('div', { class: 'timeline-bands' }, [parts.gutter, plot]);
  const scroller = element('div', { class: 'timeline-scroller', on: { scroll: parts.scrolled } }, [bands]);
  const root = element('section', { class: 'timeline', attributes: { 'aria-label': texts.timeline } });
  const handle = sash(texts['timeline-size'], {
    height: () => root.offsetHeight,
    most: () => (root.parentElement?.clientHeight ?? 2 * REST) - REST,
    ...parts.sized,
  });
  root.append(parts.toolbar, head, scroller, handle, note, parts.tip);
  return { root, head, plot, scroller, bands, note };
}

function plotElement(texts: ViewTexts, { plotCanvas, blurred }: Parts): HTMLElement {
  const attributes = {
    role: 'slider',
    tabindex: '0',
    'aria-label': texts['timeline-plot'],
    'aria-orientation': 'horizontal',
    'aria-keyshortcuts': 'W S A D + - 0 Z X G I',
  };
  return element('div', { class: 'timeline-plot', attributes, on: { blur: blurred } }, [plotCanvas]);
}
