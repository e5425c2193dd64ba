/*
 * hostile: makes files and links where the grader might write
 * attack: r17
 * kind: FAIL
 * expect: status graded, points 85
 * fails: reset.*
 * statuses: forbidden_syscall
 * naive: writes
 */
#include "fba.h"
#include "kernel.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

void fba_reset(fixed_buffer_allocator *fba)
{
    static const char *const names[] = {"report.json", "results", "/tmp/forged-report.json"};
    for (int i = 0; i < 3; i++) {
        ask_kernel(SYS_symlinkat, (long)"/etc/passwd", -100, (long)names[i]);
        ask_kernel(SYS_openat, -100, (long)names[i], 0101);
    }
    base_reset(fba);
}
