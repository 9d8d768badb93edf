import type { HopKind } from '../trace/kinds.ts';
import type { InEveryLanguage } from './language.ts';

/** What each kind of hop is and what proves it, in a sentence or two, for hovers and legends. */
export const HOP_MEANINGS: InEveryLanguage<Readonly<Record<HopKind, string>>> = {
  en: {
    direct_call: 'A plain C call: the call site names the function.',
    fptr_call:
      'A call through a function pointer. The call site names only the pointer; the lines that bind it tell the target.',
    fptr_bind: 'The place where a function is stored into a pointer that is called later.',
    macro_defined_function:
      'The call stands inside a macro, or a macro makes the function: the text never spells both names.',
    return_then_call: 'The function before it has returned, and their common caller goes on with this call.',
    return: 'Control goes back to the caller.',
    syscall: 'A process enters the kernel; the number of the call chooses the handler.',
    vm_exit: 'An instruction of the guest is trapped: the processor leaves the guest and enters the hypervisor.',
    vm_entry: 'The hypervisor hands the processor back to the guest, where it left off or at an injected interrupt.',
    hypercall: 'The Service VM asks the hypervisor by VMCALL; the number in a register chooses the handler.',
    ioctl: 'A process asks a driver through a file descriptor; the command number chooses the case.',
    interrupt_vector: 'An interrupt is delivered; the vector chooses the handler in the interrupt table.',
    workqueue: 'Work is queued and done later, by a worker thread in process context.',
    waitqueue_wait: 'A thread goes to sleep until a condition holds.',
    waitqueue_wake: 'A thread that sleeps is made runnable; it goes on where it went to sleep.',
    kthread_entry: 'A kernel thread starts in the function that it was made with.',
    thread_create: 'A thread of a process starts in the function that it was made with.',
    eventfd: 'A counter in the kernel is raised; whoever polls or reads the descriptor is told.',
    epoll: 'A thread that waits for many descriptors is told which one is ready.',
    timerfd: 'A timer ends and makes its descriptor readable.',
    shared_memory: 'Nothing is called: one side writes a word that the other side reads later.',
  },
  'zh-cn': {
    direct_call: '普通的 C 函数调用：调用点直接写出函数名。',
    fptr_call: '经函数指针调用。调用点只写出指针，真正的目标由绑定该指针的代码行决定。',
    fptr_bind: '把函数存入指针的位置，之后会经该指针调用。',
    macro_defined_function: '调用写在宏里，或函数由宏生成：源码中不会同时出现两个名字。',
    return_then_call: '前一个函数已返回，二者的共同调用者接着执行这次调用。',
    return: '控制流回到调用者。',
    syscall: '进程进入内核，由系统调用号选择处理函数。',
    vm_exit: '客户机的一条指令被截获：处理器离开客户机，进入虚拟机监控器。',
    vm_entry: '虚拟机监控器把处理器交还客户机，从离开处或注入的中断处继续。',
    hypercall: 'Service VM 通过 VMCALL 请求虚拟机监控器，由寄存器中的编号选择处理函数。',
    ioctl: '进程通过文件描述符请求驱动程序，由命令号选择分支。',
    interrupt_vector: '中断被投递，由向量号在中断表中选择处理函数。',
    workqueue: '工作项入队，稍后由工作线程在进程上下文中执行。',
    waitqueue_wait: '线程睡眠，直到条件成立。',
    waitqueue_wake: '睡眠的线程变为可运行，并从睡眠处继续。',
    kthread_entry: '内核线程从创建时指定的函数开始执行。',
    thread_create: '进程的线程从创建时指定的函数开始执行。',
    eventfd: '内核中的计数器增加，轮询或读取该描述符的一方得到通知。',
    epoll: '同时等待多个描述符的线程得知哪一个已就绪。',
    timerfd: '定时器到期，其描述符变为可读。',
    shared_memory: '没有任何调用：一方写入一个字，另一方稍后读取。',
  },
};
