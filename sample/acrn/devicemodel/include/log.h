/* log.h: messages of acrn-dm. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_DM_LOG_H
#define SAMPLE_DM_LOG_H

void pr_err(const char *format, ...);
void pr_warn(const char *format, ...);

#endif
