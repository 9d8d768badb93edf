/* ioctl.h: how an ioctl number is put together. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_UAPI_IOCTL_H
#define SAMPLE_UAPI_IOCTL_H

/* Bits 31-30 direction, 29-16 size of the argument, 15-8 type, 7-0 number. */
#define _IOC(dir, type, nr, size)	(((dir) << 30) | ((size) << 16) | ((type) << 8) | (nr))
#define _IO(type, nr)			_IOC(0u, (type), (nr), 0u)
#define _IOW(type, nr, argument)	_IOC(1u, (type), (nr), (unsigned int)sizeof(argument))
#define _IOWR(type, nr, argument)	_IOC(3u, (type), (nr), (unsigned int)sizeof(argument))

#endif
