/*
 * ops: the calls of the fixed buffer exercise, as numbers that judge and subject share.
 * What stands in a call's values and its answer is given beside each.
 */
#ifndef OPS_H
#define OPS_H

enum fixed_buffer_operation {
    OP_FBA_INIT = 1,    /* fba, buffer, capacity */
    OP_FBA_ALLOCATOR,   /* fba                             -> ctx, vtable */
    OP_FBA_RESET,       /* fba */
    OP_ALLOC,           /* ctx, vtable, len, alignment     -> error, memory */
    OP_RESIZE,          /* ctx, vtable, memory, len, alignment, new_len -> bool */
    OP_FREE,            /* ctx, vtable, memory, len, alignment */
    OP_BUILD_ARRAY,     /* ctx, vtable, n (an allocator of the submission) or
                           index, 0, n (one of the judge)  -> error, memory */
    OP_CALLBACK_ALLOC,  /* index, len, alignment           -> error, memory */
    OP_CALLBACK_RESIZE, /* index, memory, len, alignment, new_len       -> bool */
    OP_CALLBACK_FREE    /* index, memory, len, alignment */
};

/* The functions a submission defines, by the index that WIRE_EVENT_MISSING carries. */
enum fixed_buffer_function {
    FUNCTION_FBA_INIT = 0,
    FUNCTION_FBA_ALLOCATOR,
    FUNCTION_FBA_RESET,
    FUNCTION_BUILD_ARRAY
};

/* A vtable's functions, by the index that WIRE_EVENT_NULL_FUNCTION carries. */
enum fixed_buffer_vtable {
    VTABLE_ALLOC = 0,
    VTABLE_RESIZE,
    VTABLE_FREE
};

#endif
