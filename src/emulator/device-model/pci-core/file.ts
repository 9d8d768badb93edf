import { acrnFile } from '../../stage.ts';

/** The C file that this folder mirrors. */
export const file = acrnFile('device-model', 'devicemodel/hw/pci/core.c');
