/*
 * hostile: calls a function that is named as the linker's place counter: a dot
 * attack: x26
 * kind: AUDIT
 * object: undefined_dot
 * expect: status rejected, points 0
 * naive: breaks
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

void becomes_a_dot(void);

void fba_reset(fixed_buffer_allocator *fba)
{
    becomes_a_dot();
    base_reset(fba);
}
