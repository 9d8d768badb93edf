import { acrnFile, stage } from '../../stage.ts';
import { hazard, pr_err } from '../log.ts';
import { PCIR, type PciVdev, type PciVdevOps } from '../pci-core/vdev.ts';
import type { DmCx } from '../process.ts';
import { virtio_pci_read, virtio_pci_write } from '../virtio/dispatch.ts';
import { virtio_interrupt_init, virtio_linkup, virtio_set_io_bar } from '../virtio/linkup.ts';
import { BACKEND_VBSU, type VirtioOps } from '../virtio/structs.ts';
import { virtio_console_add_backends } from './add-backend.ts';
import { virtio_console_control_tx } from './control.ts';
import { file } from './file.ts';
import { virtio_console_notify_rx, virtio_console_notify_tx } from './notify.ts';
import { virtio_console_cfgread, virtio_console_neg_features, virtio_console_reset } from './ports.ts';
import {
  queueOf,
  VIRTIO_CONSOLE_MAXQ,
  VIRTIO_CONSOLE_RINGSZ,
  VIRTIO_CONSOLE_S_HOSTCAPS,
  VirtioConsole,
} from './structs.ts';
import { virtio_console_deinit } from './teardown.ts';

const pciHeader = acrnFile('device-model', 'devicemodel/include/pci_core.h');
const VIRTIO_VENDOR = 0x1af4;
const VIRTIO_DEV_CONSOLE = 0x1003;
const VIRTIO_TYPE_CONSOLE = 3;
const PCIC_SIMPLECOMM = 7;
const PCIS_SIMPLECOMM_OTHER = 0x80;

/** `virtio_console_ops`: no device-wide notify, no configuration writes, no status callback. */
const virtio_console_ops: VirtioOps = {
  name: 'vtcon',
  nvq: VIRTIO_CONSOLE_MAXQ,
  cfgsize: 12,
  reset: virtio_console_reset,
  qnotify: undefined,
  cfgread: virtio_console_cfgread,
  cfgwrite: undefined,
  apply_features: virtio_console_neg_features,
  set_status: undefined,
};

const pci_set_cfgdata16 = stage(
  pciHeader,
  'pci_set_cfgdata16',
  (_cx: DmCx, dev: PciVdev, at: number, value: number): void => dev.setCfg(at, value, 2),
);
const pci_set_cfgdata8 = stage(
  pciHeader,
  'pci_set_cfgdata8',
  (_cx: DmCx, dev: PciVdev, at: number, value: number): void => dev.setCfg(at, value, 1),
);

function initQueues(console: VirtioConsole): void {
  for (let i = 0; i < VIRTIO_CONSOLE_MAXQ; i++) {
    const vq = queueOf(console, i);
    vq.qsize.value = VIRTIO_CONSOLE_RINGSZ;
    vq.notify.value = i % 2 === 0 ? virtio_console_notify_rx : virtio_console_notify_tx;
  }
}

function initConfigSpace(cx: DmCx, dev: PciVdev): void {
  pci_set_cfgdata16(cx, dev, PCIR.DEVICE, VIRTIO_DEV_CONSOLE);
  pci_set_cfgdata16(cx, dev, PCIR.VENDOR, VIRTIO_VENDOR);
  pci_set_cfgdata8(cx, dev, PCIR.CLASS, PCIC_SIMPLECOMM);
  pci_set_cfgdata8(cx, dev, PCIR.SUBCLASS, PCIS_SIMPLECOMM_OTHER);
  pci_set_cfgdata16(cx, dev, PCIR.SUBDEV_0, VIRTIO_TYPE_CONSOLE);
  pci_set_cfgdata16(cx, dev, PCIR.SUBVEND_0, VIRTIO_VENDOR);
}

function initControlPort(console: VirtioConsole): void {
  const port = console.control_port;
  port.console = console;
  port.txq.value = 2;
  port.rxq.value = 3;
  port.cb.value = virtio_console_control_tx;
  port.enabled.value = 1;
}

/** virtio_console.c: `-s <slot>,virtio-console,[@]stdio|tty|pty|file|socket:name[=path][:type],...`. 0, or -1. */
const virtio_console_init = stage(
  file,
  'virtio_console_init',
  (cx: DmCx, dev: PciVdev, opts: string | null): number => {
    if (opts === null) {
      pr_err(cx, 'console-invalid-options');
      return -1;
    }
    const console = new VirtioConsole(cx.world.cells);
    virtio_linkup(cx, console.base, virtio_console_ops, dev, BACKEND_VBSU);
    console.base.device_caps.value = VIRTIO_CONSOLE_S_HOSTCAPS;
    initQueues(console);
    initConfigSpace(cx, dev);
    if (virtio_interrupt_init(cx, console.base, cx.world.options.msix) !== 0) {
      return -1;
    }
    virtio_set_io_bar(cx, console.base, 0);
    cx.world.force?.(cx, dev);
    initControlPort(console);
    if (virtio_console_add_backends(cx, console, opts) < 0) {
      hazard(cx, 'one-port-fails-device', { ports: console.nports.value });
      if (console.ref_count.value > 0) {
        hazard(cx, 'freed-console-registered', { events: console.ref_count.value });
      }
      return -1;
    }
    return 0;
  },
);

/** virtio_console.c: the device type, as `DEFINE_PCI_DEVTYPE` registers it. */
export const pci_ops_virtio_console: PciVdevOps = {
  class_name: 'virtio-console',
  vdev_init: virtio_console_init,
  vdev_deinit: virtio_console_deinit,
  vdev_barwrite: virtio_pci_write,
  vdev_barread: virtio_pci_read,
};
