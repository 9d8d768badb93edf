import { EXIT_REASON } from '../../boundaries.ts';
import { blockingStage, linuxFile } from '../../stage.ts';
import type { GuestCx, Steps } from '../task.ts';
import { leaveGuest } from './exits.ts';

const file = linuxFile('guest-kernel', 'arch/x86/include/asm/shared/io.h');

/** Bit 3 of the exit qualification of an I/O instruction: IN (Intel SDM vol. 3, table 29-5). */
const DIRECTION_IN = 8;

const portOut = (name: string, size: number) =>
  blockingStage(file, name, function* (cx: GuestCx, value: number, port: number): Steps<void> {
    const vmcs = cx.world.cpu.vmcs;
    vmcs.exitReason = EXIT_REASON.ioInstruction;
    vmcs.exitQualification = ((port << 16) | (size - 1)) >>> 0;
    vmcs.instructionLength = size === 2 ? 2 : 1;
    vmcs.access = { write: true, size, value };
    yield* leaveGuest(cx, 'volatile');
  });

const portIn = (name: string, size: number) =>
  blockingStage(file, name, function* (cx: GuestCx, port: number): Steps<number> {
    const vmcs = cx.world.cpu.vmcs;
    vmcs.exitReason = EXIT_REASON.ioInstruction;
    vmcs.exitQualification = ((port << 16) | DIRECTION_IN | (size - 1)) >>> 0;
    vmcs.instructionLength = size === 2 ? 2 : 1;
    const access = { write: false, size, value: 0 };
    vmcs.access = access;
    yield* leaveGuest(cx, 'volatile');
    return access.value;
  });

/** OUT DX, AL. */
export const outb = portOut('outb', 1);
/** OUT DX, AX. */
export const outw = portOut('outw', 2);
/** OUT DX, EAX. */
export const outl = portOut('outl', 4);
/** IN AL, DX. */
export const inb = portIn('inb', 1);
/** IN AX, DX. */
export const inw = portIn('inw', 2);
/** IN EAX, DX. */
export const inl = portIn('inl', 4);
