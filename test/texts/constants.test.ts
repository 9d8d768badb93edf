import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONSTANT_KINDS, CONSTANTS, type ConstantKind } from '../../src/texts/constants.ts';
import { LANGUAGES } from '../../src/texts/language.ts';
import { onRealTree } from '../real-trees.ts';

const all = [...CONSTANTS];

describe('the constants', () => {
  it('are all told in both languages, each in its own words', () => {
    for (const [name, { meaning, kind }] of all) {
      expect(meaning['zh-cn'], name).toMatch(/[\u4e00-\u9fff]/);
      expect(meaning.en, name).toMatch(/^[A-Za-z0-9][^\u4e00-\u9fff]*\.$/);
      expect(LANGUAGES.map((language) => CONSTANT_KINDS[language][kind])).not.toContain(undefined);
    }
  });

  it('name a section of virtio 1.2 where virtio defines them', () => {
    const ofVirtio: readonly ConstantKind[] = ['feature-bit', 'register', 'status-bit', 'console-event'];
    const without = all.filter(([, { kind, section }]) => ofVirtio.includes(kind) && section === undefined);
    expect(without).toEqual([]);
    expect(all.filter(([, { section }]) => section !== undefined && !/^\d(\.\d+)*$/.test(section))).toEqual([]);
  });

  const missing = (root: string, files: readonly string[], kinds: readonly ConstantKind[]): readonly string[] => {
    const text = files.map((file) => readFileSync(path.join(root, file), 'utf8')).join('\n');
    const wanted = all.filter(([, { kind }]) => kinds.includes(kind));
    const there = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(text);
    return wanted.filter(([name, { also = [] }]) => ![name, ...also].some(there)).map(([name]) => name);
  };

  onRealTree('ACRN_SRC', {
    'its headers define every hypercall, ioctl, request state and exit reason, under this name or another': (root) => {
      const files = [
        'hypervisor/include/public/acrn_hv_defs.h',
        'hypervisor/include/public/acrn_common.h',
        'hypervisor/include/arch/x86/asm/vmx.h',
        'devicemodel/include/public/hsm_ioctl_defs.h',
      ];
      const gone = ['HC_CREATE_VCPU'];
      const found = missing(root, files, ['hypercall', 'ioctl', 'ioreq', 'exit-reason']);
      expect(found.filter((name) => !gone.includes(name))).toEqual([]);
    },
  });
  onRealTree('LINUX_SRC', {
    'its headers define every feature bit, register, status bit and console event': (root) => {
      const files = ['virtio_pci.h', 'virtio_config.h', 'virtio_console.h', 'virtio_ring.h'];
      const headers = files.map((file) => `include/uapi/linux/${file}`);
      const own = ['VIRTIO_PCI_ISR_QUEUES'];
      const found = missing(root, headers, ['feature-bit', 'register', 'status-bit', 'console-event']);
      expect(found.filter((name) => !own.includes(name))).toEqual([]);
    },
  });
});
