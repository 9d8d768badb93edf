import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { afterEach, describe, expect, it } from 'vitest';
import { readEdgeFile } from '../../../src/host-node/edge-file.ts';
import type { HopProof, StagePlace } from '../../../src/sourcemap/map-types.ts';
import { EDGE_FILE_SCHEMA, EDGE_LIMITS, parseEdgeFile } from '../../../src/sourcemap/query/edge-file.ts';
import { withUserEdges } from '../../../src/sourcemap/query/map-edges.ts';

const side = { tree: 'acrn', file: 'devicemodel/core/main.c', function: 'vm_loop' };
const edge = { from: side, to: { ...side, function: 'SYSCALL_DEFINE3(ioctl)', line: 7 }, kind: 'ioctl' };
const file = (...edges: readonly unknown[]): string => JSON.stringify({ format: 1, edges });

const wrongPlace = (text: string): string => {
  const parsed = parseEdgeFile(text);
  return parsed.ok || parsed.error.code !== 'bad-edges' ? 'no problem' : parsed.error.args.path;
};

describe('an edge file', () => {
  it('gives its edges', () => {
    expect(parseEdgeFile(file(edge, { ...edge, note: 'seen in a trace' }))).toMatchObject({
      ok: true,
      value: [edge, {}],
    });
    expect(parseEdgeFile('{"$schema":"x","format":1,"edges":[]}')).toEqual({ ok: true, value: [] });
  });

  it.each([
    ['no JSON', '{', '/'],
    ['another format', '{"format":2,"edges":[]}', '/format'],
    ['no edges', '{"format":1}', '/edges'],
    ['an unknown key', '{"format":1,"edges":[],"run":"x"}', '/run'],
    ['a list', '[]', '/format'],
    ['an unknown kind', file({ ...edge, kind: 'magic' }), '/edges/0/kind'],
    ['an unknown tree', file(edge, { ...edge, to: { ...side, tree: 'bsd' } }), '/edges/1/to/tree'],
    ['a path that climbs', file({ ...edge, from: { ...side, file: '../../etc/passwd' } }), '/edges/0/from/file'],
    ['a path that climbs inside', file({ ...edge, from: { ...side, file: 'a/../../b.c' } }), '/edges/0/from/file'],
    ['an absolute path', file({ ...edge, from: { ...side, file: '/etc/passwd' } }), '/edges/0/from/file'],
    ['a drive', file({ ...edge, from: { ...side, file: 'C:/x.c' } }), '/edges/0/from/file'],
    ['a name that is none', file({ ...edge, from: { ...side, function: 'f; rm' } }), '/edges/0/from/function'],
    ['a line that is none', file({ ...edge, from: { ...side, line: 1.5 } }), '/edges/0/from/line'],
    ['a note that is long', file({ ...edge, note: 'x'.repeat(EDGE_LIMITS.noteLength + 1) }), '/edges/0/note'],
    ['too many', file(...Array.from({ length: EDGE_LIMITS.edges + 1 }, () => edge)), '/edges'],
    ['a prototype', '{"format":1,"edges":[],"__proto__":{"x":1}}', '/__proto__'],
  ])('is refused with the place: %s', (_, text, place) => {
    expect(wrongPlace(text)).toBe(place);
  });

  it('is described by the published schema', () => {
    const published: unknown = JSON.parse(readFileSync('schemas/edges.schema.json', 'utf8'));
    expect(published).toMatchObject(toJsonSchema(EDGE_FILE_SCHEMA));
  });
});

describe('the edge file of a folder', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) {
      rmSync(folder, { recursive: true });
    }
  });
  const folderWith = (text?: string): string => {
    const folder = mkdtempSync(path.join(tmpdir(), 'edges-'));
    folders.push(folder);
    mkdirSync(path.join(folder, '.virtio-trace'));
    if (text !== undefined) {
      writeFileSync(path.join(folder, '.virtio-trace', 'edges.json'), text);
    }
    return folder;
  };

  it('may be missing', async () => {
    expect(await readEdgeFile(folderWith())).toEqual({ ok: true, value: [] });
    expect(await readEdgeFile('/no/such/folder')).toEqual({ ok: true, value: [] });
  });

  it('is read, and refused where it is wrong', async () => {
    expect(await readEdgeFile(folderWith(file(edge)))).toMatchObject({ ok: true, value: [edge] });
    expect(await readEdgeFile(folderWith('nonsense'))).toMatchObject({ error: { code: 'bad-edges' } });
  });

  it('cannot be a folder', async () => {
    const folder = folderWith();
    mkdirSync(path.join(folder, '.virtio-trace', 'edges.json'));
    expect(await readEdgeFile(folder)).toMatchObject({ error: { code: 'cannot-read' } });
  });
});

describe('a map with edges of the user', () => {
  const place = (id: string, file_: string, name: string): StagePlace =>
    ({ id, program: 'device-model', tree: 'acrn', status: 'found', file: file_, function: name }) as StagePlace;
  const hop: HopProof = {
    route: 'stock',
    from: 'acrn:a.c#old',
    to: 'acrn:b.c#g',
    kind: 'ioctl',
    status: 'unproven',
    reason: 'no-number',
    evidence: [],
  };
  const map = { stages: [place('acrn:a.c#old', 'a.c', 'f'), place('acrn:b.c#g', 'b.c', 'g')], hops: [hop] };
  const given = parseEdgeFile(
    file({
      kind: 'ioctl',
      from: { tree: 'acrn', file: 'a.c', function: 'f', line: 3 },
      to: { tree: 'acrn', file: 'b.c', function: 'g' },
    }),
  );
  const edges = given.ok ? given.value : [];

  it('marks the hop and does not prove it', () => {
    expect(withUserEdges(map, edges)).toEqual([
      { ...hop, userGiven: true, evidence: [{ tree: 'acrn', file: 'a.c', line: 3, role: 'user', shows: 'f' }] },
    ]);
    expect(withUserEdges(map, [])).toEqual([hop]);
    expect(withUserEdges({ ...map, hops: [{ ...hop, kind: 'syscall' }] }, edges)[0]).not.toHaveProperty('userGiven');
  });
});
