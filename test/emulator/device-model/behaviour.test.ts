import { describe, expect, it } from 'vitest';
import { Driver, functionsOf, outputOf } from './driver.ts';

const RX = 0;
const TX = 1;
const CONTROL_OUT = 3;
const END_OF_RAM = 0x200000;

describe('hostile and unlucky guests', () => {
  it('die with a control message at the last byte of memory (M1)', () => {
    const outs = new Driver('@pty:con')
      .bringUp([RX, TX, 2, CONTROL_OUT])
      .post(CONTROL_OUT, { at: END_OF_RAM - 4, len: 4 })
      .notify(CONTROL_OUT)
      .notify(TX)
      .play();
    expect(outs.at(-1)).toMatchObject({ process_died: { signal: 'SIGSEGV', thread: 'vcpu', fault_gpa: END_OF_RAM } });
    expect(functionsOf(outs.at(-1)).at(-1)).toBe('virtio_console_control_tx');
  });

  it('lose a loop at its second element, and nothing of it comes back (L3, L4)', () => {
    const outs = new Driver('file:con=out')
      .bringUp([RX, TX])
      .post(TX, { len: 3, hex: '616263', flags: 1, next: 0 })
      .notify(TX)
      .play();
    expect(outputOf(outs)).toEqual({});
    expect(outs.at(-1)?.['mem_changed']).toBeUndefined();
    expect(outs.at(-1)?.['log']).toHaveLength(2);
  });

  it('complete buffers of queues without a port (L9)', () => {
    const outs = new Driver('file:con=out').bringUp([RX, TX, 7]).send(7, '6162').play();
    expect(outputOf(outs)).toEqual({});
    expect(outs.at(-1)?.['mem_changed']).toEqual([{ gpa: 0x49002, hex: '01' }]);
  });

  it('see one spurious interrupt from a queue that a reset killed (R3)', () => {
    const outs = new Driver('file:con=out')
      .bringUp([RX, TX])
      .send(TX, '61')
      .port(18, 1, 0)
      .notify(TX)
      .notify(TX)
      .play();
    expect(outs.at(-2)?.['irqs']).toContainEqual(
      expect.objectContaining({ kind: 'intx_line', level: 'low(asserted)' }),
    );
    expect(outs.at(-1)?.['irqs']).toBeUndefined();
  });
});

describe('terminals', () => {
  it('get CR NL on standard input, and give what is typed', () => {
    const driver = new Driver('@stdio:con').bringUp([RX, TX]).post(RX, { len: 16, flags: 2 }).notify(RX);
    driver.send(TX, '680a').op({ op: 'backend_input', endpoint: 'stdio', hex: '7879' }).runMevent();
    const outs = driver.play('pty');
    expect(outputOf(outs)).toEqual({ stdio: '680d0a' });
    expect(outs.at(-1)).toMatchObject({ iterations: 1, busy: false });
    expect(outs.at(-1)?.['mem_changed']).toContainEqual({ gpa: 0x140000, hex: '7879' });
  });

  it('that hang up with buffers posted keep the dispatcher busy for ever (B3)', () => {
    const outs = new Driver('tty:con=$TTY')
      .bringUp([RX, TX])
      .post(RX, { len: 16, flags: 2 })
      .notify(RX)
      .op({ op: 'backend_close', endpoint: 'tty0' })
      .runMevent(5)
      .play();
    expect(outs.at(-1)).toMatchObject({ iterations: 5, busy: true });
  });

  it('never fill a buffer of no length (B3)', () => {
    const outs = new Driver('@pty:con')
      .bringUp([RX, TX])
      .post(RX, { len: 0, flags: 2 })
      .notify(RX)
      .op({ op: 'backend_input', endpoint: 'pty0', hex: '61' })
      .runMevent(4)
      .play();
    expect(outs.at(-1)).toMatchObject({ iterations: 4, busy: true });
  });
});

