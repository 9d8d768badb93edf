/* mevent.h: call me when this file has something. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_DM_MEVENT_H
#define SAMPLE_DM_MEVENT_H

enum ev_type {
	EVF_READ,
	EVF_WRITE
};

struct mevent;

struct mevent *mevent_add(int tfd, enum ev_type type, void (*run)(int fd, enum ev_type type, void *param),
			  void *run_param, void (*teardown)(void *param), void *teardown_param);
int mevent_disable(struct mevent *evp);
int mevent_delete(struct mevent *evp);
int mevent_delete_close(struct mevent *evp);
int mevent_notify(void);
int mevent_init(void);
void mevent_dispatch(void);

#endif
