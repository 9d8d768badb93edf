/* errno.h: error numbers. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_ERRNO_H
#define SAMPLE_HV_ERRNO_H

#define EIO		5
#define ENOMEM		12
#define EACCES		13
#define EFAULT		14
#define ENODEV		19
#define EINVAL		22
#define ENOTTY		25

#endif
