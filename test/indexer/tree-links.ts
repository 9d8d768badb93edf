import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Dialect } from '../../src/indexer/dialect.ts';
import type { ParseEngine } from '../../src/indexer/engine.ts';
import type { CallFact, FileFacts } from '../../src/indexer/facts.ts';
import { indexText } from '../../src/indexer/index-text.ts';
import { Links } from '../../src/indexer/links.ts';

/** Facts of the C and assembler files below some folders of a tree, in the order of their names. */
export function treeFacts(
  engine: ParseEngine,
  dialect: Dialect,
  root: string,
  folders: readonly string[],
): readonly FileFacts[] {
  return folders
    .flatMap((folder) => sourcesBelow(root, folder))
    .map((file) => indexText(file, readFileSync(path.join(root, file), 'utf8'), engine, dialect));
}

function sourcesBelow(root: string, place: string): string[] {
  const stat = lstatSync(path.join(root, place));
  if (stat.isFile()) {
    return /\.[chS]$/.test(place) ? [place] : [];
  }
  const names = stat.isDirectory() ? readdirSync(path.join(root, place)).toSorted() : [];
  return names.flatMap((name) => sourcesBelow(root, path.posix.join(place, name)));
}

/** A call through a pointer, and functions it must reach for sure; `only`: and no others. */
export interface Site {
  readonly file: string;
  readonly inFunction: string;
  readonly callee: string;
  readonly reaches: readonly string[];
  readonly only?: boolean;
  /** The same call as another version of the tree has it. */
  readonly before?: Site;
}

/** Of the sites, those that do not reach what they must, with what they reach instead. */
export function wrongSites(facts: readonly FileFacts[], dialect: Dialect, sites: readonly Site[]): unknown[] {
  const links = new Links(facts, dialect);
  return sites.flatMap((named) => {
    const site = named.before !== undefined && callOf(links, named) === undefined ? named.before : named;
    const call = callOf(links, site);
    const targets = call ? links.targetsOf({ file: site.file, fact: call }).targets : [];
    const sure = targets.filter((t) => t.confidence === 'found').map((t) => t.function.fact.name);
    const names = [...new Set(sure)].toSorted();
    const right = site.only === true ? same(names, site.reaches) : site.reaches.every((name) => names.includes(name));
    return right ? [] : [{ ...site, called: call !== undefined, names }];
  });
}

const callOf = (links: Links, site: Site): CallFact | undefined =>
  links
    .file(site.file)
    ?.calls.find((c) => c.inFunction === site.inFunction && c.callee.replace(/\s/g, '') === site.callee);

const same = (a: readonly string[], b: readonly string[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b.toSorted());
