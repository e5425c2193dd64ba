/*
 * hostile: fba_reset writes to standard output and to every other descriptor
 * attack: r07
 * kind: FAIL
 * suite: reset
 * expect: status graded, points 85
 * fails: reset.*
 * statuses: forbidden_syscall
 * naive: crashes
 */
#include "fba.h"
#include "kernel.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

void fba_reset(fixed_buffer_allocator *fba)
{
    for (int fd = 0; fd < 64; fd++) {
        if (fd != 6) {
            ask_kernel(SYS_write, fd, (long)"pass", 4);
        }
    }
    base_reset(fba);
}
