import { stage } from '../../stage.ts';
import type { DmCx } from '../process.ts';
import { file } from './file.ts';

/** `struct config_reg`: one register of a transport. */
export interface ConfigReg {
  readonly offset: number;
  readonly size: number;
  readonly ro: boolean;
  readonly name: string;
}

const reg = (offset: number, size: number, ro: 0 | 1, name: string): ConfigReg => ({
  offset,
  size,
  ro: ro === 1,
  name,
});

/** Registers of the legacy transport, by offset (virtio.c; virtio 1.2, 4.1.4.10). */
const legacy_config_regs: readonly ConfigReg[] = [
  reg(0, 4, 1, 'HOSTCAP'),
  reg(4, 4, 0, 'GUESTCAP'),
  reg(8, 4, 0, 'PFN'),
  reg(12, 2, 1, 'QNUM'),
  reg(14, 2, 0, 'QSEL'),
  reg(16, 2, 0, 'QNOTIFY'),
  reg(18, 1, 0, 'STATUS'),
  reg(19, 1, 0, 'ISR'),
  reg(20, 2, 0, 'CFGVEC'),
  reg(22, 2, 0, 'QVEC'),
];

/** Registers of the modern transport's common configuration (virtio 1.2, 4.1.4.3). */
const modern_config_regs: readonly ConfigReg[] = [
  reg(0, 4, 0, 'DFSELECT'),
  reg(4, 4, 1, 'DF'),
  reg(8, 4, 0, 'GFSELECT'),
  reg(12, 4, 0, 'GF'),
  reg(16, 2, 0, 'MSIX'),
  reg(18, 2, 1, 'NUMQ'),
  reg(20, 1, 0, 'STATUS'),
  reg(21, 1, 1, 'CFGGENERATION'),
  reg(22, 2, 0, 'Q_SELECT'),
  reg(24, 2, 0, 'Q_SIZE'),
  reg(26, 2, 0, 'Q_MSIX'),
  reg(28, 2, 0, 'Q_ENABLE'),
  reg(30, 2, 1, 'Q_NOFF'),
  reg(32, 4, 0, 'Q_DESCLO'),
  reg(36, 4, 0, 'Q_DESCHI'),
  reg(40, 4, 0, 'Q_AVAILLO'),
  reg(44, 4, 0, 'Q_AVAILHI'),
  reg(48, 4, 0, 'Q_USEDLO'),
  reg(52, 4, 0, 'Q_USEDHI'),
];

/** virtio.c: binary search by offset. */
const virtio_find_cr = stage(
  file,
  'virtio_find_cr',
  (_cx: DmCx, registers: readonly ConfigReg[], offset: number): ConfigReg | undefined => {
    let low = 0;
    let high = registers.length - 1;
    while (high >= low) {
      const middle = (high + low) >> 1;
      const register = registers[middle];
      if (register === undefined || register.offset === offset) {
        return register;
      }
      if (register.offset < offset) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return undefined;
  },
);

/** virtio.c */
export const virtio_find_legacy_cr = stage(
  file,
  'virtio_find_legacy_cr',
  (cx: DmCx, offset: number): ConfigReg | undefined => virtio_find_cr(cx, legacy_config_regs, offset),
);

/** virtio.c */
export const virtio_find_modern_cr = stage(
  file,
  'virtio_find_modern_cr',
  (cx: DmCx, offset: number): ConfigReg | undefined => virtio_find_cr(cx, modern_config_regs, offset),
);
