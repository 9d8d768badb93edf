import { SLOT_STATES } from '../../protocol/inspect.ts';
import { shape } from '../dom.ts';

/** Size of a state's box, and of the whole picture, in its own units. */
const BOX = { width: 116, height: 34 } as const;
const PICTURE = { width: 400, height: 150 } as const;

/** Middles of the states' boxes, by number: the way of a request runs clockwise from FREE. */
const MIDDLES: readonly (readonly [x: number, y: number])[] = [
  [338, 22],
  [62, 128],
  [338, 128],
  [62, 22],
];

/** Ways that are drawn even where this run does not take them. */
const USUAL: readonly (readonly [from: number, to: number])[] = [
  [3, 0],
  [0, 2],
  [2, 1],
  [1, 3],
];

/** What is drawn of a slot. */
export interface SlotPicture {
  readonly label: string;
  readonly state: number;
  /** The way by which it came to its state. */
  readonly last: { readonly from: number; readonly to: number } | undefined;
  /** Ways that this run takes. */
  readonly ways: readonly { readonly from: number; readonly to: number }[];
}

/** The states of a slot and the ways between them: the current state is filled, the last way is strong. */
export function slotPicture(picture: SlotPicture): SVGElement {
  const ways = [...picture.ways, ...USUAL.map(([from, to]) => ({ from, to }))];
  const drawn = new Map(ways.map((way) => [`${way.from} ${way.to}`, way]));
  const lines = [...drawn.values()].map(({ from, to }) => {
    const isLast = picture.last?.from === from && picture.last.to === to;
    const taken = picture.ways.some((way) => way.from === from && way.to === to);
    const aside = drawn.has(`${to} ${from}`) ? 5 : 0;
    return arrow(from, to, aside, `way${isLast ? ' is-last' : ''}${taken ? '' : ' is-never'}`);
  });
  const boxes = SLOT_STATES.flatMap((name, state) => box(name, state, state === picture.state));
  return shape(
    'svg',
    {
      class: 'slot-picture',
      viewBox: `0 0 ${PICTURE.width} ${PICTURE.height}`,
      role: 'img',
      'aria-label': picture.label,
    },
    [...lines, ...boxes],
  );
}

function box(name: string, state: number, isCurrent: boolean): readonly SVGElement[] {
  const [x, y] = MIDDLES[state] ?? [0, 0];
  const current = isCurrent ? ' is-current' : '';
  const text = shape('text', { class: `state-name${current}`, x: String(x), y: String(y) });
  text.textContent = name;
  const rect = shape('rect', {
    class: `state-box${current}`,
    x: String(x - BOX.width / 2),
    y: String(y - BOX.height / 2),
    width: String(BOX.width),
    height: String(BOX.height),
    rx: '5',
  });
  return [rect, text];
}

/** A line from box to box with its head at the end, `aside` of the straight way. */
function arrow(from: number, to: number, aside: number, classes: string): SVGElement {
  const [ax, ay] = edge(from, to);
  const [bx, by] = edge(to, from);
  const length = Math.hypot(bx - ax, by - ay) || 1;
  const [dx, dy] = [(bx - ax) / length, (by - ay) / length];
  // To the left of its own direction, so that the way back has room.
  const [x1, y1, x2, y2] = [ax + aside * dy, ay - aside * dx, bx + aside * dy, by - aside * dx];
  const wing = (side: number): string =>
    `${(x2 - 8 * dx - 4 * side * dy).toFixed(1)} ${(y2 - 8 * dy + 4 * side * dx).toFixed(1)}`;
  return shape('path', {
    class: classes,
    d: `M${x1.toFixed(1)} ${y1.toFixed(1)}L${x2.toFixed(1)} ${y2.toFixed(1)}M${wing(1)}L${x2.toFixed(1)} ${y2.toFixed(1)}L${wing(-1)}`,
  });
}

/** Where a line from one box to another leaves the first, with a little room. */
function edge(state: number, other: number): readonly [x: number, y: number] {
  const [x, y] = MIDDLES[state] ?? [0, 0];
  const [ox, oy] = MIDDLES[other] ?? [0, 0];
  const room = 5;
  if (x === ox) {
    return [x, y + Math.sign(oy - y) * (BOX.height / 2 + room)];
  }
  const rise = y === oy ? 0 : (oy - y) / Math.abs(ox - x);
  const reach = BOX.width / 2 + room;
  return [x + Math.sign(ox - x) * reach, y + rise * reach];
}
