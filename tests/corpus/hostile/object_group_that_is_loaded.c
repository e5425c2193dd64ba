/*
 * hostile: calls its variables a group of sections, which an audit may take for a table
 * attack: x39
 * kind: AUDIT
 * object: group_that_is_loaded
 * expect: status rejected, points 0
 * naive: breaks
 */
#include "fba.h"

#include "allocator.c"

/* The first word would be the group's flags. */
unsigned counters[1] = {1};
