/*
 * what: an allocator without a vtable, given to a wrapper of the header
 * stops: undefined_behaviour
 * says: a NULL pointer is followed
 * names: build_array
 */
#include "fba.h"

#define build_array base_build_array
#include "allocator.c"
#undef build_array

alloc_result build_array(allocator a, size_t n)
{
    a.vtable = NULL;
    return allocator_alloc(a, n, sizeof(int32_t), 4); /* here */
}
