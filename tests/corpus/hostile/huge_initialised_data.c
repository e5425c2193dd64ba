/*
 * hostile: a gibibyte of memory with an initial value
 * attack: c10
 * kind: CE
 * expect: status compile_error, points 0
 * naive: crashes
 */
#include "fba.h"

int huge[1 << 28] = {1};

#include "allocator.c"
