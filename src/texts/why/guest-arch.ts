import { said } from '../events/event-texts.ts';
import { tells } from './tell.ts';

/** Why the guest passes the stages of processor, interrupts and scheduling, and what its processes do. */
export const GUEST_ARCH = {
  'user:open(2)': said('A process of the guest opens a device file.', '客户机的一个进程打开设备文件。'),
  'user:write(2)': said(
    'A process of the guest writes. It knows of a file and of bytes, and of nothing below.',
    '客户机的一个进程写入。它只知道文件和字节，对下面的一切一无所知。',
  ),
  'user:read(2)': said(
    'A process of the guest wants to read, and sleeps until there is something.',
    '客户机的一个进程想读取，没有内容时睡眠。',
  ),
  'user:write(2) on the backend peer': said(
    'Somebody outside the virtual machine writes into the other end of a backend.',
    '虚拟机外部有人向后端的另一端写入。',
  ),
  ...tells('linux:lib/iomap.c', {
    iowrite8: [
      'Writes one byte to a device, by port or by memory, whichever the cookie stands for.',
      '向设备写一个字节，经端口还是内存取决于地址凭据。',
    ],
    iowrite16: [
      'Writes 16 bits to a device. A small cookie is a port number, a large one is mapped memory: so one driver serves both.',
      '向设备写 16 位。小的凭据是端口号，大的是映射内存：同一驱动因此两者皆可。',
    ],
    iowrite32: ['Writes 32 bits to a device, by port or by memory.', '向设备写 32 位，经端口或内存。'],
    ioread8: ['Reads one byte from a device, by port or by memory.', '从设备读一个字节，经端口或内存。'],
    ioread16: ['Reads 16 bits from a device, by port or by memory.', '从设备读 16 位，经端口或内存。'],
    ioread32: ['Reads 32 bits from a device, by port or by memory.', '从设备读 32 位，经端口或内存。'],
  }),
  ...tells('linux:arch/x86/include/asm/shared/io.h', {
    inb: [
      'The IN instruction, one byte. The port belongs to no hardware, so the processor leaves the guest.',
      'IN 指令，一个字节。该端口没有对应硬件，因此处理器离开客户机。',
    ],
    inw: ['The IN instruction, 16 bits: a VM exit.', 'IN 指令，16 位：一次 VM 退出。'],
    inl: ['The IN instruction, 32 bits: a VM exit.', 'IN 指令，32 位：一次 VM 退出。'],
    outb: ['The OUT instruction, one byte: a VM exit.', 'OUT 指令，一个字节：一次 VM 退出。'],
    outw: [
      'The OUT instruction, 16 bits. This is the kick of a legacy device: the I/O bitmap makes the processor leave the guest here.',
      'OUT 指令，16 位。这就是 legacy 设备的通知：I/O 位图使处理器在此离开客户机。',
    ],
    outl: ['The OUT instruction, 32 bits: a VM exit.', 'OUT 指令，32 位：一次 VM 退出。'],
  }),
  ...tells('linux:arch/x86/include/asm/io.h', {
    readb: [
      'A load of one byte from device memory. No page stands behind it, so it leaves the guest as an EPT violation.',
      '从设备内存加载一个字节。其后没有页面，因此以 EPT 违例离开客户机。',
    ],
    readw: ['A load of 16 bits from device memory: an EPT violation.', '从设备内存加载 16 位：EPT 违例。'],
    readl: ['A load of 32 bits from device memory: an EPT violation.', '从设备内存加载 32 位：EPT 违例。'],
    writeb: ['A store of one byte to device memory: an EPT violation.', '向设备内存存储一个字节：EPT 违例。'],
    writew: [
      'A store of 16 bits to device memory. This is the kick of a modern device: it leaves the guest as an EPT violation.',
      '向设备内存存储 16 位。这就是 modern 设备的通知：以 EPT 违例离开客户机。',
    ],
    writel: ['A store of 32 bits to device memory: an EPT violation.', '向设备内存存储 32 位：EPT 违例。'],
  }),
  ...tells('linux:arch/x86/include/asm/irqflags.h', {
    native_safe_halt: [
      'STI and HLT: interrupts on, and the processor stops until one comes. A guest’s HLT leaves it, so that another may run.',
      'STI 加 HLT：打开中断，处理器停机直到中断到来。客户机的 HLT 会退出，以便他人运行。',
    ],
  }),
  ...tells('linux:arch/x86/kernel/irq.c', {
    'DEFINE_IDTENTRY_IRQ(common_interrupt)': [
      'Entry of every device interrupt. The vector is looked up in this processor’s table of handlers.',
      '所有设备中断的入口。用向量在本处理器的表中查找处理者。',
    ],
    call_irq_handler: [
      'Finds the interrupt’s descriptor by its vector; a vector without one is a spurious interrupt.',
      '按向量找到中断描述符；没有描述符的向量是伪中断。',
    ],
    handle_irq: ['Runs the descriptor’s flow handler, on the interrupt stack.', '在中断栈上运行描述符的流处理函数。'],
  }),
  ...tells('linux:arch/x86/kernel/apic/apic.c', {
    'DEFINE_IDTENTRY_SYSVEC(sysvec_apic_timer_interrupt)': [
      'The local timer’s interrupt: time goes on, sleepers may be due.',
      '本地定时器中断：时间推进，睡眠者可能到期。',
    ],
  }),
  ...tells('linux:include/linux/irqdesc.h', {
    generic_handle_irq_desc: [
      'Calls the flow handler that fits the kind of interrupt: edge for MSI, fasteoi for a line.',
      '调用适合该中断类型的流处理函数：MSI 用边沿，中断线用 fasteoi。',
    ],
  }),
  ...tells('linux:kernel/irq/chip.c', {
    handle_edge_irq: [
      'Flow of an edge interrupt: acknowledged first, then handled, so that another edge in between is not lost.',
      '边沿中断流程：先确认再处理，使期间的另一个边沿不会丢失。',
    ],
    handle_fasteoi_irq: [
      'Flow of a level interrupt: handled first, then the end of interrupt is signalled, when the device has lowered its line.',
      '电平中断流程：先处理，待设备放下中断线后再发出中断结束。',
    ],
  }),
  ...tells('linux:kernel/irq/handle.c', {
    handle_irq_event: [
      'Marks the interrupt as in progress and runs its actions without holding the lock.',
      '把中断标为处理中，并在不持锁的情况下运行其动作。',
    ],
    handle_irq_event_percpu: [
      'Runs the actions and feeds the random pool with their timing.',
      '运行各动作，并以其时间为随机池提供熵。',
    ],
    __handle_irq_event_percpu: [
      'Calls each handler that was registered for the interrupt: on a shared line, all of them.',
      '调用为该中断注册的每个处理函数：共享线上全部调用。',
    ],
  }),
  ...tells('linux:kernel/sched/idle.c', {
    do_idle: ['The idle task: nothing else can run on this processor.', '空闲任务：此处理器没有别的可运行。'],
    cpuidle_idle_call: [
      'Chooses how deep to sleep; a guest without an idle driver takes the default.',
      '选择睡眠深度；没有空闲驱动的客户机用默认方式。',
    ],
    default_idle_call: ['Halts the processor until the next interrupt.', '使处理器停机直到下一个中断。'],
  }),
  ...tells('linux:kernel/workqueue.c', {
    queue_work_on: [
      'Queues a work item unless it is queued already: one pending run takes all that has come by then.',
      '把工作项排队，除非已在队列中：一次待运行会处理届时已到的一切。',
    ],
  }),
} as const;
