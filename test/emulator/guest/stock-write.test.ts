import { describe, expect, it } from 'vitest';
import { guestWith, text, write } from './harness.ts';

describe('stock write', () => {
  it('sets the device up and writes hello', () => {
    const { recorder, guest, device, cpu } = guestWith();
    guest.execute(0, write('/dev/hvc0', 'hello\n'));
    expect(device.run(cpu)).toBe(true);
      device.exits,
      recorder.length,
      device.status,
      device.guestFeatures,
      device.controlMessages,
      guest.results,
    );
    expect(text(device.output[0])).toBe('hello\r\n');
  });
});
