/*
 * hostile: defines the function of the C library that calls main
 * attack: l04
 * kind: EARN
 * expect: status graded, points 100
 * fails: none
 * naive: passes
 */
#include "fba.h"
#include "kernel.h"

#include "allocator.c"

_Noreturn void __libc_start_main(void);
_Noreturn void __libc_start_main(void)
{
    for (;;) {
        ask_kernel(SYS_exit_group, 0, 0, 0);
    }
}
