/*
 * hostile: includes a pipe that nobody writes to
 * attack: c06
 * kind: CE
 * expect: status compile_error, points 0
 * naive: exhausts
 */
#include "fba.h"
#include "@FIFO@"

#include "allocator.c"
