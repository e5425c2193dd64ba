/* Mistake 3: expecting the buffer to grow. What can grow is the choice of allocator. */
#include "arena.h"
#include "fba.h"
#include "heap.h"

#include <stdio.h>

static size_t count_lines(allocator a)
{
    size_t lines = 0;
    while (lines < 1000 && allocator_alloc(a, 1, 80, 1).error == ALLOC_OK) {
        lines++;
    }
    return lines;
}

int main(void)
{
    unsigned char buffer[4096];
    fixed_buffer_allocator fba;
    fba_init(&fba, buffer, sizeof(buffer));
    printf("fixed buffer: %zu lines\n", count_lines(fba_allocator(&fba)));

    arena scratch;
    arena_init(&scratch, heap_allocator(), heap_allocator());
    printf("arena: %zu lines\n", count_lines(arena_allocator(&scratch)));
    arena_deinit(&scratch);
    return 0;
}
