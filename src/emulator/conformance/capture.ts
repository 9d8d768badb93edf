import { type Problem, problem } from '../../base/problem.ts';
import { err, ok, type Result } from '../../base/result.ts';

/** Bytes of guest memory and where they are. */
export interface MemoryPiece {
  readonly gpa: number;
  readonly bytes: Uint8Array;
}

/** One queue as the driver left it. */
export interface CapturedQueue {
  readonly index: number;
  readonly size: number;
  /** Page of a legacy ring; undefined where the driver gave the three addresses on their own. */
  readonly pfn: number | undefined;
  readonly desc: number;
  readonly avail: number;
  readonly used: number;
  /** Next avail entry that the device would take. */
  readonly lastAvail: number;
}

/** A ring that a real driver laid out, just before it told the device. */
export interface Capture {
  /** Queue that is notified. */
  readonly queue: number;
  readonly queues: readonly CapturedQueue[];
  readonly memory: readonly MemoryPiece[];
  /** Negotiated feature bits. */
  readonly features: readonly number[];
  /** Guest RAM below 4 GiB, in bytes. */
  readonly ramSize: number;
  /** What the outside sends after the notification; undefined where it sends nothing. */
  readonly input: Uint8Array | undefined;
}

type Json = Readonly<Record<string, unknown>>;

const GIB = 1 << 30;
/** Queues of a virtio-console with 16 ports (virtio 1.2, 5.3.2). */
const MAX_QUEUES = 34;
/** A split ring's greatest size (virtio 1.2, 2.7). */
const MAX_SIZE = 32768;

class Malformed extends Error {
  readonly path: string;
  constructor(path: string, reason: string) {
    super(reason);
    this.path = path;
  }
}

function object(value: unknown, path: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Malformed(path, 'an object is expected');
  }
  return value as Json;
}

function whole(value: unknown, path: string, max = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > max) {
    throw new Malformed(path, `a whole number from 0 to ${max} is expected`);
  }
  return value;
}

function list(value: unknown, path: string): readonly unknown[] {
  if (value !== undefined && !Array.isArray(value)) {
    throw new Malformed(path, 'a list is expected');
  }
  return value ?? [];
}

function text(value: unknown, path: string): string {
  if (typeof value !== 'string') {
    throw new Malformed(path, 'a text is expected');
  }
  return value;
}

function queueSize(value: unknown, path: string): number {
  const size = whole(value, path, MAX_SIZE);
  if (size === 0 || (size & (size - 1)) !== 0) {
    throw new Malformed(path, 'a power of two is expected (virtio 1.2, 2.7)');
  }
  return size;
}

function queueOf(index: number, value: unknown): CapturedQueue {
  const path = `/before/queues/${index}`;
  const queue = object(value, path);
  const pfn = queue['pfn'];
  return {
    index,
    size: queueSize(queue['size'], `${path}/size`),
    pfn: pfn === undefined || pfn === null ? undefined : whole(pfn, `${path}/pfn`),
    desc: whole(queue['desc_gpa'], `${path}/desc_gpa`),
    avail: whole(queue['avail_gpa'], `${path}/avail_gpa`),
    used: whole(queue['used_gpa'], `${path}/used_gpa`),
    lastAvail: whole(queue['device_last_avail_idx'], `${path}/device_last_avail_idx`, 0xffff),
  };
}

/** RAM that the captured machine had, by its own `-m` in MiB; 2 GiB where it is not told. */
function ramSize(args: readonly unknown[]): number {
  const megabytes = Number(args[args.indexOf('-m') + 1]);
  return args.includes('-m') && Number.isInteger(megabytes) && megabytes > 0 && megabytes < 3072
    ? megabytes * 1024 * 1024
    : 2 * GIB;
}

function read(capture: Json, readFile: (name: string) => Uint8Array): Capture {
  const queue = whole(capture['queue_index'], '/queue_index', MAX_QUEUES - 1);
  const before = object(object(capture['before'], '/before')['queues'], '/before/queues');
  const memory: MemoryPiece[] = [];
  const queues = Object.entries(before).map(([index, value]) => {
    const number = whole(Number(index), '/before/queues', MAX_QUEUES - 1);
    const raw = object(value, `/before/queues/${index}`);
    const path = `/before/queues/${index}/vring`;
    memory.push({
      gpa: whole(raw['vring_gpa'], `${path}_gpa`),
      bytes: readFile(text(raw['vring_file'], `${path}_file`)),
    });
    return queueOf(number, value);
  });
  if (!queues.some(({ index }) => index === queue)) {
    throw new Malformed('/before/queues', `queue ${queue} is missing`);
  }
  for (const [at, value] of list(capture['memory_buffers'], '/memory_buffers').entries()) {
    const path = `/memory_buffers/${at}`;
    const buffer = object(value, path);
    // What the device only writes to need not be there: it never looks at the old contents.
    if (buffer['role'] !== 'device-writable') {
      memory.push({ gpa: whole(buffer['gpa'], `${path}/gpa`), bytes: readFile(text(buffer['file'], `${path}/file`)) });
    }
  }
  const input = capture['host_input'];
  return {
    queue,
    queues,
    memory,
    features: list(capture['negotiated_feature_bits'], '/negotiated_feature_bits').map((bit) =>
      whole(bit, '/negotiated_feature_bits', 63),
    ),
    ramSize: ramSize(list(capture['qemu_args'], '/qemu_args')),
    input: input === undefined ? undefined : readFile(text(object(input, '/host_input')['file'], '/host_input/file')),
  };
}

/**
 * A captured ring out of parsed JSON (recorded/rings); `readFile` gives the bytes of a file that it names, beside it. A
 * problem that names the place where it is none; what `readFile` throws goes on up.
 */
export function parseCapture(json: unknown, readFile: (name: string) => Uint8Array): Result<Capture, Problem> {
  try {
    return ok(read(object(json, '/'), readFile));
  } catch (error) {
    if (error instanceof Malformed) {
      return err(problem('bad-recording', { path: error.path, reason: error.message }));
    }
    throw error;
  }
}
