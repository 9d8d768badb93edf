import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../../src/base/cancel.ts';
import { IntelDesk } from '../../../src/host-node/intel/intel-desk.ts';
import type { IntelAsk, IntelAsks } from '../../../src/host-node/intel/intel-messages.ts';
import { KeptFacts } from '../../../src/host-node/intel/kept-facts.ts';
import type { FactsSource } from '../../../src/sourcemap/facts-source.ts';
import { RouteIndex } from '../../../src/sourcemap/path/route-index.ts';
import type { RouteFile } from '../../../src/sourcemap/path/route-types.ts';
import { testFacts } from '../../sourcemap/fixture-trees.ts';

const index = new RouteIndex(JSON.parse(readFileSync('dist/routes.json', 'utf8')) as RouteFile);
const folders = { acrn: path.resolve('sample/acrn'), linux: path.resolve('sample/linux') };
const CONSOLE = { kind: 'acrn', root: folders.acrn, path: 'devicemodel/hw/pci/virtio/virtio_console.c' } as const;
const consoleText = readFileSync(path.join(folders.acrn, CONSOLE.path), 'utf8');

let desk: IntelDesk;
let read: string[];
beforeEach(async () => {
  const facts = await testFacts();
  read = [];
  const counting: FactsSource = {
    factsOf: (kind, files, cancel) => {
      read.push(...files.map((file) => file.path));
      return facts.factsOf(kind, files, cancel);
    },
  };
  desk = new IntelDesk(new KeptFacts(counting, () => undefined), index);
});

async function ask<K extends keyof IntelAsks>(t: K, given: IntelAsks[K]['ask']): Promise<IntelAsks[K]['answer']> {
  const whole = { t, ...given } as unknown as IntelAsk;
  return (await desk.answer(whole, neverCancelled)) as IntelAsks[K]['answer'];
}

describe('the desk', () => {
  it('reads one file and nothing else for its marks', async () => {
    const intel = await ask('file', { ...CONSOLE, text: consoleText });
    expect(intel.stages.length).toBeGreaterThan(10);
    expect(read).toEqual([CONSOLE.path]);
  });

  it('knows by the index where a bound function is called, and what a boundary reaches', async () => {
    const indexed = await ask('indexed', { ...CONSOLE, text: consoleText, folders });
    const bound = indexed?.bindings.find((one) => one.function === 'virtio_console_notify_tx');
    expect(bound?.calls.map((call) => call.function)).toContain('virtio_pci_legacy_write');
    const vmmapi = { kind: 'acrn', root: folders.acrn, path: 'devicemodel/core/vmmapi.c' } as const;
    const text = readFileSync(path.join(folders.acrn, vmmapi.path), 'utf8');
    const answer = await ask('indexed', { ...vmmapi, text, folders });
    const handlers = answer?.boundaries.filter(({ calls }) => calls === 'ioctl').flatMap(({ to }) => to);
    expect(handlers?.map((to) => `${to.tree} ${to.function}`)).toContain('linux acrn_dev_ioctl');
    expect(indexed?.files).toBeGreaterThan(10);
  });

  it('answers for what stands unsaved in an editor, and reads only that file again', async () => {
    const query = { which: 'callers', query: 'virtio_console_vq_to_port', folders, workspace: [] } as const;
    const before = await ask('query', query);
    const more = `${consoleText}\nvoid typed_just_now(void)\n{\n\tvirtio_console_vq_to_port(0, 0);\n}\n`;
    read.length = 0;
    desk.unsaved({ ...CONSOLE, text: more });
    const after = await ask('query', query);
    const names = (answer: typeof before): readonly string[] =>
      answer.ok ? answer.value.result.map((edge) => edge.function) : [];
    expect(names(before)).not.toContain('typed_just_now');
    expect(names(after)).toEqual([...names(before), 'typed_just_now']);
    expect(read).toEqual([CONSOLE.path]);
    desk.unsaved({ ...CONSOLE, text: undefined });
    expect(names(await ask('query', query))).toEqual(names(before));
  });

  it('finds a stage in the tree of its program, and says why it is nowhere', async () => {
    const place = await ask('place', { stage: 'linux:drivers/virt/acrn/ioreq.c#ioreq_dispatcher', folders });
    expect(place).toMatchObject({ at: { root: folders.linux, function: 'ioreq_dispatcher' } });
    desk.unsaved({ ...CONSOLE, text: 'int nothing;\n' });
    const gone = await ask('place', { stage: `acrn:${CONSOLE.path}#virtio_console_notify_tx`, folders });
    expect(gone).toEqual({ reason: 'not-in-version' });
    expect(await ask('place', { stage: 'user:write(2)', folders })).toEqual({ reason: 'no-tree' });
  });

  it('gives a constant on both sides with its number, and where each uses it', async () => {
    const sides = await ask('constant', { name: 'HC_NOTIFY_REQUEST_FINISH', also: [], folders });
    expect(new Set(sides.definitions.map((one) => one.value)).size).toBe(1);
    expect(sides.definitions.map((one) => one.tree).toSorted()).toEqual(['acrn', 'linux']);
    expect(sides.uses.map((one) => one.function)).toContain('hcall_notify_req_finish');
  });

  it('maps every route over the trees: where stages stand, which hops are proven by which lines', async () => {
    const map = await ask('map', { folders });
    const put = map.stages.find((place) => place.id === 'linux:drivers/char/virtio_console.c#put_chars');
    expect(put).toMatchObject({ status: 'found', file: 'drivers/char/virtio_console.c', function: 'put_chars' });
    const routes = new Set(map.hops.map((hop) => hop.route));
    expect(routes.size).toBe(14);
    expect(map.hops.filter((hop) => hop.status === 'proven').every((hop) => hop.evidence.length > 0)).toBe(true);
  });

  it('finds hazards at their functions, each with a scenario', async () => {
    const findings = await ask('findings', { folders });
    const lost = findings.find((one) => one.t === 'hazard' && one.code === 'descriptor-lost');
    expect(lost).toMatchObject({ function: 'vq_getchain', file: 'devicemodel/hw/pci/virtio/virtio.c' });
    const unproven = findings.filter((one) => one.t === 'unproven');
    expect(unproven.every((one) => one.routes.length > 0 && one.line > 0)).toBe(true);
  });

  it('tells a stage by a name that stands in another file', async () => {
    const hover = await ask('stage', { kind: 'acrn', path: CONSOLE.path, name: 'vq_getchain' });
    expect(hover?.stage).toBe('acrn:devicemodel/hw/pci/virtio/virtio.c#vq_getchain');
    expect(await ask('stage', { kind: 'acrn', path: CONSOLE.path, name: 'no_such_stage' })).toBeUndefined();
  });
});
