/*
 * hostile: is compiled with the address sanitizer
 * attack: x12
 * kind: AUDIT
 * compiler: gcc -O1 -fsanitize=address
 * expect: status rejected, points 0
 * naive: breaks
 */
#include "fba.h"

#include "allocator.c"
