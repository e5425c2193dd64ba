/* One function that allocates, three allocators that it never heard of. */
#include "arena.h"
#include "fba.h"
#include "gpa.h"
#include "heap.h"

#include <stdio.h>

static void print_squares(const char *title, allocator a)
{
    alloc_result result = build_array(a, 6); /* holds 0, 1, 2, 3, 4, 5 */
    if (result.error != ALLOC_OK) {
        printf("%s: out of memory\n", title);
        return;
    }
    int32_t *numbers = result.memory;
    printf("%s:", title);
    for (size_t i = 0; i < 6; i++) {
        printf(" %d", (int)(numbers[i] * numbers[i]));
    }
    printf("\n");
    allocator_free(a, numbers, 6 * sizeof(int32_t), _Alignof(int32_t));
}

int main(void)
{
    int32_t room[8];
    fixed_buffer_allocator fba;
    fba_init(&fba, room, sizeof(room));
    print_squares("fixed buffer", fba_allocator(&fba));

    fba_init(&fba, room, 10);
    print_squares("tiny buffer", fba_allocator(&fba));

    arena scratch;
    arena_init(&scratch, heap_allocator(), heap_allocator());
    print_squares("arena", arena_allocator(&scratch));
    arena_deinit(&scratch);

    gpa checked;
    gpa_init(&checked, heap_allocator(), heap_allocator());
    print_squares("general purpose", gpa_allocator(&checked));
    gpa_deinit(&checked);
    return 0;
}
