import { tells } from './tell.ts';

/** Why acrn-dm passes the stages of its PCI bus. */
export const DEVICE_MODEL_PCI = {
  ...tells('acrn:devicemodel/hw/pci/core.c', {
    pci_parse_slot: [
      'Reads one -s option: slot, kind of device, and the device’s own options.',
      '解析一个 -s 选项：槽位、设备种类及设备自己的选项。',
    ],
    init_pci: [
      'Creates every configured device, lays out ports and memory for BARs, and routes interrupts.',
      '创建所有配置的设备，为 BAR 安排端口和内存，并布置中断。',
    ],
    pci_emul_init: ['Makes one PCI function and lets its device initialise it.', '建立一个 PCI 功能并由其设备初始化。'],
    pci_emul_alloc_bar: ['Gives a BAR ports or memory.', '为 BAR 分配端口或内存。'],
    pci_emul_alloc_pbar: [
      'Finds room for a BAR of this kind and size, and enters it into configuration space.',
      '为此类型和大小的 BAR 寻找空间，并写入配置空间。',
    ],
    pci_emul_alloc_resource: ['Cuts an aligned piece off a range.', '从范围中切出对齐的一段。'],
    pci_emul_add_capability: [
      'Appends a capability to the list in configuration space.',
      '把能力项追加到配置空间的列表。',
    ],
    pci_emul_add_msicap: ['Offers plain MSI.', '提供普通 MSI。'],
    pci_emul_add_msixcap: [
      'Offers MSI-X: a capability that says in which BAR table and pending bits lie.',
      '提供 MSI-X：说明表和待处理位在哪个 BAR 的能力项。',
    ],
    pci_msix_table_init: ['Allocates the MSI-X table with all entries masked.', '分配 MSI-X 表，所有表项均屏蔽。'],
    pci_cfgrw: [
      'Reads or writes configuration space for the guest, with care for BARs, capabilities and the command register.',
      '为客户机读写配置空间，特别处理 BAR、能力项和命令寄存器。',
    ],
    emulate_pci_cfgrw: ['A configuration access arrives with its address taken apart.', '配置访问到达，其地址已拆分。'],
    update_bar_address: [
      'The guest moves a BAR: handlers are taken from the old place and entered at the new one.',
      '客户机移动 BAR：从旧处移除处理函数并在新处登记。',
    ],
    modify_bar_registration: [
      'Enters or removes the handler of a BAR, for ports or for memory.',
      '登记或移除 BAR 的处理函数（端口或内存）。',
    ],
    register_bar: ['Makes a BAR answer.', '使 BAR 应答。'],
    unregister_bar: ['Makes a BAR silent.', '使 BAR 不再应答。'],
    pci_emul_io_handler: [
      'A port access inside some BAR: it is given to the device with its offset.',
      '落在某个 BAR 内的端口访问：连同偏移交给设备。',
    ],
    pci_emul_mem_handler: [
      'A memory access inside some BAR: it is given to the device with its offset.',
      '落在某个 BAR 内的内存访问：连同偏移交给设备。',
    ],
    pci_emul_capwrite: [
      'The guest writes into a capability: MSI and MSI-X have effects, the rest is stored.',
      '客户机写能力项：MSI 与 MSI-X 有作用，其余只存储。',
    ],
    pci_emul_cmdsts_write: [
      'The guest writes the command register: BARs begin or end to answer, the interrupt line is allowed or not.',
      '客户机写命令寄存器：BAR 开始或停止应答，允许或禁止中断线。',
    ],
    msixcap_cfgwrite: ['The guest turns MSI-X on or off, or masks all of it.', '客户机打开或关闭 MSI-X，或整体屏蔽。'],
    pci_emul_msix_tread: ['The guest reads the MSI-X table.', '客户机读 MSI-X 表。'],
    pci_emul_msix_twrite: [
      'The guest writes an MSI-X entry: address, data or mask.',
      '客户机写 MSI-X 表项：地址、数据或屏蔽位。',
    ],
    pci_generate_msix: [
      'Sends the message of an entry, if MSI-X is on and the entry is not masked. A masked one is not remembered.',
      '若 MSI-X 打开且表项未屏蔽，则发送其消息。被屏蔽的不会记下。',
    ],
    pci_generate_msi: ['Sends a plain MSI, if the guest has turned it on.', '若客户机已打开，则发送普通 MSI。'],
    pci_lintr_request: [
      'Notes that the function wants an interrupt line, and spreads functions over the pins.',
      '记下该功能需要中断线，并把各功能分散到各引脚。',
    ],
    pci_lintr_route: [
      'Ties the line to a pin of the virtual I/O APIC and writes it into configuration space.',
      '把中断线绑定到虚拟 I/O APIC 的引脚，并写入配置空间。',
    ],
    pci_lintr_update: [
      'Applies a change of the command register to a line that is, or would be, asserted.',
      '把命令寄存器的变化应用到已经或将要拉起的中断线。',
    ],
    pci_lintr_assert: [
      'Raises the interrupt line, unless the guest has switched it off: then it stays pending.',
      '拉起中断线，除非客户机已关闭：那样则保持待定。',
    ],
    pci_lintr_deassert: ['Lowers the interrupt line.', '放下中断线。'],
  }),
  ...tells('acrn:devicemodel/hw/pci/irq.c', {
    pci_irq_init: ['Prepares the legacy interrupt router.', '准备传统中断路由器。'],
    pirq_alloc_pin: ['Chooses the router pin with the fewest users.', '选择使用者最少的路由引脚。'],
    pci_irq_assert: [
      'Raises the I/O APIC pin behind a line, on the first of those that share it.',
      '拉起中断线背后的 I/O APIC 引脚，由共享者中的第一个触发。',
    ],
    pci_irq_deassert: ['Lowers the pin, on the last of those that share it.', '放下引脚，由共享者中的最后一个触发。'],
  }),
  ...tells('acrn:devicemodel/include/pci_core.h', {
    pci_set_cfgdata8: ['Stores one byte of configuration space.', '存储配置空间的一个字节。'],
    pci_set_cfgdata16: ['Stores 16 bits of configuration space.', '存储配置空间的 16 位。'],
  }),
} as const;
