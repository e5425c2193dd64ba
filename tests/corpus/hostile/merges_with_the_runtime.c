/*
 * hostile: has a section of which the linker keeps one copy, named as a function of
 *   others
 * attack: l13
 * kind: AUDIT
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"

__attribute__((section(".gnu.linkonce.t.memcpy"))) void *memcpy(void *to, const void *from,
                                                                size_t count);
__attribute__((section(".gnu.linkonce.t.memcpy"))) void *memcpy(void *to, const void *from,
                                                                size_t count)
{
    (void)from, (void)count;
    return to;
}
