import { gpa } from '../../../base/brand.ts';
import { EXIT_REASON } from '../../boundaries.ts';
import { blockingStage, linuxFile } from '../../stage.ts';
import type { GuestCx, Steps } from '../task.ts';
import { leaveGuest } from './exits.ts';

const file = linuxFile('guest-kernel', 'arch/x86/include/asm/io.h');

/** Exit qualification of an EPT violation: the access was a read, or a write (Intel SDM vol. 3, table 29-7). */
const EPT_READ = 1;
const EPT_WRITE = 2;

const mmioWrite = (name: string, size: number, length: number) =>
  blockingStage(file, name, function* (cx: GuestCx, value: number, address: number): Steps<void> {
    const vmcs = cx.world.cpu.vmcs;
    vmcs.exitReason = EXIT_REASON.eptViolation;
    vmcs.exitQualification = EPT_WRITE;
    vmcs.guestPhysicalAddress = gpa(address);
    vmcs.instructionLength = length;
    vmcs.access = { write: true, size, value };
    yield* leaveGuest(cx, 'build_mmio_write');
  });

const mmioRead = (name: string, size: number, length: number) =>
  blockingStage(file, name, function* (cx: GuestCx, address: number): Steps<number> {
    const vmcs = cx.world.cpu.vmcs;
    vmcs.exitReason = EXIT_REASON.eptViolation;
    vmcs.exitQualification = EPT_READ;
    vmcs.guestPhysicalAddress = gpa(address);
    vmcs.instructionLength = length;
    const access = { write: false, size, value: 0 };
    vmcs.access = access;
    yield* leaveGuest(cx, 'build_mmio_read');
    return access.value;
  });

/** MOV [mem], r8. */
export const writeb = mmioWrite('writeb', 1, 2);
/** MOV [mem], r16. */
export const writew = mmioWrite('writew', 2, 3);
/** MOV [mem], r32. */
export const writel = mmioWrite('writel', 4, 2);
/** MOV r8, [mem]. */
export const readb = mmioRead('readb', 1, 2);
/** MOV r16, [mem]. */
export const readw = mmioRead('readw', 2, 3);
/** MOV r32, [mem]. */
export const readl = mmioRead('readl', 4, 2);
