import { describe, expect, it } from 'vitest';
import { exportHtml } from '../../src/export/html.ts';
import { PROTOCOL_VERSION, type ToView } from '../../src/protocol/messages.ts';
import { ReplayHost } from '../../src/replay/host.ts';
import { momentOf } from '../../src/replay/moment.ts';
import { type PackedSession, packSession, unpackSession } from '../../src/replay/pack.ts';
import { Session } from '../../src/replay/session.ts';
import { smallMap, smallSession, smallTrace } from '../replay/small-run.ts';

const bundles = {
  webviewScript: 'const s = "</script><!-- x";',
  webviewStyle: 'a::after{content:"</style>"}',
  standaloneScript: 'void 0;',
  standaloneStyle: '',
};

const quietPort = {
  arrived: () => undefined,
  open: () => undefined,
  chooseFolders: () => undefined,
  refused: () => undefined,
  after: () => ({ dispose: () => undefined }),
};

describe('a packed session', () => {
  it('is the same session again', async () => {
    const before = smallSession();
    const text = JSON.stringify(await packSession(before.parts));
    const after = new Session(await unpackSession(JSON.parse(text) as PackedSession));
    expect(after.steps.length).toBe(before.steps.length);
    for (let step = 0; step < before.steps.length; step++) {
      expect(momentOf(after, step)).toEqual(momentOf(before, step));
    }
    expect(after.stateOf(12)).toEqual(before.stateOf(12));
  });
});

describe('a self-contained page', () => {
  it('asks for nothing, and lets no text end its scripts', async () => {
    const { parts } = smallSession();
    const html = await exportHtml({ ...parts, title: '</title><script>alert(1)</script>' }, bundles);
    expect(html).toContain("default-src 'none'");
    expect(html.match(/<script/g)).toHaveLength(3);
    expect(html.match(/<\/script>/g)).toHaveLength(3);
    expect(html.match(/<\/style>/g)).toHaveLength(2);
    expect(html).not.toMatch(/(?:src|href)="/);
    expect(html).toContain('<title>&#60;/title&#62;');
  });

  it('is the same for the same run', async () => {
    const { parts } = smallSession();
    expect(await exportHtml(parts, bundles)).toBe(await exportHtml(smallSession().parts, bundles));
  });
});

describe('a session that carries its sources', () => {
  const lines = Array.from({ length: 100 }, (_, at) => `line ${at + 1}`);
  const file = { licence: 'SPDX-License-Identifier: X', parts: [{ firstLine: 1, lines }] };
  const parts = {
    ...smallSession().parts,
    trace: smallTrace(),
    map: smallMap(smallTrace()),
    sources: { 'acrn/hypervisor/dm/io_req.c': file },
  };

  it('shows the lines of a step, and none where it carries none', () => {
    const session = new Session(parts);
    const { code, place } = momentOf(session, 9);
    expect(code).toMatchObject({ licence: file.licence, firstLine: 1, line: place?.line });
    expect(momentOf(session, 0).code).toBeUndefined();
    expect(session.head().hostShowsCode).toBe(false);
  });

  it('shows the lines of the evidence that is asked for', () => {
    const posted: ToView[] = [];
    const port = { ...quietPort, post: (message: ToView) => posted.push(message) };
    const host = new ReplayHost(new Session(parts), port, '');
    host.receive({ t: 'ready', version: PROTOCOL_VERSION });
    posted.length = 0;
    host.receive({ t: 'open', step: 10, evidence: 0 });
    expect(posted).toMatchObject([{ t: 'code', code: { file: 'hypervisor/dm/io_req.c', line: 77 } }]);
  });
});
