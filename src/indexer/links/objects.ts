import type { Flow } from './flow.ts';
import type { Site } from './program.ts';
import type { Meanings, Slot } from './slots.ts';

/** How often an object's address may be handed on before the search gives up. */
const MAX_HANDS = 6;

/** Says which objects an argument may be: `&x->work` names a member, a parameter whatever callers pass for it. */
export class Objects {
  readonly #meanings: Meanings;
  readonly #flow: Flow;

  constructor(meanings: Meanings, flow: Flow) {
    this.#meanings = meanings;
    this.#flow = flow;
  }

  /**
   * Keys of the objects that the text of an expression may name at a site; none where nothing is known. A name that is
   * declared nowhere is one that a macro declares in that file.
   */
  of(text: string, site: Site): Set<string> {
    const keys = new Set<string>();
    this.#collect(text, site, keys, new Set(), 0);
    const bare = text.replace(/^&\s*/, '');
    if (keys.size === 0 && /^\w+$/.test(bare)) {
      keys.add(`${site.file}:${bare}`);
    }
    return keys;
  }

  #collect(text: string, site: Site, keys: Set<string>, seen: Set<string>, hands: number): void {
    for (const slot of this.#meanings.of(text, site).slots) {
      if (slot.kind !== 'unknown' && !seen.has(slot.key)) {
        seen.add(slot.key);
        keys.add(slot.key);
        this.#follow(slot, keys, seen, hands);
      }
    }
  }

  #follow(slot: Slot, keys: Set<string>, seen: Set<string>, hands: number): void {
    if ((slot.kind === 'param' || slot.kind === 'local') && hands < MAX_HANDS) {
      for (const source of this.#flow.sourcesOf(slot)) {
        this.#collect(source.text, source.site, keys, seen, hands + 1);
      }
    }
  }
}
