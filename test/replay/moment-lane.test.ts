import { describe, expect, it } from 'vitest';
import { laneOfPlace, laneOfStep } from '../../src/replay/moment.ts';
import { smallSession } from './small-run.ts';

describe('the lane of a place', () => {
  const session = smallSession();
  const place = (tree: string, file: string) => ({ tree, file, line: 1, role: 'head', shows: '' }) as const;

  it('is that of the program whose file it is, wherever the cursor stands', () => {
    expect(laneOfPlace(session, place('acrn', 'hypervisor/dm/io_req.c'), 0)).toBe(1);
    expect(laneOfPlace(session, place('acrn', 'devicemodel/hw/pci/virtio/virtio_console.c'), 0)).toBe(3);
    expect(laneOfPlace(session, place('guestLinux', 'fs/read_write.c'), 0)).toBe(0);
  });

  it('is that of the step where no stage stands in the file', () => {
    expect(laneOfPlace(session, place('acrn', 'nowhere.c'), 3)).toBe(laneOfStep(session, 3));
  });
});
