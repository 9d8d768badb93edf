/* page.h: the size of a page. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_PAGE_H
#define SAMPLE_HV_PAGE_H

#define PAGE_SIZE	4096U

#endif
