import type { HopKind, Phase, Program } from '../trace/kinds.ts';
import type { InEveryLanguage } from './language.ts';

/** Short names of the programs. */
export const PROGRAM_NAMES: InEveryLanguage<Readonly<Record<Program, string>>> = {
  en: {
    'guest-user': 'guest process',
    'guest-kernel': 'guest kernel',
    hypervisor: 'hypervisor',
    'service-vm-kernel': 'Service VM kernel',
    'device-model': 'device model',
  },
  'zh-cn': {
    'guest-user': '客户机进程',
    'guest-kernel': '客户机内核',
    hypervisor: '虚拟机监控器',
    'service-vm-kernel': 'Service VM 内核',
    'device-model': '设备模型',
  },
};

/** How a stage is reached, in a few words. */
export const HOP_NAMES: InEveryLanguage<Readonly<Record<HopKind, string>>> = {
  en: {
    direct_call: 'call',
    fptr_call: 'call through pointer',
    fptr_bind: 'pointer bound',
    macro_defined_function: 'call through macro',
    return_then_call: 'next call of the caller',
    return: 'return',
    syscall: 'system call',
    vm_exit: 'VM exit',
    vm_entry: 'VM entry',
    hypercall: 'hypercall',
    ioctl: 'ioctl',
    interrupt_vector: 'interrupt',
    workqueue: 'work queued',
    waitqueue_wait: 'wait',
    waitqueue_wake: 'wake-up',
    kthread_entry: 'kernel thread started',
    thread_create: 'thread started',
    eventfd: 'eventfd signalled',
    epoll: 'epoll event',
    timerfd: 'timer expired',
    shared_memory: 'shared memory',
  },
  'zh-cn': {
    direct_call: '调用',
    fptr_call: '经函数指针调用',
    fptr_bind: '绑定函数指针',
    macro_defined_function: '经宏调用',
    return_then_call: '调用者的下一次调用',
    return: '返回',
    syscall: '系统调用',
    vm_exit: 'VM 退出',
    vm_entry: 'VM 进入',
    hypercall: '超级调用',
    ioctl: 'ioctl 调用',
    interrupt_vector: '中断',
    workqueue: '工作项入队',
    waitqueue_wait: '等待',
    waitqueue_wake: '唤醒',
    kthread_entry: '启动内核线程',
    thread_create: '启动线程',
    eventfd: '触发 eventfd',
    epoll: 'epoll 事件',
    timerfd: '定时器到期',
    shared_memory: '共享内存',
  },
};

/** Names of the two phases. */
export const PHASE_NAMES: InEveryLanguage<Readonly<Record<Phase, string>>> = {
  en: { 'set-up': 'set-up', run: 'run' },
  'zh-cn': { 'set-up': '初始化', run: '运行' },
};
