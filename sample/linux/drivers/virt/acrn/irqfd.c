/* irqfd.c: the other way round, from an eventfd to an interrupt; the console does not use it. SPDX-License-Identifier: MIT */
#include "acrn_drv.h"

int acrn_irqfd_init(struct acrn_vm *vm)
{
	mutex_init(&vm->irqfds_lock);
	INIT_LIST_HEAD(&vm->irqfds);
	return 0;
}
