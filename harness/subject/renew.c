/*
 * renew: what a test has left in a child is not there for the next.
 *
 * Theory of operation. A process of its own for each test would cost more than all of
 * the test's calls. So a child that has come well out of one serves the next as well,
 * as what it was when it began: its program's own memory is written back from a copy
 * that nobody can write to, its stacks are emptied, and it begins anew where each child
 * begins, with nothing in its registers. The judge empties the rest, which is the
 * shared region. So a test meets the same, to the byte, whether a child is new or
 * renewed: no submission that works by the rules, rightly or wrongly, behaves
 * differently.
 *
 * One that takes over its process can leave this out. It then remembers what it was
 * asked, and is still judged by each answer alone; channel_child.c says which tests may
 * share a child.
 */
#include "arch.h"
#include "runtime.h"

#include <linux/mman.h>
#include <stddef.h>

/* Set by the linker script: the program's own memory, of which it has whole pages. */
extern uint64_t subject_data_start[];
extern uint64_t subject_data_end[];

static size_t count_words(void)
{
    const uint64_t page = 4096;
    const uint64_t bytes = (uint64_t)subject_data_end - (uint64_t)subject_data_start;

    return ((bytes + page - 1) & ~(page - 1)) / sizeof(uint64_t);
}

int subject_keep_first_state(void)
{
    uint64_t *const copy = (uint64_t *)WIRE_FIRST_STATE_BASE;
    const size_t words = count_words();
    const size_t bytes = words * sizeof *copy;

    if (bytes > WIRE_FIRST_STATE_BYTES) {
        return 0;
    }
    const long mapped =
        system_call(SYS_mmap, copy, bytes, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    if (mapped != (long)copy) {
        subject_exit(1);
    }
    for (size_t i = 0; i < words; i++) {
        copy[i] = subject_data_start[i];
    }
    if (system_call(SYS_mprotect, copy, bytes, PROT_READ) != 0) {
        subject_exit(1);
    }
    return 1;
}

_Noreturn void subject_renew(void)
{
    static const uint64_t stack[] = {WIRE_STACK_BASE, WIRE_STACK_BYTES};
    static const uint64_t signal_stack[] = {WIRE_SIGNAL_STACK_BASE,
                                            WIRE_SIGNAL_STACK_BYTES};
    const uint64_t *const copy = (const uint64_t *)WIRE_FIRST_STATE_BASE;
    const size_t words = count_words();

    /* A page that is as it was is not written to: that would cost a copy of it. */
    for (size_t i = 0; i < words; i++) {
        if (subject_data_start[i] != copy[i]) {
            subject_data_start[i] = copy[i];
        }
    }
    arch_begin_anew(stack, signal_stack);
}
