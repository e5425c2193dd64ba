/*
 * hostile: free writes over everything it can find that is not its own block or FBA
 * attack: r20
 * kind: EARN
 * suite: none
 * expect: status graded, points 100
 * fails: none
 * naive: harmless
 */
#include "fba.h"

#include "wrap_table.h"

/* Where the memory that is shared with the judge lies, and how it is cut up. */
#if defined(__x86_64__)
#define SLOTS ((uintptr_t)0x200000000000)
#else
#define SLOTS ((uintptr_t)0x2000000000)
#endif
#define STRIDE ((uintptr_t)0x100000)

static bool are_neighbours(uintptr_t byte, const void *other)
{
    return (byte & ~(STRIDE - 1)) == ((uintptr_t)other & ~(STRIDE - 1));
}

static void write_around(void *ctx, void *memory, size_t len, size_t alignment)
{
    for (uintptr_t slot = SLOTS; slot < SLOTS + 16 * STRIDE; slot += STRIDE) {
        if (are_neighbours(slot, ctx) || are_neighbours(slot, memory)) {
            continue;
        }
        for (uintptr_t byte = slot; byte < slot + 8192; byte++) {
            *(volatile unsigned char *)byte = 0xff;
        }
    }
    base_table->free(ctx, memory, len, alignment);
}

static void change_table(allocator_vtable *table)
{
    table->free = write_around;
}
