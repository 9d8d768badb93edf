/* pci_dev.h: the real PCI bus. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_PCI_DEV_H
#define SAMPLE_HV_PCI_DEV_H

#include <types.h>

#define PCI_CONFIG_ADDR	0xCF8U
#define PCI_CONFIG_DATA	0xCFCU
#define PCI_CFG_ENABLE	0x80000000U

uint32_t pci_config_read(uint32_t where, uint32_t offset, size_t bytes);
void pci_config_write(uint32_t where, uint32_t offset, size_t bytes, uint32_t val);

#endif
