/* errno.h: the error numbers met on the path. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_ERRNO_H
#define SAMPLE_ERRNO_H

#define EPERM		1
#define ENOENT		2
#define EINTR		4
#define EIO		5
#define ENXIO		6
#define EBADF		9
#define EAGAIN		11
#define ENOMEM		12
#define EFAULT		14
#define EBUSY		16
#define EEXIST		17
#define ENODEV		19
#define EINVAL		22
#define ENOTTY		25
#define ENOSPC		28
#define EPIPE		32
#define EOPNOTSUPP	95

#endif
