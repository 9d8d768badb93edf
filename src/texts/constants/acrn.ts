import { constants } from './constant-texts.ts';

const hypercall = constants('hypercall');
const ioctl = constants('ioctl');
const ioreq = constants('ioreq');
const vector = constants('vector');
const exit = constants('exit-reason');

/** Hypercalls of the Service VM's kernel: VMCALL with the number in R8; the hypervisor looks it up by its low byte. */
export const HYPERCALLS = hypercall({
  HC_SERVICE_VM_OFFLINE_CPU: [
    'The Service VM gives up a processor, so that it can run a User VM.',
    'Service VM 让出一个处理器，供用户虚拟机使用。',
    '',
    'HC_SOS_REMOVE_CPU',
  ],
  HC_SOS_REMOVE_CPU: [
    'The Service VM gives up a processor, so that it can run a User VM.',
    'Service VM 让出一个处理器，供用户虚拟机使用。',
    '',
    'HC_SERVICE_VM_OFFLINE_CPU',
  ],
  HC_GET_API_VERSION: ['Asks which interface version the hypervisor speaks.', '查询虚拟机监控器的接口版本。'],
  HC_SET_CALLBACK_VECTOR: [
    'Chooses the vector by which the hypervisor upcalls the Service VM.',
    '选择虚拟机监控器向 Service VM 发送 upcall 所用的向量。',
  ],
  HC_CREATE_VM: ['Creates a User VM.', '创建用户虚拟机。'],
  HC_DESTROY_VM: ['Takes a User VM down and frees what it held.', '销毁用户虚拟机并释放其资源。'],
  HC_START_VM: ["Lets the User VM's first processor run.", '让用户虚拟机的首个处理器开始运行。'],
  HC_PAUSE_VM: ['Stops all processors of a User VM.', '暂停用户虚拟机的所有处理器。'],
  HC_CREATE_VCPU: [
    'Adds a virtual processor; newer versions do that while they create the VM.',
    '添加一个虚拟处理器；新版本在创建虚拟机时完成。',
  ],
  HC_RESET_VM: ['Brings a paused User VM back to its state at power-on.', '将已暂停的用户虚拟机恢复到上电状态。'],
  HC_SET_VCPU_REGS: ['Sets the registers with which a virtual processor begins.', '设置虚拟处理器启动时的寄存器。'],
  HC_INJECT_MSI: [
    'Delivers a message-signalled interrupt to a User VM: address and data as the device would write them.',
    '向用户虚拟机投递 MSI：地址和数据与设备所写的一致。',
  ],
  HC_VM_INTR_MONITOR: [
    'Hands over a page in which the hypervisor counts interrupts, to find a storm of them.',
    '提供一个页，供虚拟机监控器统计中断次数以发现中断风暴。',
  ],
  HC_SET_IRQLINE: ['Raises or lowers an interrupt line of the virtual I/O APIC.', '拉起或放下虚拟 I/O APIC 的中断线。'],
  HC_SET_IOREQ_BUFFER: [
    'Says which page holds the 16 I/O request slots of a User VM.',
    '指定哪个页保存用户虚拟机的 16 个 I/O 请求槽。',
  ],
  HC_NOTIFY_REQUEST_FINISH: [
    'Says that an I/O request has been handled; the vCPU that waits for it is woken.',
    '告知某个 I/O 请求已处理完毕；等待它的 vCPU 被唤醒。',
  ],
  HC_ASYNCIO_ASSIGN: [
    'Registers an address whose writes are queued in a shared buffer while the vCPU goes on.',
    '登记一个地址：对它的写入放入共享缓冲区，而 vCPU 继续运行。',
  ],
  HC_ASYNCIO_DEASSIGN: ['Takes such an address back.', '撤销这样的地址登记。'],
  HC_VM_SET_MEMORY_REGIONS: [
    'Maps or unmaps memory of a User VM in its EPT.',
    '在用户虚拟机的 EPT 中映射或取消映射内存。',
  ],
  HC_VM_GPA2HPA: ['Translates a guest-physical address.', '转换客户机物理地址。'],
  HC_VM_WRITE_PROTECT_PAGE: [
    'Makes a page of a User VM read-only, so that writes to it leave the guest.',
    '将用户虚拟机的页设为只读，使对它的写入退出客户机。',
  ],
  HC_SETUP_SBUF: [
    'Shares a ring buffer with the hypervisor; one kind carries the requests of asyncio.',
    '与虚拟机监控器共享环形缓冲区；其中一种承载 asyncio 请求。',
  ],
  HC_ASSIGN_PCIDEV: ['Hands a PCI function over to a User VM.', '把 PCI 功能直通给用户虚拟机。'],
  HC_DEASSIGN_PCIDEV: ['Takes a PCI function back from a User VM.', '从用户虚拟机收回 PCI 功能。'],
  HC_PM_GET_CPU_STATE: [
    'Asks for power states of the processors, which acrn-dm writes into ACPI tables.',
    '查询处理器的电源状态，acrn-dm 将其写入 ACPI 表。',
  ],
});

