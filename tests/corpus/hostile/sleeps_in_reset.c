/*
 * hostile: fba_reset waits for a request that never comes
 * attack: r12
 * kind: FAIL
 * suite: reset
 * expect: status graded, points 85
 * fails: reset.*
 * statuses: timeout
 * naive: unnoticed
 */
#include "fba.h"
#include "kernel.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

/* Waits for the judge's next request, which will never come: it waits for our answer. */
static void sleep_for_ever(void)
{
    static char bytes[4096];

    ask_kernel(SYS_read, 5, (long)bytes, sizeof bytes);
}

void fba_reset(fixed_buffer_allocator *fba)
{
    sleep_for_ever();
    base_reset(fba);
}
