/*
 * what: memcpy from NULL, in a helper
 * stops: crash
 * says: it read NULL
 * names: copy
 */
#include "fba.h"
#include <string.h>

/* Without the attribute that the C library gives it. */
void *copy_bytes(void *to, const void *from, size_t count) __asm__("memcpy");
#define memcpy copy_bytes

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

__attribute__((noinline)) static void copy(unsigned char *to, const unsigned char *from)
{
    memcpy(to, from, 1000); /* here */
    to[0] = 0;
}

void fba_reset(fixed_buffer_allocator *fba)
{
    const unsigned char *volatile none = NULL;

    copy(fba->buffer, none);
    base_reset(fba);
}
