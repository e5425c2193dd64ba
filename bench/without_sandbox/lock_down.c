/* In place of harness/subject/lock_down.c: no filter, so no key. */
#include "bare.h"
#include "runtime.h"

BARE_MARK;

uint64_t subject_take_key(const uint64_t *kernel_stack)
{
    (void)kernel_stack;
    return 0;
}

void subject_lock_down(uint64_t key)
{
    (void)key;
}
