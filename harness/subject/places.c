#include "runtime.h"
#include "subject.h"

/* Set by the linker script: the code that is not the runtime's. */
extern const char subject_code_start[];
extern const char subject_code_end[];

/* So that a chain of frames that a submission has made up comes to an end. */
#define FRAMES_MOST 64

#define STACK_END ((uint64_t)WIRE_STACK_BASE + WIRE_STACK_BYTES)

/* The function of the submission that was called and has not returned. */
static uint64_t entered;

struct frame_record {
    uint64_t caller; /* its record */
    uint64_t return_address;
};

static int is_submission(uint64_t address)
{
    return address >= (uint64_t)subject_code_start &&
           address < (uint64_t)subject_code_end;
}

void subject_enter(uint64_t function)
{
    if (is_submission(function)) {
        entered = function;
    }
}

uint64_t subject_entered(void)
{
    return entered;
}

void subject_leave(uint64_t outer)
{
    entered = outer;
}

/* A frame pointer may hold anything; the stack is mapped whole, and stays so. */
static int is_record(uint64_t frame)
{
    return frame >= WIRE_STACK_BASE &&
           frame <= STACK_END - sizeof(struct frame_record) &&
           frame % sizeof(uint64_t) == 0;
}

static int add(uint64_t places[WIRE_PLACES], int count, uint64_t address)
{
    const int is_known = count > 0 && places[count - 1] == address;

    if (is_submission(address) && !is_known) {
        places[count++] = address;
    }
    return count;
}

void subject_find_places(uint64_t pc,
                         uint64_t return_address,
                         uint64_t frame,
                         uint64_t places[WIRE_PLACES])
{
    for (int i = 0; i < WIRE_PLACES; i++) {
        places[i] = 0;
    }
    int count = add(places, 0, pc);
    /* The call is what lies before the address that it returns to. */
    if (count == 0) {
        count = add(places, count, return_address - 1);
    }
    for (int i = 0; i < FRAMES_MOST && count < WIRE_PLACES && is_record(frame); i++) {
        const struct frame_record *const record = (const struct frame_record *)frame;
        count = add(places, count, record->return_address - 1);
        /* A stack grows down: its records lie one above the other. */
        if (record->caller <= frame) {
            return;
        }
        frame = record->caller;
    }
}
