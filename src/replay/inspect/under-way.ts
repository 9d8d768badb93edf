import type { Trace } from '../../trace/trace.ts';

/** Events that are looked back over. */
const BACK = 4000;

/** The transmit queue of the first port: what is meant where no queue was touched. */
const TRANSMIT = 1;

const QUEUE_FIELD = /^(?:console\.queues|virtio0\.vqs)\[(\d+)\]\./;
const VCPU_FIELD = /^vm1\.vcpu(\d+)\./;

/** Number of the queue that was touched last up to event `at`: the one that a moment is about. */
export const queueUnderWay = (trace: Trace, at: number): number => lastNumber(trace, at, QUEUE_FIELD) ?? TRANSMIT;

/** Number of the User VM's processor that was touched last up to event `at`. */
export const vcpuUnderWay = (trace: Trace, at: number): number => lastNumber(trace, at, VCPU_FIELD) ?? 0;

/** The number in the path of the last field up to event `at` that changed and matches. */
function lastNumber(trace: Trace, at: number, path: RegExp): number | undefined {
  for (let event = at; event >= Math.max(trace.dropped, at - BACK); event--) {
    const found = trace.event(event);
    const field = found?.kind === 'state' ? trace.fields[found.key] : undefined;
    const [, number] = (field === undefined ? null : path.exec(field.path)) ?? [];
    if (number !== undefined) {
      return Number(number);
    }
  }
  return undefined;
}
