import { tells } from './tell.ts';

/** Why hypervisor and Service VM kernel pass the stages that routes do not take: pausing, resetting, taking down, refusing. */
export const MACHINE_ENDS = {
  ...tells('acrn:hypervisor/arch/x86/guest/vcpu.c', {
    zombie_vcpu: ['Stops a virtual processor for good, until it is reset.', '永久停止虚拟处理器，直到复位。'],
  }),
  ...tells('acrn:hypervisor/arch/x86/guest/virq.c', {
    vcpu_inject_exception: ['Gives the guest an exception with its next entry.', '在下次进入时向客户机注入异常。'],
    external_interrupt_vmexit_handler: [
      'A real interrupt came while the guest ran: the hypervisor handles it.',
      '客户机运行时来了真实中断：由监控器处理。',
    ],
  }),
  ...tells('acrn:hypervisor/arch/x86/guest/vmexit.c', {
    unhandled_vmexit_handler: [
      'The guest left for a reason that nobody handles: it gets an exception.',
      '客户机因无人处理的原因退出：得到一个异常。',
    ],
  }),
  ...tells('acrn:hypervisor/arch/x86/guest/vm.c', {
    pause_vm: ['Stops all processors of a VM.', '停止虚拟机的所有处理器。'],
    reset_vm: ['Puts a paused VM back to where it can start.', '把已暂停的虚拟机恢复到可启动状态。'],
    shutdown_vm: ['Takes a VM down and frees what it had.', '关闭虚拟机并释放其资源。'],
  }),
  ...tells('acrn:hypervisor/dm/io_req.c', {
    remove_asyncio: ['Forgets an address that was registered for asyncio.', '取消为 asyncio 登记的地址。'],
    reset_vm_ioreqs: ['Frees all slots of a VM’s request page.', '释放虚拟机请求页的所有槽。'],
    set_hsm_notification_vector: [
      'Notes by which vector the Service VM wants its upcalls.',
      '记下 Service VM 希望以哪个向量接收 upcall。',
    ],
  }),
  ...tells('acrn:hypervisor/dm/vioapic.c', {
    reset_vioapics: ['Resets every I/O APIC of a VM.', '复位虚拟机的所有 I/O APIC。'],
  }),
  ...tells('acrn:hypervisor/dm/vpic.c', {
    vpic_set_irqline: ['Moves a line of the old interrupt controller.', '改变旧式中断控制器的一根线。'],
  }),
  ...tells('acrn:hypervisor/dm/vpci/vpci.c', {
    vpci_pio_cfgaddr_read: ['The guest reads back which PCI register it has chosen.', '客户机回读所选的 PCI 寄存器。'],
    vpci_mmio_cfg_access: ['The guest accesses PCI configuration through memory.', '客户机经内存访问 PCI 配置。'],
  }),
  ...tells('acrn:hypervisor/common/hypercall.c', {
    set_vm_memory_region: [
      'Adds one region to a VM’s memory map, or removes it.',
      '在虚拟机内存映射中添加或移除一个区域。',
    ],
    hcall_set_vm_memory_regions: [
      'The Service VM changes several regions of a VM’s memory map.',
      'Service VM 改变虚拟机内存映射的若干区域。',
    ],
    hcall_set_callback_vector: [
      'The Service VM says by which vector it wants its upcalls.',
      'Service VM 说明希望以哪个向量接收 upcall。',
    ],
    hcall_get_api_version: ['The Service VM asks which hypercalls there are.', 'Service VM 询问有哪些超级调用。'],
    hcall_service_vm_offline_cpu: [
      'The Service VM gives a processor up, so that a User VM can have it.',
      'Service VM 让出一个处理器给 User VM。',
    ],
    hcall_vm_intr_monitor: [
      'The Service VM gives a page in which interrupts of passed-through devices are counted.',
      'Service VM 提供一页，用于统计直通设备的中断。',
    ],
    hcall_asyncio_deassign: ['The Service VM takes an address out of asyncio.', 'Service VM 从 asyncio 移除一个地址。'],
    hcall_create_vcpu: [
      'Kept for older callers: processors are created with the VM.',
      '为旧调用者保留：处理器随虚拟机创建。',
    ],
    hcall_destroy_vm: ['The Service VM takes a VM down.', 'Service VM 销毁虚拟机。'],
    hcall_pause_vm: ['The Service VM pauses a VM.', 'Service VM 暂停虚拟机。'],
    hcall_reset_vm: ['The Service VM resets a VM.', 'Service VM 复位虚拟机。'],
  }),
  ...tells('linux:arch/x86/kernel/cpu/acrn.c', {
    acrn_remove_intr_handler: ['The HSM goes: upcalls call nothing any more.', 'HSM 卸载：upcall 不再调用任何函数。'],
  }),
  ...tells('linux:drivers/virt/acrn/hypercall.h', {
    hcall_pause_vm: ['VMCALL: pause the VM.', 'VMCALL：暂停虚拟机。'],
    hcall_destroy_vm: ['VMCALL: take the VM down.', 'VMCALL：销毁虚拟机。'],
    hcall_reset_vm: ['VMCALL: reset the VM.', 'VMCALL：复位虚拟机。'],
    hcall_vm_intr_monitor: ['VMCALL: here is the page for interrupt counts.', 'VMCALL：交付中断统计页。'],
    hcall_set_memory_regions: ['VMCALL: change the VM’s memory map.', 'VMCALL：改变虚拟机的内存映射。'],
    hcall_asyncio_deassign: [
      'VMCALL: this address no longer goes through the shared buffer.',
      'VMCALL：此地址不再经共享缓冲区。',
    ],
  }),
  ...tells('linux:drivers/virt/acrn/ioreq.c', {
    ioreq_pause: [
      'Keeps the dispatcher from handing out requests while clients change.',
      '客户端变更期间，使派发暂停。',
    ],
    ioreq_resume: ['Lets the dispatcher go on.', '恢复派发。'],
    acrn_ioreq_client_destroy: [
      'Removes a client: its sleeper is woken, its thread ended.',
      '移除客户端：唤醒其睡眠者，结束其线程。',
    ],
    acrn_ioreq_range_del: ['A client gives an address range up.', '客户端放弃一段地址范围。'],
    acrn_ioreq_request_clear: [
      'Drops the requests of a VM that is being reset, after giving clients time to finish.',
      '给客户端留出完成时间后，丢弃正在复位的虚拟机的请求。',
    ],
    acrn_ioreq_deinit: ['Removes all clients of a VM and lets its page go.', '移除虚拟机的所有客户端并释放其页面。'],
  }),
  ...tells('linux:drivers/virt/acrn/ioeventfd.c', {
    acrn_ioeventfd_deassign: ['Unties an eventfd from its address.', '解除 eventfd 与地址的绑定。'],
    acrn_ioeventfd_deinit: ['Removes all ioeventfds of a VM.', '移除虚拟机的所有 ioeventfd。'],
  }),
  ...tells('linux:drivers/virt/acrn/irqfd.c', {
    acrn_irqfd_config: ['acrn-dm adds or removes an irqfd.', 'acrn-dm 添加或移除 irqfd。'],
    acrn_irqfd_assign: ['Ties an eventfd to an MSI.', '把 eventfd 绑定到一个 MSI。'],
    acrn_irqfd_deassign: ['Unties an eventfd from its MSI.', '解除 eventfd 与 MSI 的绑定。'],
    hsm_irqfd_wakeup: ['The eventfd was signalled: its MSI is sent.', 'eventfd 被触发：发送其 MSI。'],
    acrn_irqfd_inject: ['Sends the MSI of an irqfd.', '发送 irqfd 的 MSI。'],
    acrn_irqfd_deinit: ['Removes all irqfds of a VM.', '移除虚拟机的所有 irqfd。'],
  }),
  ...tells('linux:drivers/virt/acrn/mm.c', {
    modify_region: ['Adds a region to the VM’s memory map, or removes it.', '在虚拟机内存映射中添加或移除区域。'],
    acrn_vm_ram_map: ['Pins user memory and maps it as RAM of the VM.', '固定用户内存并映射为虚拟机的 RAM。'],
    acrn_vm_memseg_map: ['acrn-dm maps a segment: RAM or device memory.', 'acrn-dm 映射一段：RAM 或设备内存。'],
    acrn_vm_memseg_unmap: ['acrn-dm unmaps a segment.', 'acrn-dm 解除一段的映射。'],
    acrn_vm_all_ram_unmap: ['Unpins all RAM of a VM that goes.', '释放将结束的虚拟机的全部 RAM。'],
  }),
  ...tells('linux:drivers/virt/acrn/vm.c', {
    acrn_vm_destroy: ['Takes a VM down with all that belongs to it.', '销毁虚拟机及其一切附属。'],
    acrn_msi_inject: ['Sends an MSI from inside the kernel.', '从内核内部发送 MSI。'],
  }),
  ...tells('linux:drivers/virt/acrn/hsm.c', {
    acrn_dev_release: [
      'acrn-dm has closed the device, or died: its VM goes with it.',
      'acrn-dm 关闭了设备或已死亡：其虚拟机随之结束。',
    ],
  }),
  ...tells('linux:fs/eventfd.c', {
    eventfd_write: ['A process adds to an eventfd’s counter.', '进程增加 eventfd 的计数。'],
  }),
  ...tells('linux:fs/pipe.c', {
    pipe_write: [
      'A process writes into a pipe; whoever polls the other end is woken.',
      '进程写管道；轮询另一端者被唤醒。',
    ],
  }),
  ...tells('linux:fs/read_write.c', {
    vfs_writev: [
      'Writes several pieces of memory in one call: here acrn-dm’s output to its backend.',
      '一次调用写多段内存：这里是 acrn-dm 向后端的输出。',
    ],
  }),
} as const;
