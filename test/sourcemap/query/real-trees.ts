import { expect } from 'vitest';
import { openTrees } from '../../../src/host-node/open-trees.ts';
import { runQuery } from '../../../src/host-node/query-run.ts';
import type { QueryAnswer } from '../../../src/sourcemap/query/query-types.ts';
import { onRealTree } from '../../real-trees.ts';

const { ACRN_SRC } = process.env;

async function ask(which: 'callers' | 'callees', query: string, linux: string): Promise<QueryAnswer> {
  const trees = await openTrees({ acrn: ACRN_SRC ?? '', linux });
  const answer = trees.ok ? await runQuery(which, query, trees.value, []) : trees;
  if (!answer.ok) {
    throw new Error(answer.error.code);
  }
  return answer.value;
}

const edges = ({ result }: QueryAnswer): string[] => result.map((edge) => `${edge.kind} ${edge.function}`);

/** Declares the tests of callers and callees on real trees, where there are some. */
export function onRealTrees(): void {
  if (ACRN_SRC === undefined) {
    console.log('2 not run (no ACRN tree, set ACRN_SRC)');
    return;
  }
  onRealTree('LINUX_SRC', {
    'every ioctl of the device model reaches the driver, each by its number': async (linux) => {
      const answer = await ask('callers', 'acrn_dev_ioctl', linux);
      const numbers = answer.result.filter((edge) => edge.kind === 'ioctl').map((edge) => edge.via);
      expect(numbers.length).toBeGreaterThan(25);
      expect(numbers).toContain('ACRN_IOCTL_ATTACH_IOREQ_CLIENT');
      expect(answer.result.filter((edge) => edge.kind === 'ioctl' && edge.tree !== 'acrn')).toEqual([]);
    },
    'boundaries lead to the functions that take them': async (linux) => {
      expect(edges(await ask('callers', 'ioreq_dispatcher', linux))).toContain('workqueue ioreq_intr_handler');
      expect(edges(await ask('callers', 'sysvec_acrn_hv_callback', linux))).toEqual([
        'interrupt_vector arch_fire_hsm_interrupt',
      ]);
      expect(edges(await ask('callers', 'hcall_inject_msi', linux))).toEqual([
        'fptr_call dispatch_hypercall',
        'direct_call acrn_dev_ioctl',
        'direct_call acrn_msi_inject',
        'hypercall hcall_inject_msi',
      ]);
      expect(edges(await ask('callees', 'hcall_notify_req_finish', linux))).toContain(
        'hypercall hcall_notify_ioreq_finish',
      );
    },
  });
}
