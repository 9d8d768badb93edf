/* pcireg.h: offsets and bits of PCI's configuration space. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_DM_PCIREG_H
#define SAMPLE_DM_PCIREG_H

#define PCI_REGMAX		255
#define PCIR_VENDOR		0x00
#define PCIR_DEVICE		0x02
#define PCIR_COMMAND		0x04
#define PCIR_STATUS		0x06
#define PCIR_REVID		0x08
#define PCIR_SUBCLASS		0x0a
#define PCIR_CLASS		0x0b
#define PCIR_SUBVEND_0		0x2c
#define PCIR_SUBDEV_0		0x2e
#define PCIR_CAP_PTR		0x34
#define PCIR_INTLINE		0x3c
#define PCIR_INTPIN		0x3d
#define PCIR_BAR(which)		(0x10 + (which) * 4)
#define PCIR_MAX_BAR_0		5

#define PCIM_CMD_PORTEN		0x0001
#define PCIM_CMD_MEMEN		0x0002
#define PCIM_CMD_BUSHOSTEN	0x0004
#define PCIM_CMD_INTxDIS	0x0400
#define PCIM_STATUS_CAPPRESENT	0x0010
#define PCIM_BAR_IO_SPACE	1u

#define PCIC_SIMPLECOMM		0x07
#define PCIS_SIMPLECOMM_OTHER	0x80

#define PCIY_MSI		0x05
#define PCIM_MSICTRL_MSI_ENABLE	0x0001
#define PCIM_MSICTRL_64BIT	0x0080
#define PCIM_MSICTRL_PVMC	0x0100	/* each message can be masked */
#define PCIY_VENDOR		0x09
#define PCIY_MSIX		0x11
#define PCIM_MSIXCTRL_MSIX_ENABLE	0x8000
#define PCIM_MSIXCTRL_FUNCTION_MASK	0x4000
#define PCIM_MSIX_VCTRL_MASK	0x1u
#define PCIM_MSIX_BIR_MASK	0x7

#endif