describe('socket servers', () => {
  const connected = (opts: string): Driver =>
    new Driver(opts)
      .bringUp([RX, TX, 4, 5])
      .op({ op: 'backend_connect', endpoint: 'sock0', path: 'a.sock' })
      .runMevent();

  it('whose client left before a write accept nobody any more (B4)', () => {
    const outs = connected('socket:a=a.sock')
      .op({ op: 'backend_close', endpoint: 'sock0' })
      .send(TX, '61')
      .op({ op: 'backend_connect', endpoint: 'sock1', path: 'a.sock' })
      .runMevent()
      .play();
    expect(outs.at(-1)).toMatchObject({ iterations: 0, busy: false });
    expect(outs.at(-2)).toMatchObject({ errno: 0 });
  });

  it('of another port get the stale event of a closed descriptor, and are never read (B5)', () => {
    const outs = connected('socket:a=a.sock,socket:b=b.sock')
      .op({ op: 'backend_close', endpoint: 'sock0' })
      .send(TX, '61')
      .op({ op: 'backend_connect', endpoint: 'sock1', path: 'b.sock' })
      .runMevent()
      .post(4, { len: 16, flags: 2 })
      .notify(4)
      .op({ op: 'backend_input', endpoint: 'sock1', hex: '6869' })
      .runMevent()
      .play();
    expect(outs.at(-1)).toMatchObject({ iterations: 0 });
  });

  it('take the next client when the first one leaves in time', () => {
    const outs = connected('socket:a=a.sock')
      .post(RX, { len: 16, flags: 2 })
      .notify(RX)
      .op({ op: 'backend_close', endpoint: 'sock0' })
      .runMevent()
      .op({ op: 'backend_connect', endpoint: 'sock1', path: 'a.sock' })
      .runMevent()
      .send(TX, '6869')
      .play();
    expect(outputOf(outs)).toEqual({ sock1: '6869' });
  });
});

describe('a device taken down from another thread', () => {
  const running = (): Driver => new Driver('@pty:con').bringUp([RX, TX]).send(TX, '61');

  it('dies on an unread interrupt (M3)', () => {
    const outs = running().op({ op: 'deinit' }).runMevent(5).play();
    expect(outs.at(-1)).toMatchObject({ process_died: { thread: 'mevent', fault_gpa: 'not a guest address' } });
  });

  it('survives where the driver has read it', () => {
    const outs = running().readPort(19, 1).op({ op: 'deinit' }).runMevent(5).play();
    expect(outs.at(-1)).toMatchObject({ iterations: 1, busy: false });
    expect(functionsOf(outs.at(-1))).toContain('virtio_console_destroy');
  });
});

describe('iothreads, forced on a console', () => {
  const forced = (first: readonly string[]): Driver => {
    const driver = new Driver('file:con=out').op({ op: 'set_iothread', n: 1 });
    for (const op of first) {
      driver.op({ op });
    }
    return driver.bringUp([RX, TX]);
  };

  it('serve a kick that the HSM signalled', () => {
    const outs = forced([]).send(TX, '6162').op({ op: 'run_iothread', max_iterations: 9 }).play();
    expect(outs.at(-2)).toMatchObject({ route: 'ioeventfd' });
    expect(outputOf(outs)).toEqual({ 'file:out': '6162' });
  });

  it('never serve one where the thread ran before it was marked started (I1)', () => {
    const outs = forced(['force_schedule']).send(TX, '6162').op({ op: 'run_iothread', max_iterations: 9 }).play();
    expect(outs.at(-2)).toMatchObject({ route: 'ioeventfd' });
    expect(outs.at(-1)).toMatchObject({ iterations: 0 });
    expect(outputOf(outs)).toEqual({});
  });

  it('lose the kicks that a reset finds pending (I2)', () => {
    const outs = forced([]).send(TX, '6162').port(18, 1, 0).op({ op: 'run_iothread', max_iterations: 9 }).play();
    expect(outs.at(-1)).toMatchObject({ iterations: 0 });
    expect(outputOf(outs)).toEqual({});
  });
});
