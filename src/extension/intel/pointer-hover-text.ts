import * as vscode from 'vscode';
import type { TreeFolders } from '../../host-node/open-trees.ts';
import type { ConstantSides } from '../../sourcemap/intel/constant-sides.ts';
import { pointerText } from '../../sourcemap/intel/lens-model.ts';
import type { QueryAnswer, QueryEdge } from '../../sourcemap/query/query-types.ts';
import { CONSTANT_KINDS, type ConstantText } from '../../texts/constants.ts';
import type { IntelHost, TreeLine } from './intel-host.ts';
import { HoverText } from './markdown.ts';

/** Targets that a hover lists; the References view lists all. */
const MOST_TARGETS = 12;

/** All targets of a call through a pointer, with what binds each. */
export function pointerHoverText(host: IntelHost, expr: string, answer: QueryAnswer, folders: TreeFolders): HoverText {
  const { texts } = host;
  const out = new HoverText();
  const edges = answer.result.filter((edge) => edge.via !== undefined && pointerText(edge.via) === pointerText(expr));
  out.bold(edges.length === 0 ? texts.noTargets(pointerText(expr)) : texts.targets(edges.length, pointerText(expr)));
  for (const edge of edges.slice(0, MOST_TARGETS)) {
    target(host, out, edge, folders);
  }
  if (edges.length > MOST_TARGETS) {
    out.paragraph().text(texts.andMore(edges.length - MOST_TARGETS).trim());
  }
  if (answer.unresolved.count > 0) {
    out.paragraph().text(texts.unresolvedHeading(answer.unresolved.count));
  }
  out.paragraph().text(texts.restsOn(answer.indexed.files, answer.indexed.folders.join(', ')));
  return out;
}

function target(host: IntelHost, out: HoverText, edge: QueryEdge, folders: TreeFolders): void {
  out.item();
  link(host, out, edge.function, edge, folders);
  const bindings = edge.evidence.filter((one) => one.role === 'binding');
  for (const [at, one] of bindings.entries()) {
    out.text(at === 0 ? ` · ${host.texts.boundAt} ` : ', ');
    link(host, out, `${fileName(one.file)}:${one.line}`, one, folders);
  }
}

/** A constant's number on every side, what it means, and where it is used. */
export function constantHoverText(
  host: IntelHost,
  name: string,
  text: ConstantText,
  sides: ConstantSides | undefined,
  folders: TreeFolders,
): HoverText {
  const { texts } = host;
  const { language } = host.app;
  const out = new HoverText();
  out.bold(name).text(` · ${CONSTANT_KINDS[language][text.kind]}`);
  out.paragraph().text(text.meaning[language]);
  if (text.section !== undefined) {
    out.text(` (${texts.section(text.section)})`);
  }
  if (sides !== undefined) {
    numbers(host, out, name, sides, folders);
  }
  return out;
}

function numbers(host: IntelHost, out: HoverText, name: string, sides: ConstantSides, folders: TreeFolders): void {
  const { texts } = host;
  for (const one of sides.definitions) {
    out.item();
    out.text(`${texts.value} ${one.value === undefined ? '?' : hexOf(one.value)}`);
    out.text(one.sized ? '' : ` (${texts.unsized})`).text(` · ${texts.defined} `);
    link(host, out, `${one.tree}:${one.file}:${one.line}`, one, folders);
  }
  const known = sides.definitions.filter((one) => one.sized && one.value !== undefined).map((one) => one.value);
  if (new Set(known).size > 1) {
    out.paragraph().icon('warning').text(texts.differs);
  }
  const uses = sides.uses.filter((one) => one.function !== name);
  for (const program of new Set(uses.map((one) => one.program))) {
    out.item().text(`${texts.used} ${program}: `);
    for (const [at, one] of uses.filter((use) => use.program === program).entries()) {
      out.text(at === 0 ? '' : ', ');
      link(host, out, one.function, one, folders);
    }
  }
}

function link(host: IntelHost, out: HoverText, text: string, place: TreeLine, folders: TreeFolders): void {
  out.place(text, host.uriOf(place, folders), place.line);
}

const hexOf = (decimal: string): string => {
  const value = BigInt(decimal);
  return value < 10n ? decimal : `0x${value.toString(16)} (${decimal})`;
};

const fileName = (file: string): string => file.slice(file.lastIndexOf('/') + 1);

/** A hover over a word. */
export const hoverOf = (out: HoverText, range: vscode.Range): vscode.Hover => new vscode.Hover(out.markdown, range);
