import type { NoteId } from '../../texts/notes.ts';
import type { Claim } from './check-types.ts';
import { CONSOLE_CLAIMS } from './console-claims.ts';
import { HYPERVISOR_CLAIMS } from './hypervisor-claims.ts';
import { IOTHREAD_CLAIMS } from './iothread-claims.ts';
import { SERVICE_VM_CLAIMS } from './service-vm-claims.ts';

const UNSORTED: readonly Claim<NoteId>[] = [
  ...CONSOLE_CLAIMS,
  ...IOTHREAD_CLAIMS,
  ...SERVICE_VM_CLAIMS,
  ...HYPERVISOR_CLAIMS,
];

/** The claims of the study notes, by their numbers. */
export const CLAIMS: readonly Claim<NoteId>[] = [...UNSORTED].sort((a, b) => a.id - b.id);
