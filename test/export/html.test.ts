import { describe, expect, it } from 'vitest';
import { exportHtml } from '../../src/export/html.ts';
import { collectSources, licenceLine } from '../../src/export/sources.ts';
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

describe('sources of an export', () => {
  it('are the functions of the map, with what each step shows', async () => {
    const trace = smallTrace();
    const map = smallMap(trace);
    const asked: string[] = [];
    const sources = await collectSources(map, (tree, file) => {
      asked.push(`${tree} ${file}`);
      const lines = Array.from({ length: 120 }, (_, at) => `line ${at + 1}`);
      return Promise.resolve(
        file.endsWith('main.c') ? undefined : ['// SPDX-License-Identifier: X', ...lines].join('\n'),
      );
    });
    expect(asked.filter((one) => one.endsWith('hypervisor/dm/io_req.c'))).toHaveLength(1);
    const session = new Session({ ...smallSession().parts, trace, map, sources });
    const { code, place } = momentOf(session, 9);
    expect(code).toMatchObject({ licence: 'SPDX-License-Identifier: X', line: place?.line });
    expect(code?.lines[(place?.line ?? 0) - (code?.firstLine ?? 0)]).toBe(`line ${(place?.line ?? 0) - 1}`);
    expect(momentOf(session, 0).code).toBeUndefined();
  });

  it('keep the licence line of a file, or its copyright', () => {
    expect(licenceLine(['/* SPDX-License-Identifier: GPL-2.0 */'])).toBe('SPDX-License-Identifier: GPL-2.0');
    expect(licenceLine(['/*', ' * Copyright (C) someone', ' */'])).toBe('Copyright (C) someone');
    expect(licenceLine(['int x;'])).toBe('');
  });
});
