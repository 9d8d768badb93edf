import type { RawDescriptor } from '../emulator/guest/careless.ts';
import type { GuestAct } from '../emulator/machine.ts';
import { bytesOf } from './data.ts';
import type { Descriptor, GuestAction, PostAction } from './scenario.ts';

const NOTHING = new Uint8Array(0);

/** Bytes of data that the validator has let through. */
const bytes = (data: string | undefined): Uint8Array => (data === undefined ? NOTHING : (bytesOf(data) ?? NOTHING));

/** Under which name the result of a kernel module's action stands. */
const MODULE = 'kernel module';

function rawDescriptor({ data, ...rest }: Descriptor): RawDescriptor {
  return { ...rest, bytes: bytes(data) };
}

function postAct({ vcpu, queue, descriptors, head, advance }: PostAction): GuestAct {
  return {
    vcpu,
    path: MODULE,
    bytes: NOTHING,
    careless: {
      kind: 'post',
      queue,
      descriptors: descriptors.map(rawDescriptor),
      ...(head === undefined ? {} : { head }),
      ...(advance === undefined ? {} : { advance }),
    },
  };
}

/** One action as the machine's guest understands it. */
function act(action: GuestAction): GuestAct {
  const { vcpu } = action;
  switch (action.do) {
    case 'write':
      return { vcpu, path: action.path, bytes: bytes(action.data) };
    case 'read':
      return { vcpu, path: action.path, bytes: NOTHING, read: action.size };
    case 'open':
      return { vcpu, path: action.path, bytes: NOTHING, openOnly: true };
    case 'close':
      return { vcpu, path: action.path, bytes: NOTHING, openOnly: true, close: true };
    case 'splice': {
      const pages = action.pages.map(bytes);
      const all = Uint8Array.from(pages.flatMap((page) => [...page]));
      return { vcpu, path: action.path, bytes: all, splice: pages.map((page) => page.length) };
    }
    case 'register': {
      const { offset, size, value } = action;
      return { vcpu, path: MODULE, bytes: NOTHING, careless: { kind: 'register', offset, size, value } };
    }
    case 'post':
      return postAct(action);
    case 'mask': {
      const { entry, masked } = action;
      return { vcpu, path: MODULE, bytes: NOTHING, careless: { kind: 'mask', entry, masked } };
    }
    case 'panic':
      return { vcpu, path: MODULE, bytes: NOTHING, panic: action.message };
    case 'shrink': {
      const { queue, length } = action;
      return { vcpu, path: MODULE, bytes: NOTHING, careless: { kind: 'shrink', queue, length } };
    }
  }
}

/** An action, as often as it says. */
export function guestActs(action: GuestAction): readonly GuestAct[] {
  const one = act(action);
  return action.do === 'write' ? Array.from({ length: action.times ?? 1 }, () => one) : [one];
}

/** Bytes that an action writes in all. */
export const bytesWritten = (action: GuestAction): number =>
  guestActs(action).reduce((sum, one) => sum + one.bytes.length, 0);
