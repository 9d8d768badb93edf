import { describe, expect, it } from 'vitest';
import { gpa } from '../../../src/base/brand.ts';
import { SERVICE_VM_LAYOUT } from '../../../src/emulator/boundaries.ts';
import { Cx } from '../../../src/emulator/cx.ts';
import { Bench, creation } from '../service-vm/bench.ts';

/* Return values as vmcall.c and hypercall.c give them: 0, -1 or a negative errno of the hypervisor. */

const HEAP = SERVICE_VM_LAYOUT.kernelHeap + 0x10000;

class Caller {
  readonly bench = new Bench({ guests: [[], []] });
  readonly #cx: Cx;

  constructor() {
    const { recorder } = this.bench;
    this.#cx = new Cx(undefined, recorder, recorder.strand('caller'), recorder.context('service-vm-kernel', 'caller'));
  }

  call(index: number, rdi = 0, rsi = 0): number {
    return this.bench.hypervisor.vmcall(this.#cx, 0x8000_0000 + index, rdi, rsi, -1);
  }

  /** Stores the bytes and returns their address. */
  put(bytes: Uint8Array): number {
    this.bench.ram.write(gpa(HEAP), bytes);
    return HEAP;
  }

  create(flags = 0): number {
    return this.call(0x10, this.put(creation(2, flags)));
  }

  setPage(page: number = SERVICE_VM_LAYOUT.ioRequestPage): number {
    const address = HEAP + 0x100;
    this.bench.ram.write64(gpa(address), page);
    return this.call(0x30, 1, address);
  }

  started(): this {
    this.create();
    this.setPage();
    this.call(0x12, 1);
    return this;
  }
}

describe('dispatch_hypercall', () => {
  it('takes the low byte of the id only, and gives -ENOTTY for what it does not know', () => {
    const hv = new Caller();
    expect(hv.call(0x99)).toBe(-25);
    expect(hv.call(0x12, 7)).toBe(-25);
    expect(hv.bench.notes()).toEqual(['hv-hypercall-failed', 'hv-hypercall-failed']);
    expect(hv.call(0x0112, 1)).toBe(-1);
  });

  it('accepts upcall vectors from 0x20 to 0xff', () => {
    const hv = new Caller();
    expect([0x1f, 0x20, 0xff, 0x100].map((vector) => hv.call(0x02, vector))).toEqual([-22, 0, 0, -22]);
  });
});

describe("a VM's life", () => {
  it('starts only when created and with a page', () => {
    const hv = new Caller();
    expect(hv.call(0x12, 1)).toBe(-1);
    expect(hv.setPage()).toBe(-1);
    expect(hv.create()).toBe(0);
    expect(hv.call(0x12, 1)).toBe(-1);
    expect(hv.setPage()).toBe(0);
    expect(hv.call(0x12, 1)).toBe(0);
    expect(hv.call(0x12, 1)).toBe(-1);
  });

  it('tells its id and number of vCPUs', () => {
    const hv = new Caller();
    hv.create();
    expect(hv.bench.ram.read16(gpa(HEAP))).toBe(1);
    expect(hv.bench.ram.read16(gpa(HEAP + 4))).toBe(2);
  });

  it('is created once, on its own physical CPUs, with fitting flags', () => {
    const hv = new Caller();
    const foreign = creation(2, 0);
    foreign[40] = 0x80;
    expect(hv.call(0x10, hv.put(foreign))).toBe(-1);
    expect(hv.create(2)).toBe(-1);
    expect(hv.create(0)).toBe(0);
    expect(hv.create(0)).toBe(-1);
    expect(hv.call(0x10, SERVICE_VM_LAYOUT.size)).toBe(-25);
  });

  it('is reset and destroyed only while paused', () => {
    const hv = new Caller().started();
    expect([hv.call(0x15, 1), hv.call(0x11, 1)]).toEqual([-1, -1]);
    expect(hv.call(0x13, 1)).toBe(0);
    expect(hv.call(0x15, 1)).toBe(0);
    expect(hv.bench.cpus.map((cpu) => cpu.resets)).toEqual([1, 1]);
    expect(hv.call(0x12, 1)).toBe(0);
    expect(hv.call(0x13, 1)).toBe(0);
    expect(hv.call(0x11, 1)).toBe(0);
    expect(hv.call(0x13, 1)).toBe(-1);
  });

  it('sets all sixteen slots FREE with the page, and with a reset', () => {
    const hv = new Caller().started();
    const slots = (): number[] =>
      Array.from({ length: 16 }, (_, slot) =>
        hv.bench.ram.read32(gpa(SERVICE_VM_LAYOUT.ioRequestPage + slot * 256 + 136)),
      );
    expect(slots()).toEqual(Array.from({ length: 16 }, () => 3));
    hv.bench.ram.write32(gpa(SERVICE_VM_LAYOUT.ioRequestPage + 136), 2);
    hv.call(0x13, 1);
    hv.call(0x15, 1);
    expect(slots()).toEqual(Array.from({ length: 16 }, () => 3));
  });

  it('takes no page outside memory', () => {
    const hv = new Caller();
    hv.create();
    expect(hv.setPage(SERVICE_VM_LAYOUT.size)).toBe(-1);
    expect(hv.bench.notes()).toContain('hv-ioreq-buffer-unmapped');
  });

  it('checks the registers of a vCPU', () => {
    const hv = new Caller();
    hv.create();
    const regs = (vcpu: number): number => {
      const bytes = new Uint8Array(296);
      bytes[0] = vcpu;
      return hv.put(bytes);
    };
    expect([0, 1, 2, 16].map((vcpu) => hv.call(0x16, 1, regs(vcpu)))).toEqual([0, 0, -1, -1]);
    expect(hv.call(0x16, 1, 0)).toBe(-1);
    hv.setPage();
    hv.call(0x12, 1);
    expect(hv.call(0x16, 1, regs(0))).toBe(-1);
  });
});

describe('requests and interrupts', () => {
  it('finishes requests of vCPUs that exist', () => {
    const hv = new Caller();
    hv.create();
    expect(hv.call(0x31, 1, 0)).toBe(-1);
    hv.setPage();
    expect([0, 1, 2].map((vcpu) => hv.call(0x31, 1, vcpu))).toEqual([0, 0, -1]);
    expect(hv.call(0x31, 1, 0x10001)).toBe(0);
  });

  it('injects MSIs to 0xFEE addresses only', () => {
    const hv = new Caller();
    const msi = (address: number, data: number): number => {
      const bytes = new Uint8Array(16);
      const view = new DataView(bytes.buffer);
      view.setUint32(0, address, true);
      view.setUint32(8, data, true);
      return hv.put(bytes);
    };
    expect(hv.call(0x23, 1, msi(0xfee00000, 0x31))).toBe(-1);
    hv.started();
    expect(hv.call(0x23, 1, msi(0xfed00000, 0x31))).toBe(-1);
    expect(hv.call(0x23, 1, msi(0xfee00000, 0x0f))).toBe(0);
    expect(hv.call(0x23, 1, msi(0xfee00000, 0x231))).toBe(0);
    expect(hv.bench.notes()).toEqual(
      expect.arrayContaining(['hv-msi-address-invalid', 'hv-vector-illegal', 'hv-delivery-mode-invalid']),
    );
    expect(hv.call(0x23, 1, msi(0xfee01000, 0x31))).toBe(0);
    expect(hv.call(0x23, 1, msi(0xfee02004, 0x32))).toBe(0);
    expect(hv.call(0x23, 1, msi(0xfee0300c, 0x33))).toBe(0);
    hv.bench.scheduler.run(1000);
    expect(hv.bench.cpus.map((cpu) => cpu.interrupts)).toEqual([[0x33], [0x32, 0x31]]);
  });

  it('drives lines below 24', () => {
    const hv = new Caller().started();
    expect([0, 15, 23, 24].map((gsi) => hv.call(0x25, 1, gsi))).toEqual([0, 0, 0, -1]);
  });

  it('ignores what goes wrong with an asyncio registration', () => {
    const hv = new Caller().started();
    expect(hv.call(0x32, 1, hv.put(new Uint8Array(32)))).toBe(0);
    expect(hv.bench.notes()).toEqual(['hv-asyncio-base-zero', 'hv-asyncio-assign-error-ignored']);
  });

  it('takes a shared buffer with the right magic only', () => {
    const hv = new Caller().started();
    const param = (id: number, address: number): number => {
      const bytes = new Uint8Array(16);
      const view = new DataView(bytes.buffer);
      view.setUint32(4, id, true);
      view.setUint32(8, address, true);
      return hv.put(bytes);
    };
    const page = SERVICE_VM_LAYOUT.asyncioPage;
    expect([
      hv.call(0x44, 1, param(64, 0)),
      hv.call(0x44, 1, param(64, page)),
      hv.call(0x44, 1, param(5, page)),
    ]).toEqual([-1, -1, -1]);
    hv.bench.ram.write32(gpa(page), 0x1aa13aa3);
    hv.bench.ram.write32(gpa(page + 4), 0x5aa57aa7);
    expect(hv.call(0x44, 1, param(64, page))).toBe(0);
  });

  it('maps whole pages', () => {
    const hv = new Caller().started();
    const regions = (size: number): number => {
      const bytes = new Uint8Array(56);
      const view = new DataView(bytes.buffer);
      view.setUint16(0, 1, true);
      view.setUint32(8, 1, true);
      view.setUint32(16, HEAP + 24, true);
      view.setUint32(48, size, true);
      return hv.put(bytes);
    };
    expect([0x200000, 0x200001].map((size) => hv.call(0x42, regions(size)))).toEqual([0, -22]);
  });
});
