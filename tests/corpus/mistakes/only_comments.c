/*
 * mistake: the file holds comments and no function
 * suite: every
 * diagnosis: missing_function
 * expect: status graded, points 0
 * fails: every test
 * statuses: missing
 */
#include "fba.h"

/*
 * To do in the evening:
 *   - alloc: see the lesson, section 2
 *   - free
 *   - reset
 */
