import type { Stage } from '../../stage.ts';
import type { AcrnVm } from '../vm_types.ts';
import type { HvCx } from '../world.ts';

/** An entry of `hc_dispatch_table`: 0 or a negative number goes to the caller's RAX. */
export type HypercallHandler = ((cx: HvCx, target: AcrnVm, param1: number, param2: number) => number) & Stage;
