/* A general-purpose allocator knows what was not given back. */
#include "gpa.h"
#include "heap.h"

#include <stdio.h>

static void print_leak(const gpa_leak *leak, void *user)
{
    (void)user;
    printf("allocation %zu: %zu bytes were not freed\n", leak->number, leak->len);
}

int main(void)
{
    gpa checked;
    gpa_init(&checked, heap_allocator(), heap_allocator());
    allocator a = gpa_allocator(&checked);

    void *first = allocator_alloc(a, 1, 100, 1).memory;
    allocator_alloc(a, 1, 200, 1); /* nobody keeps this pointer */
    void *third = allocator_alloc(a, 1, 300, 1).memory;

    allocator_free(a, first, 100, 1); /* any block, in any order */
    allocator_free(a, third, 300, 1);

    gpa_leaks(&checked, print_leak, NULL);
    printf("leaks: %zu\n", gpa_deinit(&checked));
    return 0;
}
