/* inout.h: who answers for a port. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_DM_INOUT_H
#define SAMPLE_DM_INOUT_H

#include "acrn_common.h"
#include "types.h"

struct vmctx;

typedef int (*inout_func_t)(struct vmctx *ctx, int vcpu, int in, int port, int bytes, uint32_t *eax, void *arg);

#define IOPORT_F_IN		0x1
#define IOPORT_F_OUT		0x2
#define IOPORT_F_INOUT		(IOPORT_F_IN | IOPORT_F_OUT)
#define IOPORT_F_DEFAULT	0x40000000

struct inout_port {
	const char *name;
	int port;
	int size;
	int flags;
	inout_func_t handler;
	void *arg;
};

void init_inout(void);
int emulate_inout(struct vmctx *ctx, int *pvcpu, struct acrn_pio_request *req);
int register_inout(struct inout_port *iop);
int unregister_inout(struct inout_port *iop);

#endif
