/*
 * playground.c: a program of your own. `make play` builds it with your fba.c and runs
 * it. It earns no points and nothing is checked: change it as you like.
 *
 * It is an ordinary C program, with printf and all of the standard library. Your fba.c
 * is not: it is graded without one. Both are built with AddressSanitizer and
 * UndefinedBehaviorSanitizer where your compiler has them, so that a stray access stops
 * the program at the line that made it.
 */
#include "fba.h"

#include <stdalign.h>
#include <stdio.h>

/* Asks for a block and prints where it lies. */
static void *ask(allocator a, const unsigned char *buffer, size_t len, size_t alignment)
{
    const alloc_result result = allocator_alloc(a, 1, len, alignment);
    if (result.error != ALLOC_OK) {
        printf("%3zu bytes, alignment %2zu: out of memory\n", len, alignment);
        return NULL;
    }
    const unsigned char *memory = result.memory;
    printf("%3zu bytes, alignment %2zu: buffer + %td\n", len, alignment,
           memory - buffer);
    return result.memory;
}

int main(void)
{
    alignas(16) unsigned char buffer[64];
    fixed_buffer_allocator fba;
    fba_init(&fba, buffer, sizeof(buffer));
    const allocator a = fba_allocator(&fba);

    ask(a, buffer, 10, 1); /* buffer + 0 */
    ask(a, buffer, 8, 8);  /* where does this one have to begin? */
    ask(a, buffer, 64, 1); /* and this one? */

    fba_reset(&fba);
    ask(a, buffer, 64, 1); /* now it fits */

    fba_reset(&fba);
    const alloc_result numbers = build_array(a, 5);
    if (numbers.error == ALLOC_OK) {
        const int32_t *array = numbers.memory;
        printf("build_array(a, 5):");
        for (size_t i = 0; i < 5; i++) {
            printf(" %d", (int)array[i]);
        }
        printf("\n");
    } else {
        printf("build_array(a, 5): out of memory\n");
    }
    return 0;
}
