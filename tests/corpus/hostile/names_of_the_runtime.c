/*
 * hostile: defines a function by a name of the runtime
 * attack: l14
 * kind: AUDIT
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"

void subject_report(unsigned event, const uint64_t *values);
void subject_report(unsigned event, const uint64_t *values)
{
    (void)event, (void)values;
}
