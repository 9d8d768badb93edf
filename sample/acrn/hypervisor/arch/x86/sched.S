/* sched.S: from one thread's stack to another's. SPDX-License-Identifier: MIT */

    .text
    .global arch_switch_to

/* void arch_switch_to(void *prev_sp, void *next_sp): returns in the other thread, where that one called it. */
arch_switch_to:
    pushfq
    pushq   %rbp
    pushq   %rbx
    pushq   %r15
    pushq   %r14
    pushq   %r13
    pushq   %r12
    movq    %rsp, (%rdi)
    movq    (%rsi), %rsp
    popq    %r12
    popq    %r13
    popq    %r14
    popq    %r15
    popq    %rbx
    popq    %rbp
    popfq
    retq
