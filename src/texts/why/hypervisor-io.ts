import { tells } from './tell.ts';

/** Why the hypervisor passes the stages of I/O requests, hypercalls and scheduling. */
export const HYPERVISOR_IO = {
  ...tells('acrn:hypervisor/dm/io_req.c', {
    emulate_io: [
      'Decides who does an access: a handler in the hypervisor, the shared buffer of asyncio, or else the device model in the Service VM.',
      '决定由谁处理一次访问：虚拟机监控器内的处理函数、asyncio 共享缓冲区，否则交给 Service VM 中的设备模型。',
    ],
    hv_emulate_pio: [
      'Looks for a handler of the hypervisor’s own for this port. The PCI configuration ports have one; a device’s BAR has none.',
      '查找此端口是否有监控器自己的处理函数。PCI 配置端口有，设备的 BAR 没有。',
    ],
    hv_emulate_mmio: [
      'Looks for a handler of the hypervisor’s own for this address, such as the I/O APIC’s.',
      '查找此地址是否有监控器自己的处理函数，例如 I/O APIC 的。',
    ],
    acrn_insert_request: [
      'Writes the request into the vCPU’s slot, marks it pending, interrupts the Service VM, and waits: asleep as a rule, spinning for a real-time VM.',
      '把请求写入该 vCPU 的槽，标为待处理，中断 Service VM 并等待：通常睡眠，实时虚拟机则自旋。',
    ],
    get_asyncio_desc: [
      'Looks whether somebody has registered this address and value for asyncio, so that the vCPU need not wait.',
      '查看是否有人为 asyncio 登记了此地址和值，从而 vCPU 无需等待。',
    ],
    acrn_insert_asyncio: [
      'Puts the registered eventfd into the shared buffer and interrupts the Service VM; the guest goes on at once. A full buffer is tried again.',
      '把登记的 eventfd 放入共享缓冲区并中断 Service VM；客户机立即继续。缓冲区满时重试。',
    ],
    init_asyncio: [
      'Takes a page of the Service VM as the shared buffer, after checking its head.',
      '检查头部后，把 Service VM 的一页用作共享缓冲区。',
    ],
    add_asyncio: [
      'Keeps an address with its eventfd, unless it is there already or there are too many.',
      '保存一个地址及其 eventfd，除非已存在或数量过多。',
    ],
    has_complete_ioreq: [
      'Looks into the slot whether the request is complete: the question of a vCPU that spins.',
      '查看槽中的请求是否已完成：自旋的 vCPU 所问。',
    ],
    complete_ioreq: [
      'Takes the answer out of the slot and frees the slot for the next request.',
      '从槽中取出结果，并释放该槽供下一个请求使用。',
    ],
    dm_emulate_io_complete: [
      'The vCPU runs again after its request: if the slot is complete, the access is finished by its kind.',
      'vCPU 在请求之后再次运行：若槽已完成，则按其类型结束访问。',
    ],
    dm_emulate_pio_complete: [
      'Takes the answer of a port access and finishes the instruction.',
      '取得端口访问的结果并完成指令。',
    ],
    dm_emulate_mmio_complete: [
      'Takes the answer of a memory access and finishes the instruction.',
      '取得内存访问的结果并完成指令。',
    ],
    emulate_mmio_complete: [
      'For a load, the answer goes into the register that the instruction names.',
      '若是加载，把结果放入指令指定的寄存器。',
    ],
  }),
  ...tells('acrn:hypervisor/dm/vpci/vpci.c', {
    init_vpci: [
      'Gives a VM its virtual PCI bus and takes the configuration ports.',
      '为虚拟机建立虚拟 PCI 总线，并接管配置端口。',
    ],
    vpci_pio_cfgaddr_write: [
      'The guest chooses a PCI register by port 0xcf8. The hypervisor keeps it and lets the device model know too.',
      '客户机经端口 0xcf8 选择 PCI 寄存器。监控器保存它，也让设备模型得知。',
    ],
    vpci_pio_cfgdata_read: [
      'The guest reads the chosen register by port 0xcfc; what the hypervisor does not emulate goes to the device model.',
      '客户机经端口 0xcfc 读取所选寄存器；监控器不模拟的交给设备模型。',
    ],
    vpci_pio_cfgdata_write: [
      'The guest writes the chosen register by port 0xcfc; what the hypervisor does not emulate goes to the device model.',
      '客户机经端口 0xcfc 写入所选寄存器；监控器不模拟的交给设备模型。',
    ],
  }),
  ...tells('acrn:hypervisor/dm/vioapic.c', {
    vioapic_init: [
      'Gives a VM its virtual I/O APIC and takes the address of its registers.',
      '为虚拟机建立虚拟 I/O APIC，并接管其寄存器地址。',
    ],
    reset_one_vioapic: [
      'Masks every pin of the virtual I/O APIC and clears what was pending.',
      '屏蔽虚拟 I/O APIC 的所有引脚并清除待处理项。',
    ],
    vioapic_mmio_access_handler: [
      'The guest reads or writes the I/O APIC’s registers.',
      '客户机读写 I/O APIC 的寄存器。',
    ],
    vioapic_indirect_write: [
      'Writes the register that was selected before; a redirection entry may let an asserted pin interrupt now.',
      '写入先前选中的寄存器；重定向表项可能使已拉起的引脚此刻产生中断。',
    ],
    vioapic_set_irqline_lock: [
      'The device model moves an interrupt line: the pin is set under the I/O APIC’s lock.',
      '设备模型改变中断线：在 I/O APIC 的锁下设置引脚。',
    ],
    vioapic_set_irqline_nolock: [
      'Turns what is asked of a line into one change of its pin, or a pulse.',
      '把对中断线的要求变成引脚的一次改变或一个脉冲。',
    ],
    vioapic_set_pinstate: [
      'Keeps the pin’s level and, where it rises, lets it interrupt.',
      '保存引脚电平，上升时使其产生中断。',
    ],
    vioapic_generate_intr: [
      'Sends the interrupt of a pin by its redirection entry, unless that is masked; a level one is remembered until it is ended.',
      '按重定向表项发送引脚的中断，除非被屏蔽；电平中断在结束前一直记着。',
    ],
    vioapic_broadcast_eoi: [
      'A level interrupt has ended: a pin that is still asserted interrupts again.',
      '电平中断已结束：仍被拉起的引脚再次产生中断。',
    ],
  }),
  ...tells('acrn:hypervisor/common/hypercall.c', {
    hcall_create_vm: [
      'The device model wants a VM: one that is configured and free is created with its flags.',
      '设备模型需要一个虚拟机：以其标志创建一个已配置且空闲的虚拟机。',
    ],
    hcall_start_vm: [
      'Starts a created VM, once it has an I/O request page.',
      '启动已创建的虚拟机，前提是已有 I/O 请求页。',
    ],
    hcall_set_vcpu_regs: ['Sets the registers with which the boot processor begins.', '设置启动处理器开始时的寄存器。'],
    hcall_set_ioreq_buffer: [
      'Takes a page of the Service VM as the I/O request page and frees all its slots.',
      '把 Service VM 的一页用作 I/O 请求页，并释放所有槽。',
    ],
    hcall_notify_ioreq_finish: [
      'The Service VM says that a vCPU’s request is complete: its thread is woken, unless it polls.',
      'Service VM 告知某 vCPU 的请求已完成：唤醒其线程，除非它在轮询。',
    ],
    hcall_inject_msi: ['The device model sends an MSI to a VM’s processors.', '设备模型向虚拟机的处理器发送 MSI。'],
    hcall_set_irqline: ['The device model moves an interrupt line of a VM.', '设备模型改变虚拟机的一根中断线。'],
    hcall_setup_sbuf: ['The Service VM gives a page as a shared buffer.', 'Service VM 提供一页作为共享缓冲区。'],
    hcall_asyncio_assign: [
      'The Service VM registers an address for asyncio, with the eventfd that stands for it.',
      'Service VM 为 asyncio 登记一个地址及代表它的 eventfd。',
    ],
  }),
  ...tells('acrn:hypervisor/common/event.c', {
    wait_event: [
      'The thread sleeps until the event is signalled. A signal that came before is not lost: it is a flag.',
      '线程睡眠到事件被触发。先到的信号不会丢失：它是一个标志。',
    ],
    signal_event: [
      'Sets the event’s flag and wakes the thread that waits for it, if any.',
      '置位事件标志，并唤醒等待它的线程（若有）。',
    ],
  }),
  ...tells('acrn:hypervisor/common/schedule.c', {
    sleep_thread: [
      'Marks the thread as blocking and asks for the scheduler; it stops at the next schedule.',
      '把线程标为将阻塞并请求调度；在下一次调度时停止。',
    ],
    wake_thread: [
      'Makes a blocked thread runnable again and asks its processor to reschedule.',
      '使阻塞的线程重新可运行，并请求其处理器重新调度。',
    ],
    schedule: [
      'Picks the next thread of this physical processor and switches to it.',
      '为此物理处理器挑选下一个线程并切换过去。',
    ],
    make_reschedule_request: [
      'Sets the processor’s flag and, where it runs a guest, sends it an interrupt so that it leaves.',
      '置位处理器的标志；若它正运行客户机，则发中断使其退出。',
    ],
  }),
  ...tells('acrn:hypervisor/common/sched_bvt.c', {
    sched_bvt_wake: [
      'Puts a woken thread into the run queue at the virtual time that is fair to the others.',
      '按对其他线程公平的虚拟时间，把被唤醒的线程放入运行队列。',
    ],
  }),
  ...tells('acrn:hypervisor/common/hv_main.c', {
    vcpu_thread: [
      'The life of a virtual processor: handle what is pending, enter the guest, handle why it left, and again.',
      '虚拟处理器的一生：处理待办，进入客户机，处理退出原因，如此往复。',
    ],
  }),
  ...tells('acrn:hypervisor/common/sbuf.c', {
    sbuf_put: [
      'Appends an element to a shared buffer and moves the tail last, so that the reader never sees a half element.',
      '向共享缓冲区追加元素，最后才移动尾部，使读者不会看到半个元素。',
    ],
    sbuf_setup_common: ['Takes a shared buffer into use for its purpose.', '按用途启用共享缓冲区。'],
  }),
} as const;
