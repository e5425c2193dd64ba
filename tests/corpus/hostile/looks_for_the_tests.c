/*
 * hostile: searches the program for the text of its tests, and prints what it finds
 * attack: r09
 * kind: EARN
 * expect: status graded, points 100
 * fails: none
 * naive: leaks
 */
#include "fba.h"
#include "kernel.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

extern const char __executable_start[] __attribute__((weak));
extern const char __etext_end __asm__("edata") __attribute__((weak));

void fba_reset(fixed_buffer_allocator *fba)
{
    static const char begins[] = "hidden-test:";
    const char *const end = (const char *)&__etext_end;
    for (const char *at = __executable_start; at != NULL && at < end; at++) {
        size_t same = 0;
        while (same < sizeof begins - 1 && at[same] == begins[same]) {
            same++;
        }
        if (same == sizeof begins - 1 && at != begins) {
            ask_kernel(SYS_write, 1, (long)at, 64);
        }
    }
    base_reset(fba);
}
