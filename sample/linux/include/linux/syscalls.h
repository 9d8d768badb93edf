/* syscalls.h: how a system call's entry function is made. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_SYSCALLS_H
#define SAMPLE_SYSCALLS_H

#include <linux/types.h>

/* Name, then type and name of each argument: `write` becomes the function sys_write. */
#define SYSCALL_DEFINE3(name, type1, arg1, type2, arg2, type3, arg3) \
	long sys_##name(type1 arg1, type2 arg2, type3 arg3)

ssize_t ksys_read(unsigned int fd, char *buf, size_t count);
ssize_t ksys_write(unsigned int fd, const char *buf, size_t count);

#endif
