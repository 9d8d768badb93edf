import type { NoteTexts } from '../notes.ts';

/** 学习笔记的各项论断，以及每种结论下源码的说法。 */
export const NOTES_ZH_CN: NoteTexts = {
  1: {
    claim: 'virtio_console_init 把端口的回调设为 virtio_console_control_tx。',
    says: {
      true: '各后端添加端口时，回调确实是 virtio_console_control_tx。',
      wrong:
        '数据端口得到的是 virtio_console_backend_write：每个后端都把它交给 virtio_console_add_port。virtio_console_control_tx 只属于控制端口。',
    },
  },
  2: {
    claim: '该回调把字节写到后端：标准输出、pty 或文件。',
    says: {
      true: 'virtio_console_control_tx 自己会写到后端。',
      wrong:
        'virtio_console_control_tx 只解析控制消息。字节在 virtio_console_backend_write 中由一次 writev 写出；unix socket 也是后端，stdio 后端写的是描述符 0。',
    },
  },
  3: {
    claim: 'virtio_console_notify_tx 调用端口的回调。',
    says: {
      true: 'virtio_console_notify_tx 每从环中取出一条链就调用一次 port->cb；一条链只能有一个描述符。',
      wrong: 'virtio_console_notify_tx 中没有经端口回调的调用。',
    },
  },
  4: {
    claim: '控制台每个队列的 notify 都是 virtio_console_notify_tx。',
    says: {
      true: 'virtio_console_init 给每个队列都设置 virtio_console_notify_tx。',
      conditional: '只有奇数编号的队列如此，其余队列是 virtio_console_notify_rx。这两个名字都从客户机的角度命名。',
      wrong: 'virtio_console_init 没有把 virtio_console_notify_tx 设给队列。',
    },
  },
  5: {
    claim: 'virtio_set_iothread 调用队列的 notify。',
    says: {
      true: 'virtio_set_iothread 经 vq->notify 调用。',
      wrong:
        'virtio_set_iothread 并不调用它；在有该函数的版本中，它只把指针保存下来备用。调用位于各通知寄存器的处理函数和轮询定时器中。',
    },
  },
  6: {
    claim: 'virtio_set_iothread 设置回调处理函数。',
    says: {
      true: '它为 I/O 线程保存 iothread_handler，而控制台会走到这里。',
      conditional: '它为 I/O 线程保存 iothread_handler，但仅限设置了 base.iothread 的设备。标准控制台没有设置。',
      wrong: '此版本没有这样的设置：取得请求的线程自己调用 notify。',
    },
  },
  7: {
    claim: '标准控制台会经过 virtio_set_iothread。',
    says: {
      true: '控制台设置了 base.iothread，或者该调用没有条件保护。',
      conditional: '控制台在自己的某个条件下设置 base.iothread。',
      wrong:
        'virtio_console.c 中没有任何地方设置 base.iothread，因此该调用被跳过，或者根本不存在。通知（kick）在取得请求的 vm_loop 线程中立即处理。',
    },
  },
  8: {
    claim: 'virtio_set_iothread 在 virtio_pci_write 的某个 case 中被调用。',
    says: {
      true: '该 case 就在 virtio_pci_write 中。',
      renamed:
        'virtio_pci_write 只按 BAR 选择处理函数。调用由状态寄存器引起：其 case 位于传统（legacy）和公共配置的写处理函数中。',
      wrong: '在此版本中，状态寄存器的处理函数都不会走到这样的函数。',
    },
  },
  9: {
    claim: 'virtio_pci_write 是设备的 vdev_bar_write 操作。',
    says: {
      true: '控制台的操作表以 vdev_bar_write 指向 virtio_pci_write。',
      renamed: '它是设备的写操作，但成员名与笔记所写的不同。',
      wrong: '控制台的操作表没有把 virtio_pci_write 作为写操作。',
    },
  },
  10: {
    claim: 'pci_emul_io_handler 和 pci_emul_mem_handler 调用它。',
    says: {
      true: '两者都经设备的操作表调用它。标准控制台的通知走端口处理函数，MSI-X 表走另一个。',
      conditional: '两者中只有一个会走到它。',
      wrong: '两者都不会走到它。',
    },
  },
  11: {
    claim: 'virtio_set_iothread 建立 epoll。',
    says: {
      true: '它把 eventfd 交给 iothread_add，后者将其加入 epoll，而控制台会走到这里。',
      conditional: '它把 eventfd 交给 iothread_add，后者将其加入已有的 epoll，但仅限设置了 base.iothread 的设备。',
      wrong: '此版本没有函数为 virtio 队列做这件事：通知就地处理。',
    },
  },
  12: {
    claim: '它通过 ioctl 把 notify 登记到内核驱动。',
    says: {
      true: 'ioctl 总会为通知寄存器登记一个 eventfd，而控制台会走到这里。',
      conditional: '登记的是带有通知寄存器地址的 eventfd，而不是函数；并且需要设置 base.iothread，且未被轮询取代。',
      wrong: '在此版本中，没有函数以这种方式为队列登记 eventfd。',
    },
  },
  13: {
    claim: '在 Service VM 中，由 ioeventfd.c 的 acrn_io_range_add 登记地址范围。',
    says: {
      true: 'acrn_ioeventfd_assign 调用 acrn_io_range_add。',
      renamed: '范围由 acrn_ioeventfd_assign 登记，用的是 ioreq.c 的 acrn_ioreq_range_add。',
      wrong: 'acrn_ioeventfd_assign 不登记任何范围。',
    },
  },
  14: {
    claim: '看到事件后，会通知用户空间。',
    says: {
      true: 'acrn_ioeventfd_handler 触发该地址的 eventfd，而控制台有一个。',
      conditional:
        'acrn_ioeventfd_handler 触发与地址匹配的 eventfd。这要求已登记 eventfd；标准控制台没有登记，没有匹配时请求会悄然结束。',
      wrong: 'acrn_ioeventfd_handler 不触发任何 eventfd。',
    },
  },
  15: {
    claim: 'acrn_vm_create 调用 acrn_ioeventfd_init，后者创建的客户端带有运行 ioreq_task 的内核线程。',
    says: {
      true: '确实如此，因为该客户端有处理函数。默认客户端（acrn-dm 的）没有处理函数，也没有线程：acrn-dm 自己在 ioctl 中等待。',
      wrong: '这条调用链或其末端的线程不存在。',
    },
  },
  16: {
    claim: 'ioreq_task 循环处理待决请求，并运行 acrn_ioeventfd_handler。',
    says: {
      true: '它先等待，再询问 has_pending_request，然后调用客户端的处理函数，即 acrn_ioeventfd_handler；之后完成请求。',
      wrong: 'ioreq_task 不询问待决请求，或者其处理函数是另一个。',
    },
  },
  17: {
    claim: '通知以 HYPERVISOR_CALLBACK_VECTOR 中断的形式到达 arch/x86/kernel/cpu/acrn.c。',
    says: {
      true: 'sysvec_acrn_hv_callback 被安装到 HYPERVISOR_CALLBACK_VECTOR，即 0xf3。',
      wrong: '那里没有为该向量安装处理函数。',
    },
  },
  18: {
    claim: '从那里经 acrn_intr_handler 到达 ioreq.c 的 ioreq_intr_handler。',
    says: {
      true: 'acrn_intr_handler 是一个指针，驱动把 ioreq_intr_handler 存入其中。',
      wrong: '读到的代码中，没有从该中断通向 ioreq_intr_handler 的路径。',
    },
  },
  19: {
    claim: 'ioreq_intr_handler 在 ioreq_wq 上排入工作，由工作线程运行 ioreq_dispatcher。',
    says: {
      true: '它排入的工作项在声明时绑定了 ioreq_dispatcher；该队列一次只运行一项。',
      wrong: '它没有排入这项工作。',
    },
  },
  20: {
    claim: '分发函数在位图中标记请求，并唤醒客户端。',
    says: {
      true: 'acrn_ioreq_dispatch 按地址查找客户端，置位 vCPU 对应的位并唤醒其等待队列。对控制台来说，该客户端是默认客户端，因此醒来的是 acrn-dm。',
      wrong: '分发函数没有置位并唤醒客户端。',
    },
  },
  21: {
    claim: '在虚拟机监控器中，由 get_hsm_notification_vector 给出向量。',
    says: {
      true: '确实如此；有一个超级调用可以更改该向量，但主线 Linux 从不发出它。',
      renamed: '在此版本中，该函数用的是更早的名字。',
      wrong: '触发中断的函数不询问这样的函数。',
    },
  },
  22: {
    claim: '由 acrn_fire_hsm_interrupt 注入。',
    says: {
      true: '存在这个名字的函数。',
      renamed: '执行注入的函数名字不同；它在 Service VM 的本地 APIC 中置位该向量。',
      wrong: '没有找到执行注入的函数。',
    },
  },
  23: {
    claim: '由 acrn_insert_request 引起注入。',
    says: {
      true: 'acrn_insert_request 把请求放入槽位之后触发中断。',
      wrong: 'acrn_insert_request 不触发它。',
    },
  },
  24: {
    claim: 'emulate_io 先尝试监控器自身的仿真，然后才为 Service VM 调用 acrn_insert_request。',
    says: {
      true: '确实如此。支持 asyncio 的版本在两者之间还会查找已登记的地址。',
      wrong: 'emulate_io 没有按这个顺序做。',
    },
  },
  25: {
    claim: '控制台的写操作正是通过这个用户空间信号到达 acrn-dm 的。',
    says: {
      true: '控制台有 eventfd，其信号就是这条路径。',
      conditional: '控制台在自己的某个条件下才有 eventfd。',
      wrong: '标准控制台没有 eventfd。acrn-dm 在 ATTACH ioctl 中等待并被唤醒，读取共享页，再用 ioctl 报告请求已完成。',
    },
  },
  26: {
    claim: '笔记没有说明这期间谁在等待。',
    says: {
      missing:
        '客户机的 vCPU 在 wait_event 中等待，直到完成请求的超级调用向它发信号；采用轮询的虚拟机则在请求槽位上自旋。',
      true: '在此版本中没有找到这样的等待。',
    },
  },
  27: {
    claim: '笔记没有说明返回的路径。',
    says: {
      missing:
        'acrn-dm 填写 used 环，用 ioctl 注入 MSI-X，客户机随后运行其回调。hvc 的写者不等这个中断：它在 used 环上自旋。',
      true: '在此版本中没有找到这样的返回路径。',
    },
  },
};
