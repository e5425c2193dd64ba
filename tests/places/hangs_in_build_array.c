/*
 * what: a loop without end, after a call of the allocator
 * stops: timeout
 * says: did not return
 * names: build_array
 */
#include "fba.h"

#define build_array base_build_array
#include "allocator.c"
#undef build_array

alloc_result build_array(allocator a, size_t n) /* here */
{
    alloc_result result = base_build_array(a, n);
    volatile const alloc_error *const error = &result.error;

    while (*error == ALLOC_OK) {
    }
    return result;
}
