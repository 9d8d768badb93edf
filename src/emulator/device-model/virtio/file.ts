import { acrnFile } from '../../stage.ts';

/** The C file that this folder mirrors. */
export const file = acrnFile('device-model', 'devicemodel/hw/pci/virtio/virtio.c');

/** Its header, whose inline functions are stages as well. */
export const header = acrnFile('device-model', 'devicemodel/include/virtio.h');
