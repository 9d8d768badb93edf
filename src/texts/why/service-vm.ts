import { tells } from './tell.ts';

/** Why the Service VM’s kernel passes its stages. */
export const SERVICE_VM = {
  ...tells('linux:arch/x86/kernel/cpu/acrn.c', {
    acrn_init_platform: [
      'The kernel finds that it runs on ACRN and installs the entry for upcalls.',
      '内核发现自己运行于 ACRN 之上，安装 upcall 入口。',
    ],
    acrn_setup_intr_handler: ['The HSM says what to run on an upcall.', 'HSM 指定 upcall 到来时运行什么。'],
    'DEFINE_IDTENTRY_SYSVEC(sysvec_acrn_hv_callback)': [
      'The upcall: the hypervisor interrupts the Service VM. The handler that the HSM has set is called.',
      'upcall：虚拟机监控器中断 Service VM。调用 HSM 设置的处理函数。',
    ],
  }),
  ...tells('linux:arch/x86/kernel/idt.c', {
    idt_install_sysvec: [
      'Puts a system vector’s entry into the interrupt descriptor table.',
      '把系统向量的入口放入中断描述符表。',
    ],
  }),
  ...tells('linux:drivers/virt/acrn/hsm.c', {
    hsm_init: [
      'The module starts only in ACRN’s Service VM: it makes /dev/acrn_hsm and takes the upcall.',
      '该模块只在 ACRN 的 Service VM 中启动：建立 /dev/acrn_hsm 并接管 upcall。',
    ],
    acrn_dev_open: [
      'acrn-dm opens the device: one open file stands for one VM to come.',
      'acrn-dm 打开设备：一个打开的文件代表一个将要创建的虚拟机。',
    ],
    acrn_dev_ioctl: [
      'All that acrn-dm asks of the kernel comes by here, sorted by its number. Most of it becomes a hypercall.',
      'acrn-dm 对内核的所有请求都经过这里，按编号分派。多数变成超级调用。',
    ],
  }),
  ...tells('linux:drivers/virt/acrn/vm.c', {
    acrn_vm_create: [
      'Asks the hypervisor for a VM and prepares what belongs to it: I/O requests, eventfds, irqfds.',
      '向虚拟机监控器申请虚拟机，并准备其附属：I/O 请求、eventfd、irqfd。',
    ],
  }),
  ...tells('linux:drivers/virt/acrn/ioreq.c', {
    acrn_ioreq_init: [
      'Pins the page that acrn-dm gave and hands it to the hypervisor as the I/O request page.',
      '固定 acrn-dm 给出的页面，并作为 I/O 请求页交给虚拟机监控器。',
    ],
    acrn_ioreq_intr_setup: [
      'Registers what runs on an upcall, and the workqueue that does the real work.',
      '登记 upcall 时运行的函数，以及真正做事的工作队列。',
    ],
    acrn_ioreq_client_create: [
      'Makes a client: whoever handles requests, by a kernel thread of its own or in user space.',
      '创建客户端：即处理请求者，用自己的内核线程或在用户空间处理。',
    ],
    acrn_ioreq_range_add: ['Gives a client a range of addresses to handle.', '为客户端分配一段由其处理的地址范围。'],
    ioreq_intr_handler: [
      'On an upcall it only queues the work: walking through requests is too much for an interrupt.',
      'upcall 时只把工作排队：在中断中遍历请求过于繁重。',
    ],
    ioreq_dispatcher: [
      'The work: asyncio’s shared buffer first, then the request slots of every VM.',
      '该工作：先处理 asyncio 共享缓冲区，再处理每个虚拟机的请求槽。',
    ],
    acrn_ioreq_dispatch: [
      'Walks through the slots. A pending request is marked as processing before its client is told, so that it is given out only once.',
      '遍历各槽。待处理的请求先标为处理中再告知客户端，因此只会派发一次。',
    ],
    find_ioreq_client: [
      'Finds the client whose ranges hold the whole access; what nobody has claimed goes to the default client, acrn-dm.',
      '找到其范围包含整个访问的客户端；无人认领的交给默认客户端 acrn-dm。',
    ],
    handle_cf8cfc: [
      'Pairs a write of port 0xcf8 with the access to 0xcfc: only together they name a PCI register. The first is answered right here.',
      '把对端口 0xcf8 的写与对 0xcfc 的访问配对：合起来才能确定 PCI 寄存器。前者在此直接应答。',
    ],
    has_pending_request: [
      'Whether the client has any bit in its bitmap: the condition that it sleeps on.',
      '客户端位图中是否有置位：这是它睡眠所等的条件。',
    ],
    acrn_ioreq_client_wait: [
      'The client sleeps until a request is there for it, or until it is destroyed.',
      '客户端睡眠，直到有请求给它，或它被销毁。',
    ],
    ioreq_task: [
      'Thread of a client in the kernel: it waits, handles every request in its bitmap, completes it, and waits again.',
      '内核客户端的线程：等待，处理位图中的每个请求，完成之，再次等待。',
    ],
    acrn_ioreq_request_default_complete: [
      'acrn-dm reports that the default client’s request for a vCPU is done.',
      'acrn-dm 报告默认客户端为某 vCPU 处理的请求已完成。',
    ],
    acrn_ioreq_complete_request: [
      'Clears the client’s bit for the slot and completes the request.',
      '清除客户端对应该槽的位，并完成请求。',
    ],
    ioreq_complete_request: [
      'Marks the slot complete, and tells the hypervisor unless it polls the slot by itself.',
      '把槽标为完成，并告知虚拟机监控器，除非它自行轮询该槽。',
    ],
    acrn_asyncio_dispatch: [
      'Takes each eventfd out of the shared buffer and signals it: nobody waits for an answer.',
      '从共享缓冲区取出每个 eventfd 并触发：无人等待应答。',
    ],
  }),
  ...tells('linux:drivers/virt/acrn/ioeventfd.c', {
    acrn_ioeventfd_init: [
      'Makes the client that handles a VM’s ioeventfds, with a kernel thread of its own.',
      '建立处理虚拟机 ioeventfd 的客户端，带有自己的内核线程。',
    ],
    acrn_ioeventfd_config: ['acrn-dm adds or removes an ioeventfd.', 'acrn-dm 添加或移除 ioeventfd。'],
    acrn_ioeventfd_assign: [
      'Ties an eventfd to an address and, if wanted, a value, and claims that address.',
      '把 eventfd 绑定到地址及可选的值，并认领该地址。',
    ],
    acrn_ioeventfd_asyncio_config: [
      'ACRN’s own kernel: registers the address with the hypervisor, so that a kick comes through the shared buffer.',
      'ACRN 自有内核：向虚拟机监控器登记地址，使通知经共享缓冲区到来。',
    ],
    acrn_ioeventfd_handler: [
      'A request for a claimed address: a write that matches signals the eventfd, and the request is done without user space.',
      '对已认领地址的请求：匹配的写触发 eventfd，请求无需用户空间即完成。',
    ],
    hsm_ioeventfd_match: [
      'Finds the eventfd whose address, length and value fit the access: two queues differ only in the value.',
      '找到地址、长度和值与访问相符的 eventfd：两个队列仅值不同。',
    ],
  }),
  ...tells('linux:drivers/virt/acrn/irqfd.c', {
    acrn_irqfd_init: [
      'Prepares a VM for irqfds, by which an eventfd could send an MSI. This device uses none.',
      '为虚拟机准备 irqfd，它能让 eventfd 发送 MSI。本设备不使用。',
    ],
  }),
  ...tells('linux:drivers/virt/acrn/sbuf.c', {
    acrn_sbuf_setup: ['Gives a page to the hypervisor as a shared buffer.', '把一页作为共享缓冲区交给虚拟机监控器。'],
    acrn_sbuf_get_data_ptr: [
      'Where the next element of the shared buffer lies, if there is one.',
      '共享缓冲区中下一个元素的位置（若有）。',
    ],
    acrn_sbuf_move_next: ['Moves the head behind the element that was taken.', '把头部移到已取元素之后。'],
  }),
  ...tells('linux:drivers/virt/acrn/hypercall.h', {
    hcall_create_vm: ['VMCALL: create a VM.', 'VMCALL：创建虚拟机。'],
    hcall_start_vm: ['VMCALL: start the VM.', 'VMCALL：启动虚拟机。'],
    hcall_set_vcpu_regs: ['VMCALL: set the boot processor’s registers.', 'VMCALL：设置启动处理器的寄存器。'],
    hcall_set_ioreq_buffer: ['VMCALL: here is the I/O request page.', 'VMCALL：交付 I/O 请求页。'],
    hcall_notify_req_finish: [
      'VMCALL: a vCPU’s request is complete. Its thread sleeps in the hypervisor and must be woken.',
      'VMCALL：某 vCPU 的请求已完成。其线程在监控器中睡眠，需要唤醒。',
    ],
    hcall_inject_msi: ['VMCALL: send an MSI to a User VM.', 'VMCALL：向 User VM 发送 MSI。'],
    hcall_set_irqline: ['VMCALL: move an interrupt line of a User VM.', 'VMCALL：改变 User VM 的中断线。'],
    hcall_setup_sbuf: ['VMCALL: here is a shared buffer.', 'VMCALL：交付共享缓冲区。'],
    hcall_asyncio_assign: ['VMCALL: this address goes through the shared buffer.', 'VMCALL：此地址经共享缓冲区处理。'],
  }),
  ...tells('linux:fs/eventfd.c', {
    eventfd_signal_mask: [
      'Adds one to the eventfd’s counter and calls whoever waits on it, in place: here an epoll set.',
      '使 eventfd 计数加一，并就地调用等待者：这里是一个 epoll 集合。',
    ],
  }),
  ...tells('linux:include/linux/eventfd.h', {
    eventfd_signal: ['Signals an eventfd from inside the kernel.', '从内核内部触发 eventfd。'],
  }),
  ...tells('linux:fs/eventpoll.c', {
    ep_insert: [
      'Adds a descriptor to an epoll set: from now on its wait queue calls back.',
      '把描述符加入 epoll 集合：从此其等待队列会回调。',
    ],
    ep_poll_callback: [
      'A watched file has something: it goes on the ready list, and the thread in epoll_wait is woken.',
      '被监视的文件有事件：加入就绪链表，并唤醒 epoll_wait 中的线程。',
    ],
  }),
  ...tells('linux:fs/timerfd.c', {
    timerfd_tmrproc: [
      'A timer has run out: its ticks are counted, and whoever polls the descriptor is woken.',
      '定时器到期：累计到期次数，并唤醒轮询该描述符者。',
    ],
  }),
} as const;
