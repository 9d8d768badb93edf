import { tells } from './tell.ts';

/** Why the hypervisor passes the stages of its processors and virtual machines. */
export const HYPERVISOR_VM = {
  ...tells('acrn:hypervisor/arch/x86/guest/vmx_asm.S', {
    vm_exit: [
      'Where the processor lands when a guest leaves. It saves the guest’s registers and returns into run_vcpu as if that had called it.',
      '客户机退出时处理器到达之处。保存客户机寄存器，然后像被 run_vcpu 调用一样返回其中。',
    ],
  }),
  ...tells('acrn:hypervisor/arch/x86/guest/vmexit.c', {
    vmexit_handler: [
      'Reads why the processor left and calls the handler for that reason from a table. Interrupts that were posted meanwhile are taken first.',
      '读取退出原因，并从表中调用相应的处理函数。期间投递的中断先行处理。',
    ],
    hlt_vmexit_handler: [
      'The guest halts: unless an interrupt waits already, its thread sleeps until one comes.',
      '客户机停机：若没有已等待的中断，其线程睡眠到中断到来。',
    ],
  }),
  ...tells('acrn:hypervisor/arch/x86/guest/vmx_io.c', {
    pio_instr_vmexit_handler: [
      'A port instruction left the guest: the exit qualification gives port, size and direction, from which an I/O request is made.',
      '端口指令离开客户机：由退出限定信息得到端口、大小和方向，据此构造 I/O 请求。',
    ],
    ept_violation_vmexit_handler: [
      'The guest touched an address that no page stands behind: that is device memory, so the instruction is decoded and made a request.',
      '客户机访问了没有页面的地址：这是设备内存，于是解码指令并构造请求。',
    ],
    emulate_pio_complete: [
      'For a read, the answer goes into the guest’s RAX, as much of it as the instruction asked for. For a write there is nothing to bring back.',
      '若是读，把结果按指令要求的宽度放入客户机的 RAX。若是写则无需带回。',
    ],
    arch_fire_hsm_interrupt: [
      'Interrupts the Service VM: a request waits in the page. Its vector was agreed on when the HSM started.',
      '中断 Service VM：请求页中有请求等待。其向量在 HSM 启动时约定。',
    ],
  }),
  ...tells('acrn:hypervisor/arch/x86/guest/instr_emul.c', {
    decode_instruction: [
      'Decodes the instruction at the guest’s RIP: an EPT violation tells the address, but not what was to be stored.',
      '解码客户机 RIP 处的指令：EPT 违例只给出地址，不说明要存什么。',
    ],
    emulate_instruction: [
      'Does the rest of a decoded instruction: takes the value to store out of a register, or puts a loaded value into one.',
      '完成已解码指令的其余部分：从寄存器取出要存的值，或把加载的值放入寄存器。',
    ],
  }),
  ...tells('acrn:hypervisor/arch/x86/guest/vcpu.c', {
    prepare_vcpu: [
      'Creates a virtual processor and its thread, bound to one physical processor.',
      '创建虚拟处理器及其线程，绑定到一个物理处理器。',
    ],
    launch_vcpu: ['Makes a virtual processor ready to run and wakes its thread.', '使虚拟处理器就绪并唤醒其线程。'],
    run_vcpu: [
      'Enters the guest by VMLAUNCH or VMRESUME. Interrupts posted before that are delivered with the entry.',
      '以 VMLAUNCH 或 VMRESUME 进入客户机。此前投递的中断随进入一并交付。',
    ],
  }),
  ...tells('acrn:hypervisor/arch/x86/guest/virq.c', {
    acrn_handle_pending_request: [
      'Does what has gathered before the guest may run: interrupts to inject, exceptions, resets.',
      '在客户机运行之前处理积累的事项：待注入的中断、异常、复位。',
    ],
    acrn_inject_pending_intr: [
      'Lets the virtual local APIC inject what waits, if there is anything that hardware does not deliver by itself.',
      '若有硬件不能自行交付的中断，则由虚拟本地 APIC 注入。',
    ],
  }),
  ...tells('acrn:hypervisor/arch/x86/guest/vlapic.c', {
    vlapic_accept_intr: [
      'An interrupt for a virtual processor: the mode of its local APIC decides how it is taken.',
      '虚拟处理器的中断：由其本地 APIC 的工作方式决定如何接收。',
    ],
    vlapic_inject_intr: [
      'Hands waiting interrupts to the processor in the way of its local APIC’s mode.',
      '按本地 APIC 的工作方式把等待的中断交给处理器。',
    ],
    apicv_advanced_accept_intr: [
      'Posts the interrupt: it sets the vector’s bit in the posted-interrupt descriptor and, if none is outstanding, sends a notification.',
      '投递中断：在投递中断描述符中置位向量；若没有未处理的通知则发送一个。',
    ],
    apicv_advanced_inject_intr: [
      'Moves posted vectors to the processor by a self-notification, since one that came in root mode had no effect.',
      '用自身通知把已投递的向量移交处理器，因为在 root 模式下到达的通知不起作用。',
    ],
    apicv_trigger_pi_anv: [
      'Sends the notification vector to the physical processor. If the guest runs there, hardware delivers without a VM exit.',
      '向物理处理器发送通知向量。若客户机正在其上运行，硬件无需 VM 退出即可交付。',
    ],
    inject_msi_for_non_lapic_pt: [
      'Reads destination and vector out of an MSI address and its data, as a real local APIC would see them.',
      '从 MSI 的地址和数据中读出目的地与向量，如同真实本地 APIC 所见。',
    ],
    vlapic_inject_msi: [
      'An MSI of the device model arrives for a VM; with passed-through local APICs it would go another way.',
      '设备模型的 MSI 到达某虚拟机；若本地 APIC 直通则走另一条路。',
    ],
    vlapic_receive_intr: [
      'Works out which virtual processors an interrupt is meant for, and gives it to each.',
      '算出中断面向哪些虚拟处理器，并逐一交付。',
    ],
    vlapic_set_intr: [
      'Gives one vector to one virtual processor’s local APIC; vectors below 16 are refused.',
      '把一个向量交给某虚拟处理器的本地 APIC；小于 16 的向量被拒绝。',
    ],
    vlapic_timer_expired: [
      'The guest’s local timer has run out: its interrupt is raised.',
      '客户机的本地定时器到期：产生其中断。',
    ],
    veoi_vmexit_handler: [
      'The guest has ended a level interrupt: the virtual I/O APIC must hear of it, because the line may still be asserted.',
      '客户机结束了一个电平中断：必须告知虚拟 I/O APIC，因为中断线可能仍被拉起。',
    ],
  }),
  ...tells('acrn:hypervisor/arch/x86/guest/vm.c', {
    create_vm: [
      'Creates a virtual machine: its memory map, I/O bitmap and virtual devices.',
      '创建虚拟机：内存映射、I/O 位图和虚拟设备。',
    ],
    setup_io_bitmap: [
      'Sets which ports a guest may touch without leaving; a User VM gets none.',
      '设定客户机可不退出而访问的端口；User VM 一个也没有。',
    ],
    start_vm: ['Starts a virtual machine by launching its first processor.', '启动虚拟机：启动其首个处理器。'],
  }),
  ...tells('acrn:hypervisor/arch/x86/guest/vmcall.c', {
    vmcall_vmexit_handler: [
      'The Service VM made a hypercall. Only it may, from ring 0; anything else gets an exception.',
      'Service VM 发出超级调用。只有它可以在 ring 0 这样做，其他情况得到异常。',
    ],
    dispatch_hypercall: [
      'Finds the hypercall in a table by its number, checks who may make it and which VM it is about, and calls it.',
      '按编号在表中找到超级调用，检查谁可以调用以及针对哪个虚拟机，然后执行。',
    ],
  }),
} as const;
