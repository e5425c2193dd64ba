/*
 * hostile: calls functions that are named as words of the linker's own language
 * attack: x36
 * kind: FAIL
 * suite: reset
 * expect: status graded, points 85
 * fails: reset.*
 * statuses: forbidden_call
 * naive: breaks
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

size_t ALIGN(size_t number, size_t unit);
size_t MAX(size_t a, size_t b);
void PROVIDE(void);
void ASSERT(void);

void fba_reset(fixed_buffer_allocator *fba)
{
    if (fba->capacity == ALIGN(MAX(fba->capacity, 1), 1)) {
        PROVIDE();
    }
    ASSERT();
    base_reset(fba);
}
