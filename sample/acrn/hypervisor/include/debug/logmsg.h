/* logmsg.h: messages and assertions. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_LOGMSG_H
#define SAMPLE_HV_LOGMSG_H

void pr_err(const char *format, ...);
void pr_fatal(const char *format, ...);
#define ASSERT(truth, message)	do { if (!(truth)) { pr_fatal(message); } } while (0)

#endif
