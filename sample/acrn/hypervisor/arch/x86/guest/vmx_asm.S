/* vmx_asm.S: into the guest and out again. SPDX-License-Identifier: MIT */

/* The slots of struct run_context, in the order of the register numbers. RSP is the processor's business. */
    .macro each_register op
    \op rcx, 1
    \op rdx, 2
    \op rbx, 3
    \op rbp, 5
    \op rsi, 6
    \op r8, 8
    \op r9, 9
    \op r10, 10
    \op r11, 11
    \op r12, 12
    \op r13, 13
    \op r14, 14
    \op r15, 15
    .endm

    .macro load_guest name, slot
    movq    8 * \slot(%rdi), %\name
    .endm

    .macro store_guest name, slot
    movq    %\name, 8 * \slot(%rdi)
    .endm

    .text
    .global vmx_vmrun, vm_exit

/* int32_t vmx_vmrun(struct run_context *context, int32_t ops); */
vmx_vmrun:
    pushq   %rbx
    pushq   %rbp
    pushq   %r12
    pushq   %r13
    pushq   %r14
    pushq   %r15
    pushq   %rdi                    /* context: the only thing we know on the way back */
    movq    $0x6c14, %rdx           /* the VMCS field for the stack to come back to */
    vmwrite %rsp, %rdx
    testl   %esi, %esi              /* ops: 1 first time, 0 later */
    each_register load_guest
    movq    (%rdi), %rax
    movq    56(%rdi), %rdi
    jz      1f
    vmlaunch
    jmp     vm_exit
1:  vmresume

/* The processor comes here when the guest does something that we want to see: its OUT, for one. */
vm_exit:
    xchgq   %rdi, (%rsp)            /* the context again; the guest's RDI takes its place */
    movq    %rax, (%rdi)
    each_register store_guest
    popq    %rax
    movq    %rax, 56(%rdi)
    popq    %r15
    popq    %r14
    popq    %r13
    popq    %r12
    popq    %rbp
    popq    %rbx
    xorl    %eax, %eax
    retq