/** ioctls of /dev/acrn_hsm: device model to Service VM kernel, type 0xA2. */
export const IOCTLS = ioctl({
  ACRN_IOCTL_CREATE_VM: [
    'Creates a User VM and says where its I/O request page lies.',
    '创建用户虚拟机，并告知其 I/O 请求页的位置。',
  ],
  ACRN_IOCTL_DESTROY_VM: ['Takes the User VM down.', '销毁用户虚拟机。'],
  ACRN_IOCTL_START_VM: ['Lets the User VM run.', '启动用户虚拟机。'],
  ACRN_IOCTL_PAUSE_VM: ['Stops the User VM.', '暂停用户虚拟机。'],
  ACRN_IOCTL_RESET_VM: ['Brings the User VM back to its state at power-on.', '将用户虚拟机恢复到上电状态。'],
  ACRN_IOCTL_SET_VCPU_REGS: [
    'Sets the registers with which the first processor begins.',
    '设置首个处理器启动时的寄存器。',
  ],
  ACRN_IOCTL_INJECT_MSI: [
    'Sends a message-signalled interrupt to the guest: the way of MSI-X and MSI.',
    '向客户机发送 MSI：MSI-X 与 MSI 都走这里。',
  ],
  ACRN_IOCTL_VM_INTR_MONITOR: ['Shares a page in which interrupts are counted.', '共享一个统计中断次数的页。'],
  ACRN_IOCTL_SET_IRQLINE: [
    'Raises or lowers an interrupt line; the argument is the value itself, not a pointer.',
    '拉起或放下中断线；参数是值本身而不是指针。',
  ],
  ACRN_IOCTL_NOTIFY_REQUEST_FINISH: [
    'Says that acrn-dm has handled the I/O request of a vCPU.',
    '告知 acrn-dm 已处理完某个 vCPU 的 I/O 请求。',
  ],
  ACRN_IOCTL_CREATE_IOREQ_CLIENT: [
    "Makes acrn-dm the VM's default client of I/O requests.",
    '使 acrn-dm 成为该虚拟机的默认 I/O 请求客户端。',
  ],
  ACRN_IOCTL_ATTACH_IOREQ_CLIENT: [
    'Waits for I/O requests: the call in which the vm_loop thread sleeps.',
    '等待 I/O 请求：vm_loop 线程就睡眠在这个调用中。',
  ],
  ACRN_IOCTL_DESTROY_IOREQ_CLIENT: [
    'Ends the client; whoever waits in ATTACH goes on.',
    '销毁客户端；在 ATTACH 中等待者继续运行。',
  ],
  ACRN_IOCTL_CLEAR_VM_IOREQ: [
    'Throws pending I/O requests away, when the VM is reset.',
    '虚拟机复位时丢弃未处理的 I/O 请求。',
  ],
  ACRN_IOCTL_SET_MEMSEG: [
    'Maps memory of acrn-dm as memory of the guest, or hands a device range over.',
    '把 acrn-dm 的内存映射为客户机内存，或直通一段设备地址。',
  ],
  ACRN_IOCTL_UNSET_MEMSEG: ['Takes such a mapping back.', '撤销这样的映射。'],
  ACRN_IOCTL_ASSIGN_PCIDEV: ['Hands a PCI function over to the guest.', '把 PCI 功能直通给客户机。'],
  ACRN_IOCTL_DEASSIGN_PCIDEV: ['Takes a PCI function back.', '收回 PCI 功能。'],
  ACRN_IOCTL_IOEVENTFD: [
    'Ties an address of the guest to an eventfd: a write there signals it, and acrn-dm is not asked.',
    '将客户机地址与 eventfd 绑定：写入该地址即触发它，而不询问 acrn-dm。',
  ],
  ACRN_IOCTL_IRQFD: [
    'Ties an eventfd to an interrupt of the guest: signalling it sends the interrupt.',
    '将 eventfd 与客户机中断绑定：触发它即发送中断。',
  ],
  ACRN_IOCTL_SETUP_ASYNCIO: [
    "Shares the buffer of asyncio; only ACRN's own kernel has it.",
    '共享 asyncio 缓冲区；仅 ACRN 自有内核支持。',
  ],
  ACRN_IOCTL_PM_GET_CPU_STATE: ['Asks for power states of the processors.', '查询处理器的电源状态。'],
});

