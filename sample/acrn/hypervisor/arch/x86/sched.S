/* sched.S: from one thread's stack to another's. SPDX-License-Identifier: MIT */

/* What a called function must give back as it was, and where struct stack_frame keeps it. */
    .macro each_kept op
    \op %r12, 0
    \op %r13, 8
    \op %r14, 16
    \op %r15, 24
    \op %rbx, 32
    \op %rbp, 40
    .endm

    .macro keep name, offset
    movq    \name, \offset(%rsp)
    .endm

    .macro give_back name, offset
    movq    \offset(%rsp), \name
    .endm

    .text
    .global arch_switch_to

/* void arch_switch_to(void *prev_sp, void *next_sp): returns in the other thread, where that one called it. */
arch_switch_to:
    pushfq
    leaq    -48(%rsp), %rsp
    each_kept keep
    movq    %rsp, (%rdi)            /* here this thread will go on some day */
    movq    (%rsi), %rsp
    each_kept give_back
    leaq    48(%rsp), %rsp
    popfq
    retq
