import { beforeAll, describe, expect, it } from 'vitest';
import type { Parts } from '../../../src/sourcemap/query/parts.ts';
import { callees, callers } from '../../../src/sourcemap/query/query.ts';
import type { UserEdge } from '../../../src/sourcemap/query/user-edges.ts';
import { check, fixtureParts, markCount } from './check.ts';
import { onRealTrees } from './real-trees.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await fixtureParts();
});

async function ask(which: typeof callers, query: string, userEdges: readonly UserEdge[] = []) {
  const answer = await which(query, { parts, userEdges });
  if (!answer.ok) {
    throw new Error(answer.error.code);
  }
  return answer.value;
}

describe('callers and callees without a run', () => {
  it('find, for each function of the fixtures, exactly what its mark says', async () => {
    expect(markCount()).toBeGreaterThan(25);
    await check(parts);
  });

  it('name the ioctl and show call, both numbers, the case and the file operations', async () => {
    const { result } = await ask(callers, 'demo_ioctl');
    const attach = result.find((edge) => edge.function === 'attach_client');
    expect(attach).toMatchObject({ kind: 'ioctl', via: 'DEMO_IOCTL_ATTACH', tree: 'acrn' });
    expect(attach?.evidence.map((one) => `${one.role} ${one.tree}`)).toEqual([
      'call acrn',
      'number acrn',
      'number linux',
      'handler linux',
      'binding linux',
    ]);
  });

  it('go the same ways outwards', async () => {
    const out = async (name: string) =>
      (await ask(callees, name)).result
        .filter((edge) => edge.kind !== 'direct_call')
        .map((edge) => `${edge.kind} ${edge.function}`);
    expect(await out('finish_request')).toEqual(['ioctl demo_ioctl', 'syscall SYSCALL_DEFINE3(ioctl)']);
    expect(await out('fire_upcall')).toEqual(['interrupt_vector DEFINE_IDTENTRY_SYSVEC(sysvec_acrn_hv_callback)']);
    expect(await out('on_upcall')).toEqual(['workqueue dispatch_requests']);
    expect(await out('arm_timer')).toEqual(['timerfd on_timer']);
    expect(await out('wake_client')).toEqual(['waitqueue_wake on_wake', 'waitqueue_wake client_thread']);
  });

  it('list every target of the pointer call on a line, with its bindings', async () => {
    const { result } = await ask(callees, 'hypervisor/common/hypercall.c:38');
    expect(result.map((edge) => edge.function)).toEqual(['hcall_inject', 'hcall_notify', 'hcall_other']);
    expect(result.every((edge) => edge.evidence.some((one) => one.role === 'binding'))).toBe(true);
  });

  it('count what only a name tells, and what no handler takes, and list neither', async () => {
    const named = await ask(callers, 'demo_ioctl');
    expect(named.result.some((edge) => edge.function === 'by_name_alone')).toBe(false);
    expect(named.unresolved.sites.map((site) => [site.function, site.reason])).toEqual([['by_name_alone', 'possible']]);
    const unknown = await ask(callees, 'ask_unknown');
    expect(unknown.result.map((edge) => edge.kind)).toEqual(['syscall']);
    expect(unknown.unresolved.sites).toMatchObject([{ reason: 'no-handler', line: 17 }]);
    const differs = await ask(callees, 'drivers/virt/acrn/hypercall.h:19');
    expect(differs.unresolved.sites.map((site) => site.reason)).toContain('number-differs');
  });

  it('tell what is not indexed from what is not there', async () => {
    const { notIndexed } = await ask(callees, 'create_client');
    expect(notIndexed.names).toEqual(['kzalloc', 'eventfd_ctx_fdget']);
    expect(await callers('no_such_name', { parts, userEdges: [] })).toMatchObject({
      error: { code: 'no-such-function' },
    });
    expect(await callers('no/such/file.c:3', { parts, userEdges: [] })).toMatchObject({
      error: { code: 'file-not-indexed' },
    });
    expect(await callers('../../etc/passwd.c:1', { parts, userEdges: [] })).toMatchObject({ ok: false });
    expect(await callers('rm -rf $(x)', { parts, userEdges: [] })).toMatchObject({
      error: { code: 'no-such-function' },
    });
    expect(await callers('fs/ioctl.c:1', { parts, userEdges: [] })).toMatchObject({
      error: { code: 'no-function-at' },
    });
  });

  it('show what the user gives, marked as such', async () => {
    const edge: UserEdge = {
      from: { tree: 'linux', file: 'drivers/virt/acrn/ioreq.c', function: 'queue_other', line: 36 },
      to: { tree: 'acrn', file: 'devicemodel/core/events.c', function: 'start_loop' },
      kind: 'eventfd',
    };
    const { result } = await ask(callers, 'start_loop', [edge]);
    expect(result).toMatchObject([
      { function: 'queue_other', kind: 'eventfd', userGiven: true, evidence: [{ role: 'user' }] },
    ]);
    expect((await ask(callees, 'queue_other', [edge])).result.at(-1)).toMatchObject({
      function: 'start_loop',
      userGiven: true,
    });
  });
});

onRealTrees();
