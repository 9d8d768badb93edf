/* inout.c: a table with an answer for each of the 65536 ports. SPDX-License-Identifier: MIT */
#include "inout.h"

#define MAX_IOPORTS	(1 << 16)

static struct {
	const char *name;
	int flags;
	inout_func_t handler;
	void *arg;
} inout_handlers[MAX_IOPORTS];

/* Nobody there: reads give all ones, writes are lost. */
static int default_inout(struct vmctx *ctx, int vcpu, int in, int port, int bytes, uint32_t *eax, void *arg)
{
	(void)ctx; (void)vcpu; (void)port; (void)arg;
	if (in)
		*eax = bytes == 4 ? 0xffffffff : (1u << (8 * bytes)) - 1;
	return 0;
}

static void register_default_iohandler(int start, int size)
{
	struct inout_port everyone = { "default", start, size, IOPORT_F_INOUT | IOPORT_F_DEFAULT, default_inout, NULL };

	register_inout(&everyone);
}

/* Look the port up and call its handler: for the console's BAR 0 that is pci_emul_io_handler. */
int emulate_inout(struct vmctx *ctx, int *pvcpu, struct acrn_pio_request *pio_request)
{
	int bytes = (int)pio_request->size, port = (int)pio_request->address;
	int in = pio_request->direction == ACRN_IOREQ_DIR_READ;
	inout_func_t handler;

	if (port < 0 || port + bytes > MAX_IOPORTS || (bytes != 1 && bytes != 2 && bytes != 4))
		return -1;
	handler = inout_handlers[port].handler;
	if ((inout_handlers[port].flags & (in ? IOPORT_F_IN : IOPORT_F_OUT)) == 0)
		return -1;
	return handler(ctx, *pvcpu, in, port, bytes, &pio_request->value, inout_handlers[port].arg);
}

void init_inout(void)
{
	register_default_iohandler(0, MAX_IOPORTS);
}

/* A device claims its ports. It may take them from the default only. */
int register_inout(struct inout_port *iop)
{
	int i, end = iop->port + iop->size;

	if (iop->port < 0 || iop->size <= 0 || end > MAX_IOPORTS)
		return -1;
	for (i = iop->port; i < end; i++)
		if (inout_handlers[i].handler && ((inout_handlers[i].flags | iop->flags) & IOPORT_F_DEFAULT) == 0)
			return -1;
	for (i = iop->port; i < end; i++) {
		inout_handlers[i].arg = iop->arg;
		inout_handlers[i].handler = iop->handler;
		inout_handlers[i].flags = iop->flags;
		inout_handlers[i].name = iop->name;
	}
	return 0;
}

int unregister_inout(struct inout_port *iop)
{
	register_default_iohandler(iop->port, iop->size);
	return 0;
}
