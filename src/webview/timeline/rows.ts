import type { ContextHead, LaneHead } from '../../protocol/messages.ts';

/** One execution context: a lane of the picture. */
export interface Lane {
  readonly context: number;
  /** Its name without what every lane of its program has in common. */
  readonly name: string;
  readonly fullName: string;
  /** Rows that its calls need. */
  readonly rows: number;
}

/** A program with the contexts that take part in the phase. */
export interface Group {
  readonly id: string;
  readonly name: string;
  /** Class that gives the program's colour. */
  readonly colour: number;
  readonly lanes: readonly Lane[];
}

/** Number of the colour of a guest's process, behind those of the head's lanes. */
export const USER_COLOUR = 4;

/** What the user has opened and closed. */
export interface Folding {
  readonly closed: ReadonlySet<string>;
  readonly open: ReadonlySet<number>;
}

/** How a band is drawn: a program's name only, one strip, or a strip with its calls below. */
export type BandKind = 'heading' | 'program' | 'lane';

/** One band of the picture, from top to bottom. */
export interface Band {
  readonly kind: BandKind;
  readonly group: Group;
  /** Contexts whose running is drawn in its strip: none for a heading, all of a closed program. */
  readonly lanes: readonly Lane[];
  readonly top: number;
  readonly height: number;
  /** Height of its strip. */
  readonly strip: number;
  /** Height of one row of calls; 0 where they are not drawn. */
  readonly row: number;
}

/** Heights in pixels. */
export const HEIGHTS = {
  heading: 18,
  leastStrip: 18,
  mostStrip: 34,
  row: 15,
  /** Free space below a band. */
  gap: 3,
} as const;

const DISTINCT = 20;

/** What is particular about a context's name: without remarks in parentheses and the machine, its last part in front where that is short. */
export function shortName(name: string): string {
  const plain = name
    .replace(/\s*\([^()]*\)/g, '')
    .replace(/^(?:User|Service) VM,? /, '')
    .trim();
  const parts = plain.split(', ');
  const last = parts.at(-1) ?? '';
  return parts.length > 1 && last.length <= DISTINCT ? `${last} · ${parts.slice(0, -1).join(', ')}` : plain;
}

/** The programs of a session with those of their contexts that take part in a phase. */
export function groupsOf(
  lanes: readonly LaneHead[],
  contexts: readonly ContextHead[],
  rows: Uint8Array,
): readonly Group[] {
  const groups = new Map<string, { colour: number; lanes: Lane[] }>();
  for (const [context, { lane, program, name }] of contexts.entries()) {
    const needed = rows[context] ?? 0;
    if (needed > 0) {
      const colour = lane === 0 && program !== lanes[0]?.name ? USER_COLOUR : lane;
      const group = groups.get(program) ?? { colour, lanes: [] };
      group.lanes.push({ context, name: shortName(name), fullName: name, rows: needed });
      groups.set(program, group);
    }
  }
  const order = ({ colour }: Group): number => (colour === USER_COLOUR ? -1 : colour);
  return [...groups]
    .map(([name, group]) => ({ id: name, name, ...group }))
    .sort((one, other) => order(one) - order(other));
}

/** Bands for what is open and closed, as high as the room allows where it allows more than they need. */
export function bandsOf(groups: readonly Group[], folding: Folding, room: number): readonly Band[] {
  const strips = groups.reduce((sum, group) => sum + (isOne(group, folding) ? 1 : group.lanes.length), 0);
  const rest = room - fixedHeight(groups, folding) - strips * HEIGHTS.gap;
  const strip = Math.floor(Math.min(HEIGHTS.mostStrip, Math.max(HEIGHTS.leastStrip, rest / Math.max(1, strips))));
  const bands: Band[] = [];
  let top = 0;
  for (const band of groups.flatMap((group) => bandsOfGroup(group, folding, strip))) {
    bands.push({ ...band, top });
    top += band.height;
  }
  return bands;
}

/** A program that is one band: it is closed, or has one context only. */
const isOne = (group: Group, folding: Folding): boolean => folding.closed.has(group.id) || group.lanes.length === 1;

/** Height of headings and of rows of calls: what does not depend on the room. */
function fixedHeight(groups: readonly Group[], folding: Folding): number {
  const headings = groups.filter((group) => !isOne(group, folding)).length * HEIGHTS.heading;
  const open = groups.filter((group) => !folding.closed.has(group.id)).flatMap(({ lanes }) => lanes);
  const rows = open.filter(({ context }) => folding.open.has(context)).reduce((sum, lane) => sum + lane.rows, 0);
  return headings + rows * HEIGHTS.row;
}

type Untopped = Omit<Band, 'top'>;

function bandsOfGroup(group: Group, folding: Folding, strip: number): Untopped[] {
  const [only] = group.lanes;
  if (folding.closed.has(group.id) && group.lanes.length > 1) {
    return [{ kind: 'program', group, lanes: group.lanes, strip, row: 0, height: strip + HEIGHTS.gap }];
  }
  if (group.lanes.length === 1 && only !== undefined) {
    return [laneBand(group, only, folding, strip)];
  }
  const heading: Untopped = { kind: 'heading', group, lanes: [], strip: 0, row: 0, height: HEIGHTS.heading };
  return [heading, ...group.lanes.map((lane) => laneBand(group, lane, folding, strip))];
}

function laneBand(group: Group, lane: Lane, folding: Folding, strip: number): Untopped {
  const row = folding.open.has(lane.context) ? HEIGHTS.row : 0;
  const kind = group.lanes.length === 1 ? 'program' : 'lane';
  const open = row > 0 ? Math.min(strip, HEIGHTS.leastStrip) : strip;
  return { kind, group, lanes: [lane], strip: open, row, height: open + row * lane.rows + HEIGHTS.gap };
}

/** Height of all bands. */
export const heightOf = (bands: readonly Band[]): number => {
  const last = bands.at(-1);
  return last === undefined ? 0 : last.top + last.height;
};

/** Whether all contexts can be seen at once in so much room, each as a strip of its own. */
export const fits = (groups: readonly Group[], room: number): boolean =>
  heightOf(bandsOf(groups, { closed: new Set(), open: new Set() }, 0)) <= room;
