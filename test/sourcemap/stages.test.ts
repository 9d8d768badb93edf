import { describe, expect, it } from 'vitest';
import { VM_EXIT } from '../../src/sourcemap/dialects/boundaries.ts';
import { compareVersions, STAGE_HISTORIES } from '../../src/sourcemap/dialects/renames.ts';
import type { StageRef } from '../../src/sourcemap/map-types.ts';
import { locateStage } from '../../src/sourcemap/stages.ts';
import type { TreeView } from '../../src/sourcemap/tree-view.ts';
import { facts, fn, view } from './facts-by-hand.ts';

function stage(tree: 'acrn' | 'linux', program: StageRef['program'], file: string, name: string): StageRef {
  return { id: `${tree}:${file}#${name}`, program, tree, file, function: name };
}

const hypervisor = (file: string, name: string) => stage('acrn', 'hypervisor', file, name);
const nothing = { missing: new Set<string>(), unreadable: new Set<string>() };
const place = (ref: StageRef, tree: TreeView | undefined, files = nothing) => locateStage(ref, tree, files).place;

const IO_REQ = 'hypervisor/dm/io_req.c';

describe('a stage', () => {
  it('is found in its file', () => {
    const tree = view('acrn', facts(IO_REQ, { functions: [fn('emulate_io', 10, 20)] }));
    expect(place(hypervisor(IO_REQ, 'emulate_io'), tree)).toMatchObject({
      status: 'found',
      tree: 'acrn',
      file: IO_REQ,
      line: 10,
      endLine: 20,
      function: 'emulate_io',
    });
  });

  it('is the arm of an #if that does the job', () => {
    const tree = view('acrn', facts('hypervisor/a.c', { functions: [fn('f', 2, 3), fn('f', 5, 30)] }));
    expect(place(hypervisor('hypervisor/a.c', 'f'), tree)).toMatchObject({ status: 'found', line: 5 });
  });

  it('is ambiguous where two arms are alike', () => {
    const tree = view('acrn', facts('hypervisor/a.c', { functions: [fn('f', 2, 3), fn('f', 5, 6)] }));
    expect(place(hypervisor('hypervisor/a.c', 'f'), tree)).toMatchObject({
      status: 'ambiguous',
      reason: 'several-definitions',
    });
  });

  it('is renamed where an older tree calls it otherwise', () => {
    const tree = view('acrn', facts(IO_REQ, { functions: [fn('set_vhm_req_state', 178, 190)] }));
    expect(place(hypervisor(IO_REQ, 'set_io_req_state'), tree)).toMatchObject({
      status: 'renamed',
      reason: 'renamed',
      function: 'set_vhm_req_state',
      line: 178,
    });
  });

  it('is inlined where its code was part of another function', () => {
    const vmcall = 'hypervisor/arch/x86/guest/vmcall.c';
    const tree = view('acrn', facts(vmcall, { functions: [fn('vmcall_vmexit_handler', 222, 300)] }));
    expect(place(hypervisor(vmcall, 'dispatch_hypercall'), tree)).toMatchObject({
      status: 'inlined',
      reason: 'split-later',
      function: 'vmcall_vmexit_handler',
    });
  });

  it('is found in the file where it stood before, and in one that no table knows', () => {
    const old = view('acrn', facts('hypervisor/debug/sbuf.c', { functions: [fn('sbuf_put', 45, 60)] }));
    expect(place(hypervisor('hypervisor/common/sbuf.c', 'sbuf_put'), old)).toMatchObject({
      status: 'found',
      reason: 'moved',
      file: 'hypervisor/debug/sbuf.c',
    });
    const next = view('acrn', facts('hypervisor/dm/new.c', { functions: [fn('emulate_io', 1, 2)] }));
    expect(place(hypervisor(IO_REQ, 'emulate_io'), next)).toMatchObject({
      status: 'found',
      reason: 'moved',
      file: 'hypervisor/dm/new.c',
    });
  });

  it('is never found in another part of the tree', () => {
    const tree = view('acrn', facts('devicemodel/core/sbuf.c', { functions: [fn('sbuf_put', 45, 60)] }));
    expect(place(hypervisor('hypervisor/common/sbuf.c', 'sbuf_put'), tree)).toMatchObject({ status: 'absent' });
  });

  it('says why it is absent', () => {
    const tree = view('guestLinux', facts('fs/read_write.c', {}));
    const write = stage('linux', 'guest-kernel', 'fs/read_write.c', 'vfs_write');
    expect(place(write, tree).reason).toBe('not-in-version');
    expect(place(write, tree, { ...nothing, missing: new Set(['fs/read_write.c']) }).reason).toBe('file-missing');
    expect(place(write, tree, { ...nothing, unreadable: new Set(['fs/read_write.c']) }).reason).toBe('file-unreadable');
    expect(place(write, undefined).reason).toBe('no-tree');
    const fork = stage('linux', 'service-vm-kernel', 'drivers/virt/acrn/ioreq.c', 'acrn_asyncio_dispatch');
    expect(place(fork, tree).reason).toBe('not-in-mainline');
  });

  it('is absent where a hop goes around it, and its caller does its job for the proof', () => {
    const file = 'arch/x86/kernel/irq.c';
    const entry = fn('DEFINE_IDTENTRY_IRQ(common_interrupt)', 242, 262, 'macro');
    const tree = view('guestLinux', facts(file, { functions: [entry] }));
    const located = locateStage(stage('linux', 'guest-kernel', file, 'call_irq_handler'), tree, nothing);
    expect(located.place).toMatchObject({ status: 'absent', reason: 'not-in-version' });
    expect(located.fn?.fact).toBe(entry);
  });
});

describe('the table of predecessors', () => {
  it('names each stage once, and never the stage itself', () => {
    const names = STAGE_HISTORIES.map((h) => `${h.tree}:${h.file}#${h.function}`);
    expect(new Set(names).size).toBe(names.length);
    for (const history of STAGE_HISTORIES) {
      for (const before of history.predecessors) {
        expect(`${before.file}#${before.function}`).not.toBe(`${history.file}#${history.function}`);
        expect(before.why).not.toBe('');
      }
    }
  });

  it('orders versions by their numbers', () => {
    expect(compareVersions('1.5.1', '1.6')).toBeLessThan(0);
    expect(compareVersions('3.4-unstable', '3.2')).toBeGreaterThan(0);
    expect(compareVersions('2.0', '2.0')).toBe(0);
    expect(compareVersions('2.10', '2.9')).toBeGreaterThan(0);
  });
});

describe('instructions that leave', () => {
  const named = (text: string) => VM_EXIT.instructions.find((one) => one.pattern.test(text))?.name;

  it.each([
    ['asm volatile("out" #bwl " %" #bw "0, %w1"', 'out'],
    ['asm volatile("in" #bwl " %w1, %" #bw "0"', 'in'],
    ['asm volatile("outw %0, %1" ::);', 'out'],
    ['"vmcall\\n\\t"', 'vmcall'],
    ['asm volatile("movl %1, %%r8d\\n\\tvmcall\\n\\t"', 'vmcall'],
    ['asm volatile("sti; hlt": : :"memory");', 'hlt'],
    ['asm volatile("sti\\n\\thlt" ::: "memory");', 'hlt'],
    ['{ asm volatile("mov" size " %0,%1": :reg (val),', 'mov'],
    ['printk("halted");', undefined],
    ['pr_err("in vain");', undefined],
  ])('%s', (text, name) => {
    expect(named(text)).toBe(name);
  });
});
