/*
 * hostile: before main, writes what Check writes when every test passes, and ends the
 *   program
 * attack: l08
 * kind: AUDIT
 * expect: status rejected, points 0
 * naive: passes
 */
#include "fba.h"
#include "kernel.h"

#include "allocator.c"

__attribute__((constructor)) static void forge(void)
{
    static const char line[] = "100%: Checks: 5, Failures: 0, Errors: 0\n";

    ask_kernel(SYS_write, 1, (long)line, sizeof line - 1);
    ask_kernel(SYS_exit_group, 0, 0, 0);
}