/** The I/O request page: hypervisor, Service VM kernel and device model read and write its slots. */
export const IOREQS = ioreq({
  ACRN_IOREQ_STATE_PENDING: [
    'The hypervisor has filled the slot, and nobody has taken it yet.',
    '虚拟机监控器已填好该槽，尚无人处理。',
    '',
    'REQ_STATE_PENDING',
  ],
  ACRN_IOREQ_STATE_PROCESSING: [
    'The Service VM kernel has taken the request and given it to a client.',
    'Service VM 内核已取走请求并交给某个客户端。',
    '',
    'REQ_STATE_PROCESSING',
  ],
  ACRN_IOREQ_STATE_COMPLETE: [
    'The request has been handled; the vCPU has not gone on yet.',
    '请求已处理完毕；vCPU 尚未继续。',
    '',
    'REQ_STATE_COMPLETE',
  ],
  ACRN_IOREQ_STATE_FREE: [
    'The slot may be filled with the next request of its vCPU.',
    '该槽可以填入其 vCPU 的下一个请求。',
    '',
    'REQ_STATE_FREE',
  ],
  ACRN_IOREQ_TYPE_PORTIO: ['The guest touched an I/O port.', '客户机访问了 I/O 端口。', '', 'REQ_PORTIO'],
  ACRN_IOREQ_TYPE_MMIO: [
    'The guest touched memory that no RAM stands behind.',
    '客户机访问了没有 RAM 的内存地址。',
    '',
    'REQ_MMIO',
  ],
  ACRN_IOREQ_TYPE_PCICFG: [
    'The guest touched PCI configuration space; the Service VM kernel makes it out of ports 0xCF8 and 0xCFC.',
    '客户机访问了 PCI 配置空间；由 Service VM 内核从端口 0xCF8 与 0xCFC 转换而来。',
    '',
    'REQ_PCICFG',
  ],
  ACRN_IOREQ_TYPE_WP: ['The guest wrote to a page that is write-protected.', '客户机写了写保护的页。', '', 'REQ_WP'],
  ACRN_IOREQ_DIR_READ: ['The guest reads: the answer goes back in the slot.', '客户机读取：结果经该槽返回。'],
  ACRN_IOREQ_DIR_WRITE: ['The guest writes: the value stands in the slot.', '客户机写入：值就在该槽中。'],
  ACRN_IO_REQUEST_MAX: ['Slots of an I/O request page: one for each vCPU.', 'I/O 请求页的槽数：每个 vCPU 一个。'],
  ACRN_IOEVENTFD_FLAG_PIO: ['The address is an I/O port.', '该地址是 I/O 端口。'],
  ACRN_IOEVENTFD_FLAG_DATAMATCH: [
    'The eventfd is signalled only where the value written is the one registered.',
    '只有写入的值与登记的值相同时才触发 eventfd。',
  ],
  ACRN_IOEVENTFD_FLAG_DEASSIGN: ['Takes the address back instead of registering it.', '撤销该地址，而不是登记它。'],
  ACRN_IOEVENTFD_FLAG_ASYNCIO: ['Writes go through the shared buffer of asyncio.', '写入经 asyncio 共享缓冲区。'],
});

