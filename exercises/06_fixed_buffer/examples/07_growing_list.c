/* Python's list.append, on any allocator: a list that doubles its room. */
#include "fba.h"

#include <stdalign.h>
#include <stdio.h>

struct list {
    allocator a;
    int32_t *items;
    size_t length;
    size_t room;
};

static alloc_error list_append(struct list *list, int32_t item)
{
    if (list->length == list->room) {
        const size_t room = list->room == 0 ? 4 : list->room * 2;
        const alloc_result result =
            allocator_realloc(list->a, list->items, list->room * sizeof(int32_t),
                              alignof(int32_t), room * sizeof(int32_t));
        if (result.error != ALLOC_OK) {
            return result.error; /* the old items are untouched */
        }
        list->items = result.memory;
        list->room = room;
    }
    list->items[list->length++] = item;
    return ALLOC_OK;
}

int main(void)
{
    alignas(int32_t) unsigned char buffer[100];
    fixed_buffer_allocator fba;
    fba_init(&fba, buffer, sizeof(buffer));
    struct list list = {.a = fba_allocator(&fba)};

    while (list_append(&list, (int32_t)list.length) == ALLOC_OK) {
    }
    printf("%zu items, room for %zu, ", list.length, list.room);
    printf("at buffer + %td\n", (unsigned char *)list.items - buffer);
    return 0;
}
