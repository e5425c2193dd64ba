/*
 * fba.h: a fixed buffer allocator. Implement these four functions in fba.c.
 *
 * A fixed buffer allocator (FBA) hands out pieces of one buffer that you already have:
 * an array on the stack, a static array, a page. No heap, no operating system. When
 * the buffer is full it says so; when you reset it, the whole buffer is free again.
 *
 * The one thing people get wrong: alignment is a matter of the ADDRESS of a block, not
 * of its offset in the buffer, and the buffer may begin at any address.
 *
 * The contract
 * ------------
 * Each clause has an id. Every hidden test names the clause it checks, and nothing is
 * tested that is not promised here. `used` below is the number of bytes of the buffer
 * that are taken; how you keep it in the struct is your own business.
 *
 * Capacity
 *   CAP-1  Every byte of the buffer can be handed out. A request that needs exactly
 *          what is left succeeds.
 *          Why: in a buffer of fixed size a byte that cannot be used is a byte wasted.
 *   CAP-2  A block lies wholly inside the buffer: it neither begins before
 *          `buffer` nor ends after `buffer + capacity`.
 *          Why: the bytes around the buffer belong to somebody else.
 *   CAP-3  Blocks that are in use never overlap.
 *          Why: two owners of one byte overwrite each other's data.
 *   CAP-4  Blocks are packed. With alignment 1 a block begins where `used` ends: no
 *          header, no rounding, no gap.
 *          Why: callers size their buffer by adding up what they will ask for.
 *   CAP-5  The allocator never writes a byte: not in the buffer, not outside it. Its
 *          state lives in the struct alone.
 *          Why: the buffer's bytes are the caller's, from the first to the last.
 *   CAP-6  A capacity of 0 is allowed: fba_init works and every request is
 *          out of memory.
 *          Why: an empty buffer is a full buffer, not an error.
 *   CAP-7  fba_init starts from nothing. The struct may hold anything before it, and
 *          it may be called again, with the same buffer or with another.
 *          Why: a struct on the stack holds whatever was there before.
 *
 * Alignment
 *   ALI-1  The address of a block is a multiple of the alignment asked for.
 *          Why: a processor may trap, or slow down, on a misaligned access.
 *   ALI-2  The padding before a block is what aligns the address buffer + used. The
 *          buffer itself may begin at any address, an odd one too.
 *          Why: an aligned offset in a misaligned buffer is a misaligned address.
 *   ALI-3  The padding is minimal: a block begins at the first aligned address at or
 *          after buffer + used. What is aligned already gets no padding.
 *          Why: padding is memory that nobody can use.
 *   ALI-4  Padding is counted once: afterwards `used` is the end of the block.
 *          Padding plus length that is exactly what is left succeeds.
 *          Why: charging len + alignment always wastes bytes on every block.
 *   ALI-5  Every power of two is an alignment: smaller or larger than the block,
 *          larger than the whole buffer. If an aligned address with room for
 *          the block lies in the buffer, the request succeeds.
 *          Why: pages and cache lines are aligned far beyond their first user's size.
 *
 * Out of memory
 *   OOM-1  A request that does not fit is answered with ALLOC_OUT_OF_MEMORY, and
 *          `memory` is NULL.
 *          Why: running out is an ordinary answer; the caller handles it.
 *   OOM-2  A request that failed has changed nothing: `used` is what it was.
 *          Why: the caller may try again with less.
 *   OOM-3  No length makes the arithmetic wrap around, SIZE_MAX included, whatever
 *          is in use already.
 *          Why: a sum that wraps looks small, and hands out memory that is not there.
 *   OOM-4  No alignment makes the arithmetic wrap around, 2^63 included.
 *          Why: the padding may be larger than the buffer, or than what is left.
 *   OOM-5  Failing is not final: a request that fits succeeds afterwards, however
 *          often others failed before it.
 *          Why: "full for this request" is not "full".
 *
 * Reset
 *   RES-1  After fba_reset nothing is in use: everything that fitted before fits again.
 *          Why: one buffer serves round after round.
 *   RES-2  After fba_reset the first block begins where the first block began after
 *          fba_init, for the same request.
 *          Why: reset is the same state, not merely a similar one.
 *   RES-3  fba_reset leaves every byte of the buffer as it is.
 *          Why: clearing costs time nobody asked for, on every round.
 *   RES-4  An allocator obtained before fba_reset works after it.
 *          Why: the handles are spread over the program and nobody renews them.
 *   RES-5  fba_reset may be called at any time and any number of times, on an empty
 *          and on a full buffer.
 *          Why: a loop resets once per round, whatever the round did.
 *
 * Individual free and resize. The LAST block is the one that ends where `used` ends:
 * memory + len == buffer + used.
 *   FRE-1  Freeing the last block gives its length back: `used` is the block's start.
 *          Why: it costs nothing and makes scratch memory reusable.
 *   FRE-2  Freeing in the reverse order of allocation gives every length back.
 *          Why: each free makes the block before it the last one.
 *   FRE-3  Freeing any other block does nothing.
 *          Why: there is nowhere to note a hole in the middle.
 *   FRE-4  Padding before a block is not given back when the block is freed.
 *          Why: nothing remembers how large it was.
 *   FRE-5  Resizing the last block to fewer bytes succeeds and gives the rest back.
 *          Why: over-estimate, then trim.
 *   FRE-6  Resizing the last block to more bytes succeeds exactly if they fit, and no
 *          length makes the arithmetic wrap around.
 *          Why: a growing array at the end of the buffer need not be copied.
 *   FRE-7  Resizing any other block succeeds exactly if new_len <= len, and gives
 *          nothing back.
 *          Why: a smaller view of a block is always possible, a larger one is not.
 *   FRE-8  A resize that is refused has changed nothing: `used` is what it was.
 *          Why: the caller still owns the old block.
 *
 * Code for any allocator
 *   POL-1  Two FBAs share nothing. What happens in one is not seen in the other.
 *          Why: state kept in a global makes every FBA the same one.
 *   POL-2  An `allocator` stands for its FBA: copies of it, and several obtained from
 *          one FBA, share that FBA's state.
 *          Why: the handle is passed by value through the whole program.
 *   POL-3  build_array(a, n) asks `a` once, by alloc, for n * sizeof(int32_t)
 *          bytes at the alignment of int32_t. It neither resizes nor frees.
 *          Why: the caller owns the array, and pays for one block.
 *   POL-4  Element i of the array holds i, for every i < n.
 *          Why: the memory is raw until somebody fills it.
 *   POL-5  When the allocator fails, build_array returns its error, with memory NULL.
 *          Why: a function that allocates can fail, and says so.
 *   POL-6  n == 0 is ALLOC_OK with a pointer that is not NULL, and no call to the
 *          allocator.
 *          Why: an empty array is an array.
 *   POL-7  An n for which n * sizeof(int32_t) does not fit in size_t is
 *          ALLOC_OUT_OF_MEMORY, with memory NULL, and no call to the allocator.
 *          Why: the product that wraps is a small number.
 *   POL-8  build_array knows nothing of the allocator behind `a`: on an FBA, an arena,
 *          a general-purpose allocator, or an arena on top of your FBA, it does the
 *          same, and leaks nothing when it fails.
 *          Why: that is what the interface is for.
 */
#ifndef FBA_H
#define FBA_H

#include "allocator.h"

/*
 * The state of one FBA. The caller owns the struct and the buffer, and keeps both for
 * as long as the FBA is used. No test reads these fields: keep in them what you like.
 */
typedef struct fixed_buffer_allocator {
    unsigned char *buffer;
    size_t capacity;
    size_t end_index;
} fixed_buffer_allocator;

/*
 * Makes `fba` an allocator of the `capacity` bytes at `buffer`. `buffer` is never
 * NULL, may begin at any address, and is not written to. (CAP-6, CAP-7)
 */
void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity);

/*
 * The interface to `fba`: a context and a table of your three functions. The table
 * outlives the call; the context is valid for as long as `fba` is. (POL-1, POL-2)
 */
allocator fba_allocator(fixed_buffer_allocator *fba);

/* Takes every block back at once. No block survives it. (RES-1 to RES-5) */
void fba_reset(fixed_buffer_allocator *fba);

/*
 * An array of `n` int32_t from any allocator, element i holding i. The caller owns it.
 * n is at most 2^31 where it succeeds. (POL-3 to POL-8)
 */
alloc_result build_array(allocator a, size_t n);

#endif
