import { tells } from './tell.ts';

/** Why acrn-dm passes the stages of its core: the loop, its threads and timers, and its talks with the kernel. */
export const DEVICE_MODEL_CORE = {
  ...tells('acrn:devicemodel/core/main.c', {
    main: [
      'acrn-dm starts: it creates the VM, gives it memory and devices, starts its threads, and stays as the thread that waits for backends.',
      'acrn-dm 启动：创建虚拟机，给它内存和设备，启动各线程，自己则成为等待后端的线程。',
    ],
    vm_init_asyncio: [
      'Offers the kernel a page for asyncio. A kernel that does not know it says so, and all goes the usual way.',
      '向内核提供一页用于 asyncio。不支持的内核会说明，一切按常规进行。',
    ],
    vm_init_vdevs: [
      'Sets up the virtual devices: I/O ports, memory, interrupts, then PCI with the console.',
      '建立虚拟设备：I/O 端口、内存、中断，然后是 PCI 与控制台。',
    ],
    add_cpu: [
      'Starts the one thread that handles the I/O requests of all virtual processors.',
      '启动处理所有虚拟处理器 I/O 请求的唯一线程。',
    ],
    start_thread: [
      'First function of that thread: it names itself and enters the loop.',
      '该线程的首个函数：为自己命名并进入循环。',
    ],
    vm_loop: [
      'Waits in the kernel for requests, handles each slot that is processing and not the kernel’s, reports it done, and waits again.',
      '在内核中等待请求，处理每个处于 PROCESSING 且非内核处理的槽，报告完成，再次等待。',
    ],
    handle_vmexit: [
      'Calls the handler for a request’s type from a table, then reports the request as done.',
      '按请求类型从表中调用处理函数，然后报告请求完成。',
    ],
    vmexit_inout: [
      'A port request: it takes port, size, direction and value out of the slot.',
      '端口请求：从槽中取出端口、大小、方向和值。',
    ],
    vmexit_mmio_emul: [
      'A memory request: the access goes to whoever owns the address.',
      '内存请求：把访问交给地址的拥有者。',
    ],
    vmexit_pci_emul: [
      'A PCI configuration request, which the kernel has already put together from two ports.',
      'PCI 配置请求，内核已把两个端口的访问合成。',
    ],
    paddr_guest2host: [
      'Turns a guest-physical address into a pointer: guest memory is mapped in this process. What lies outside gives NULL.',
      '把客户机物理地址变成指针：客户机内存映射在本进程中。越界则为 NULL。',
    ],
  }),
  ...tells('acrn:devicemodel/core/inout.c', {
    init_inout: [
      'Fills the table of all 65,536 ports with a default handler, then with the fixed ones.',
      '先用默认处理函数填满 65,536 个端口的表，再填入固定的端口。',
    ],
    register_default_iohandler: [
      'Gives a range of ports the handler that answers with all ones.',
      '给一段端口设置以全 1 应答的处理函数。',
    ],
    register_inout: ['Enters a device’s handler for its ports into the table.', '把设备的处理函数登记到其端口。'],
    unregister_inout: [
      'Takes a device’s ports out of the table, when its BAR moves.',
      '设备的 BAR 移动时，把其端口移出表。',
    ],
    emulate_inout: [
      'One look into the table of ports: the handler that owns this port does the access.',
      '在端口表中查找一次：由拥有此端口的处理函数完成访问。',
    ],
  }),
  ...tells('acrn:devicemodel/core/mem.c', {
    init_mem: ['Prepares the tree of memory ranges.', '准备内存范围的树。'],
    register_mem: ['Enters a device’s memory range and its handler.', '登记设备的内存范围及其处理函数。'],
    register_mem_fallback: [
      'Enters a range that is asked only when no other one fits.',
      '登记一个仅在没有其他范围匹配时才使用的范围。',
    ],
    unregister_mem: ['Takes a device’s range out, when its BAR moves.', '设备的 BAR 移动时移除其范围。'],
    emulate_mem: [
      'Finds the range that holds the address, the one used last first, and calls its handler.',
      '查找包含该地址的范围，先试最近使用的，并调用其处理函数。',
    ],
    mem_read: ['Gives the read to the range’s own handler.', '把读操作交给该范围自己的处理函数。'],
    mem_write: ['Gives the write to the range’s own handler.', '把写操作交给该范围自己的处理函数。'],
  }),
  ...tells('acrn:devicemodel/core/mevent.c', {
    mevent_init: [
      'Makes the epoll set of the thread that waits for backends.',
      '建立等待后端的线程所用的 epoll 集合。',
    ],
    mevent_add: [
      'Watches a descriptor: when it is ready, the given function runs in the dispatcher’s thread.',
      '监视一个描述符：就绪时，给定函数在分发线程中运行。',
    ],
    mevent_dispatch: [
      'The dispatcher: it sleeps on all watched descriptors at once and runs what belongs to those that are ready.',
      '分发线程：同时在所有被监视的描述符上睡眠，并运行就绪者对应的函数。',
    ],
    mevent_handle: ['Runs the function of each descriptor that is ready.', '对每个就绪的描述符运行其函数。'],
    mevent_drain_del_list: [
      'Frees what was deleted while the dispatcher was handling events, now that nothing refers to it.',
      '释放处理事件期间被删除的项，此时已无人引用。',
    ],
    mevent_kq_filter: ['Turns the kind of event into bits for epoll.', '把事件类型变成 epoll 的位。'],
    mevent_qlock: ['Takes the lock of the list of watched descriptors.', '取得被监视描述符列表的锁。'],
    mevent_qunlock: ['Gives the lock back.', '释放该锁。'],
  }),
  ...tells('acrn:devicemodel/core/iothread.c', {
    iothread_create: [
      'Makes an iothread with an epoll set of its own, if there is still a place for one.',
      '若还有位置，建立带有自己 epoll 集合的 iothread。',
    ],
    iothread_start: ['Starts the thread, once.', '启动该线程，仅一次。'],
    iothread_add: ['Watches an eventfd in the iothread’s set.', '在 iothread 的集合中监视一个 eventfd。'],
    io_thread: [
      'The thread: it sleeps until an eventfd is signalled, and runs that queue’s handler.',
      '该线程：睡眠到某个 eventfd 被触发，然后运行对应队列的处理函数。',
    ],
  }),
  ...tells('acrn:devicemodel/core/timer.c', {
    acrn_timer_init: [
      'Makes a timer as a descriptor that the dispatcher watches.',
      '把定时器做成由分发线程监视的描述符。',
    ],
    acrn_timer_settime: ['Arms the timer, once or again and again.', '设定定时器，一次或周期性。'],
    acrn_timer_deinit: ['Closes a timer, if there is one.', '关闭定时器（若有）。'],
    timer_handler: [
      'The timer has run out: it reads how often, and calls the timer’s function.',
      '定时器到期：读取到期次数并调用其函数。',
    ],
  }),
  ...tells('acrn:devicemodel/core/vmmapi.c', {
    vm_create: [
      'Opens the HSM’s device and asks for a VM, with the page for I/O requests.',
      '打开 HSM 设备并申请虚拟机，附上 I/O 请求页。',
    ],
    vm_setup_memory: [
      'Maps the guest’s memory into this process and tells the hypervisor of it.',
      '把客户机内存映射到本进程，并告知虚拟机监控器。',
    ],
    vm_setup_asyncio: ['ioctl: a page for asyncio.', 'ioctl：用于 asyncio 的页。'],
    vm_set_vcpu_regs: ['ioctl: where the boot processor begins.', 'ioctl：启动处理器的起始位置。'],
    vm_create_ioreq_client: [
      'ioctl: makes this process the VM’s default client.',
      'ioctl：使本进程成为虚拟机的默认客户端。',
    ],
    vm_attach_ioreq_client: ['ioctl: sleep until there is a request.', 'ioctl：睡眠到有请求。'],
    vm_run: ['ioctl: start the VM.', 'ioctl：启动虚拟机。'],
    vm_notify_request_done: ['ioctl: the request of this vCPU is done.', 'ioctl：此 vCPU 的请求已完成。'],
    vm_lapic_msi: ['ioctl: send this message to the guest’s local APICs.', 'ioctl：把此消息发送到客户机的本地 APIC。'],
    vm_set_gsi_irq: ['ioctl: move an interrupt line.', 'ioctl：改变中断线。'],
    vm_ioeventfd: ['ioctl: this address and value stand for that eventfd.', 'ioctl：此地址和值代表该 eventfd。'],
    vm_map_gpa: [
      'Looks a guest-physical range up in the mapped memory, below or above 4 GB; NULL where it does not fit.',
      '在已映射内存中查找客户机物理范围（4 GB 以下或以上）；不合则为 NULL。',
    ],
  }),
  ...tells('acrn:devicemodel/hw/platform/ioapic.c', {
    ioapic_init: ['Prepares the handing out of I/O APIC pins to PCI devices.', '准备向 PCI 设备分配 I/O APIC 引脚。'],
    ioapic_pci_alloc_irq: [
      'Gives a PCI interrupt line a pin of the virtual I/O APIC.',
      '为 PCI 中断线分配虚拟 I/O APIC 的引脚。',
    ],
  }),
} as const;
