import { blockingStage } from '../../../stage.ts';
import { WorkStruct } from '../../kernel/workqueue.ts';
import type { GuestCx, Steps } from '../../task.ts';
import type { VirtioDevice, VirtioDriver, VirtqueueInfo } from '../../virtio/device.ts';
import { virtio_cread_feature, virtio_device_ready, virtio_find_vqs } from '../../virtio/virtio_config.ts';
import type { Virtqueue } from '../../virtio/virtio_ring/virtqueue.ts';
import { fill_queue } from './buffers.ts';
import { add_port, control_intr, control_work_handler } from './control.ts';
import { in_intr, out_intr } from './interrupts.ts';
import {
  CONFIG_MAX_NR_PORTS,
  CONTROL,
  file,
  PortsDevice,
  VIRTCONS_MAX_PORTS,
  VIRTIO_CONSOLE_BAD_ID,
  VIRTIO_CONSOLE_F_MULTIPORT,
  VIRTIO_CONSOLE_F_SIZE,
} from './port.ts';
import { __send_control_msg } from './send.ts';

const EINVAL = 22;
const ENOMEM = 12;
const VIRTIO_ID_CONSOLE = 3;
/** `struct ports_device` and where `cpkt` lies in it. */
const PORTS_DEVICE_SIZE = 256;
const CPKT_OFFSET = 0x98;

const INPUT: VirtqueueInfo = { name: 'input', callback: in_intr };
const OUTPUT: VirtqueueInfo = { name: 'output', callback: out_intr };
const CONTROL_QUEUES: readonly VirtqueueInfo[] = [
  { name: 'control-i', callback: control_intr },
  { name: 'control-o', callback: undefined },
];

/** Queues as the device numbers them: port 0, control, then the other ports (virtio 1.2, 5.3.2). */
function queueInfos(portdev: PortsDevice): VirtqueueInfo[] {
  const infos = [INPUT, OUTPUT];
  if (portdev.multiport) {
    infos.push(...CONTROL_QUEUES);
    for (let port = 1; port < portdev.max_nr_ports; port++) {
      infos.push(INPUT, OUTPUT);
    }
  }
  return infos;
}

const init_vqs = blockingStage(file, 'init_vqs', function* (cx: GuestCx, portdev: PortsDevice): Steps<number> {
  const vqs = yield* virtio_find_vqs(cx, portdev.vdev, queueInfos(portdev));
  if (typeof vqs === 'number') {
    return vqs;
  }
  const ports = (parity: number): Virtqueue[] =>
    vqs.filter((vq) => vq.index % 2 === parity && (!portdev.multiport || vq.index >> 1 !== 1));
  portdev.in_vqs = ports(0);
  portdev.out_vqs = ports(1);
  if (portdev.multiport) {
    portdev.c_ivq = vqs[2];
    portdev.c_ovq = vqs[3];
  }
  return 0;
});

/** Fills the control queue and tells the host, or makes the only port. */
function* startPorts(cx: GuestCx, portdev: PortsDevice): Steps<number> {
  if (portdev.c_ivq === undefined) {
    yield* add_port(cx, portdev, 0);
    return 0;
  }
  const filled = yield* fill_queue(cx, portdev.c_ivq, portdev.c_ivq_lock);
  if (filled < 0) {
    cx.log('error', 'guest-error-allocating-control-buffers', {});
    yield* __send_control_msg(cx, portdev, VIRTIO_CONSOLE_BAD_ID, CONTROL.DEVICE_READY, 0);
    return filled;
  }
  return 0;
}

const virtcons_probe = blockingStage(
  file,
  'virtcons_probe',
  function* (cx: GuestCx, vdev: VirtioDevice): Steps<number> {
    const { kernel } = cx.world;
    const memory = kernel.mm.kzalloc(PORTS_DEVICE_SIZE);
    if (memory === 0) {
      return -ENOMEM;
    }
    const maxPorts = yield* virtio_cread_feature(cx, vdev, VIRTIO_CONSOLE_F_MULTIPORT, CONFIG_MAX_NR_PORTS, 4);
    if (maxPorts !== undefined && (maxPorts === 0 || maxPorts > VIRTCONS_MAX_PORTS)) {
      cx.log('error', 'guest-invalid-max-nr-ports', { ports: maxPorts });
      return -EINVAL;
    }
    const portdev = new PortsDevice(vdev, maxPorts !== undefined, maxPorts ?? 1, memory + CPKT_OFFSET, kernel.cells);
    vdev.priv = portdev;
    const path = `${vdev.name}.portdev.control_work`;
    portdev.control_work = new WorkStruct(kernel.cells, path, control_work_handler, portdev, 'control_work');
    let err = yield* init_vqs(cx, portdev);
    if (err < 0) {
      cx.log('error', 'guest-error-initializing-vqs', { err });
      return err;
    }
    yield* virtio_device_ready(cx, vdev);
    err = yield* startPorts(cx, portdev);
    if (err < 0) {
      return err;
    }
    kernel.pdrvdata.portdevs.push(portdev);
    yield* __send_control_msg(cx, portdev, VIRTIO_CONSOLE_BAD_ID, CONTROL.DEVICE_READY, 1);
    return 0;
  },
);

/** The console driver. */
export const virtio_console: VirtioDriver = {
  name: 'virtio_console',
  device: VIRTIO_ID_CONSOLE,
  feature_table: [VIRTIO_CONSOLE_F_SIZE, VIRTIO_CONSOLE_F_MULTIPORT],
  probe: virtcons_probe,
};
