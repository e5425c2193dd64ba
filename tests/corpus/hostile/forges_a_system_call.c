/*
 * hostile: reports a system call with a number that does not exist
 * attack: x06
 * kind: FAIL
 * expect: status graded, points 85
 * fails: reset.*
 * statuses: forbidden_syscall
 * naive: unnoticed
 */
#include "fba.h"
#include "kernel.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

/* What travels between the judge and this process. */
struct message {
    uint64_t nonce;
    uint32_t sequence;
    uint16_t kind;
    uint16_t operation;
    uint64_t values[6];
    uint64_t places[2];
};

/* The request that is being answered lies among the runtime's variables. */
static const struct message *find_request(const void *fba)
{
    for (uintptr_t place = 0x401000; place < 0x409000; place += 8) {
        const struct message *m = (const void *)place;
        if (m->operation == 3 && m->values[0] == (uintptr_t)fba && m->sequence < 100000) {
            return m;
        }
    }
    return NULL;
}

void fba_reset(fixed_buffer_allocator *fba)
{
    const struct message *const request = find_request(fba);
    if (request != NULL) {
        struct message event = *request;
        event.kind = 3;
        event.operation = 2;
        event.values[0] = UINT64_MAX;
        ask_kernel(SYS_write, 6, (long)&event, sizeof event);
    }
    base_reset(fba);
}
