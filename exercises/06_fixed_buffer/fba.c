/*
 * fba.c: your fixed buffer allocator.
 *
 * Everything you write goes into this file. The contract stands in fba.h; the ids in
 * the comments below (CAP-1, ALI-2, ...) are its clauses, and every hidden test checks
 * one of them. prompt.md is the task, lesson.md the story behind it.
 *
 * As it stands, this file compiles, and every request is answered with "out of memory".
 * A good first step: fba_init, then fba_alloc for alignment 1, then `make grade`.
 */
#include "fba.h"

/* The answer to a request that cannot be met (OOM-1). */
static const alloc_result out_of_memory = {ALLOC_OUT_OF_MEMORY, NULL};

/*
 * The three functions of your allocator. Callers reach them through the table in
 * fba_allocator, never by name. `ctx` is the pointer that you put beside the table:
 *
 *     fixed_buffer_allocator *fba = ctx;
 */

/*
 * A block of `len` bytes at an address that is a multiple of `alignment`.
 *
 * - Where does the block begin? After what is in use, plus as much padding as the
 *   ADDRESS of that place needs. (CAP-3, CAP-4, ALI-1 to ALI-5)
 * - Does it fit? All of it, and an exact fit does. Take care that no sum in your
 *   comparison can exceed SIZE_MAX: it would wrap around to a small number. (CAP-1,
 *   CAP-2, OOM-3, OOM-4)
 * - If it does not fit: out_of_memory, and the FBA is as it was. (OOM-1, OOM-2, OOM-5)
 * - The buffer's bytes are the caller's: write none of them. (CAP-5)
 */
static alloc_result fba_alloc(void *ctx, size_t len, size_t alignment)
{
    (void)ctx; /* "(void)name;" says: not used yet. Delete the line when you use it. */
    (void)len;
    (void)alignment;
    return out_of_memory;
}

/*
 * Makes a block `new_len` bytes long where it stands, or says that it cannot.
 *
 * - Is it the last block, the one that ends where `used` ends? It may shrink, and it
 *   may grow if there is room. (FRE-5, FRE-6)
 * - Any other block: FRE-7 says when the answer is true.
 * - A refusal changes nothing. (FRE-8)
 */
static bool fba_resize(
    void *ctx, void *memory, size_t len, size_t alignment, size_t new_len)
{
    (void)ctx;
    (void)memory;
    (void)len;
    (void)alignment;
    (void)new_len;
    return false;
}

/*
 * Takes a block back: the last one gives its length back, any other nothing. (FRE-1 to
 * FRE-4)
 */
static void fba_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    (void)ctx;
    (void)memory;
    (void)len;
    (void)alignment;
}

/*
 * Notes buffer and capacity, and that nothing is in use. Whatever the struct held
 * before means nothing. (CAP-6, CAP-7)
 */
void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    (void)fba;
    (void)buffer;
    (void)capacity;
}

/*
 * The handle that callers use. This one is complete: one constant table serves every
 * FBA, and the context says which FBA is meant. (POL-1, POL-2)
 */
allocator fba_allocator(fixed_buffer_allocator *fba)
{
    static const allocator_vtable vtable = {
        .alloc = fba_alloc,
        .resize = fba_resize,
        .free = fba_free,
    };
    return (allocator){.ctx = fba, .vtable = &vtable};
}

/* Nothing is in use any more; the buffer's bytes stay as they are. (RES-1 to RES-5) */
void fba_reset(fixed_buffer_allocator *fba)
{
    (void)fba;
}

/*
 * `n` numbers, 0, 1, 2 and so on, in one block from `a`, whichever allocator that is.
 *
 * Read what allocator_alloc in allocator.h settles for you before you write a special
 * case. Its error is your error. (POL-3 to POL-8)
 */
alloc_result build_array(allocator a, size_t n)
{
    (void)a;
    (void)n;
    return out_of_memory;
}