/** Interrupt vectors that both sides know by number. */
export const VECTORS = vector({
  HYPERVISOR_CALLBACK_HSM_VECTOR: [
    "Vector of the hypervisor's upcall: there is an I/O request for the Service VM. Always sent to its vCPU 0.",
    '虚拟机监控器 upcall 的向量：有发给 Service VM 的 I/O 请求。总是发给其 vCPU 0。',
    '',
    'HYPERVISOR_CALLBACK_VECTOR HYPERVISOR_CALLBACK_VHM_VECTOR VECTOR_HYPERVISOR_CALLBACK_VHM',
  ],
  HYPERVISOR_CALLBACK_VHM_VECTOR: [
    "Vector of the hypervisor's upcall, under its older name.",
    '虚拟机监控器 upcall 的向量（旧名）。',
    '',
    'HYPERVISOR_CALLBACK_VECTOR',
  ],
  HYPERVISOR_CALLBACK_VECTOR: [
    'Vector on which a kernel takes the upcall of the hypervisor under which it runs.',
    '内核接收其所在虚拟机监控器 upcall 的向量。',
    '',
    'HYPERVISOR_CALLBACK_HSM_VECTOR',
  ],
  NOTIFY_VCPU_VECTOR: [
    'Vector by which one physical processor makes another look at its requests.',
    '一个物理处理器让另一个处理器检查其请求所用的向量。',
  ],
  POSTED_INTR_VECTOR: [
    'Vector at which the processor delivers posted interrupts without leaving the guest.',
    '处理器在不退出客户机的情况下投递 posted 中断所用的向量。',
  ],
});

/** VM exit reasons on the way (Intel SDM, volume 3, appendix C). */
export const EXIT_REASONS = exit({
  VMX_EXIT_REASON_EXCEPTION_OR_NMI: [
    'The guest raised an exception that is intercepted, or an NMI came.',
    '客户机触发了被拦截的异常，或收到 NMI。',
  ],
  VMX_EXIT_REASON_EXTERNAL_INTERRUPT: ['A physical interrupt came while the guest ran.', '客户机运行时到来物理中断。'],
  VMX_EXIT_REASON_INTERRUPT_WINDOW: ['The guest can take interrupts again.', '客户机可以再次接收中断。'],
  VMX_EXIT_REASON_CPUID: ['The guest executed CPUID.', '客户机执行了 CPUID。'],
  VMX_EXIT_REASON_HLT: ['The guest is idle: it executed HLT.', '客户机空闲：执行了 HLT。'],
  VMX_EXIT_REASON_VMCALL: ['A hypercall: the guest executed VMCALL.', '超级调用：客户机执行了 VMCALL。'],
  VMX_EXIT_REASON_CR_ACCESS: ['The guest touched a control register.', '客户机访问了控制寄存器。'],
  VMX_EXIT_REASON_IO_INSTRUCTION: [
    'The guest executed IN or OUT: a kick of a legacy virtio device ends here.',
    '客户机执行了 IN 或 OUT：legacy virtio 设备的通知到达这里。',
  ],
  VMX_EXIT_REASON_RDMSR: ['The guest read a model-specific register.', '客户机读取了 MSR。'],
  VMX_EXIT_REASON_WRMSR: ['The guest wrote a model-specific register.', '客户机写入了 MSR。'],
  VMX_EXIT_REASON_EPT_VIOLATION: [
    'The guest touched memory that its EPT does not map: a kick of a modern virtio device through memory ends here.',
    '客户机访问了 EPT 未映射的内存：modern virtio 设备经内存的通知到达这里。',
  ],
  VMX_EXIT_REASON_APIC_WRITE: [
    'The guest wrote a register of its virtual local APIC.',
    '客户机写入了虚拟本地 APIC 的寄存器。',
  ],
  VMX_EXIT_REASON_VIRTUALIZED_EOI: [
    'The guest ended an interrupt whose end the hypervisor wants to know.',
    '客户机结束了一个需要虚拟机监控器知晓的中断。',
  ],
});
