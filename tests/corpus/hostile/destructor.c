/*
 * hostile: has functions in the tables of what runs at the end, and before all else
 * attack: l09
 * kind: AUDIT
 * expect: status rejected, points 0
 * naive: passes
 */
#include "fba.h"
#include "kernel.h"

#include "allocator.c"

static void forge(void)
{
    ask_kernel(SYS_exit_group, 0, 0, 0);
}

__attribute__((section(".fini_array"), used)) static void (*const last)(void) = forge;
__attribute__((section(".preinit_array"), used)) static void (*const first)(void) = forge;
