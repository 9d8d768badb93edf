/* module.h: what runs when a driver is loaded. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_MODULE_H
#define SAMPLE_MODULE_H

typedef int (*initcall_t)(void);

/* Puts the function into the list of calls that the boot works through. */
#define module_init(function) \
	static initcall_t __attribute__((used, section(".initcall6.init"))) initcall_##function = function

#endif
