#include "diagnose_probes.h"

#include "wire.h"

/* Steps of FBA 0 by its first handle; the others are written out. */
#define ALLOC(bytes, at)                                                               \
    {                                                                                  \
        .call = PROBE_ALLOC, .len = (bytes), .alignment = (at)                         \
    }
#define FREE(which)                                                                    \
    {                                                                                  \
        .call = PROBE_FREE, .block = (which)                                           \
    }
#define RESIZE(which, bytes)                                                           \
    {                                                                                  \
        .call = PROBE_RESIZE, .block = (which), .len = (bytes)                         \
    }
#define RESET                                                                          \
    {                                                                                  \
        .call = PROBE_RESET                                                            \
    }
#define HANDLE(which)                                                                  \
    {                                                                                  \
        .call = PROBE_HANDLE, .fba = (which)                                           \
    }
#define INIT(which, over)                                                              \
    {                                                                                  \
        .call = PROBE_INIT, .fba = (which), .buffer = (over)                           \
    }
#define BY(which, bytes)                                                               \
    {                                                                                  \
        .call = PROBE_ALLOC, .handle = (which), .len = (bytes), .alignment = 1         \
    }

#define BUFFER(past, bytes) .buffers = {{.misalignment = (past), .capacity = (bytes)}}
#define TWO_BUFFERS(first, second)                                                     \
    .buffers = {{.capacity = (first)}, {.capacity = (second)}}

#define KIBIBYTE ((uint64_t)1024)
#define TWO_TO(power) ((uint64_t)1 << (power))

const struct probe diagnose_probes[] = {
    /* Capacity: packing, and the last byte. */
    {BUFFER(0, 64),
     .steps = {ALLOC(5, 1), ALLOC(3, 1), ALLOC(8, 1), ALLOC(16, 1), ALLOC(1, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(64, 1), ALLOC(1, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(32, 1), ALLOC(31, 1), ALLOC(1, 1), ALLOC(1, 1)}},
    {BUFFER(0, 61), .steps = {ALLOC(56, 1), ALLOC(6, 1), ALLOC(5, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(65, 1), ALLOC(16, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(16, 1), ALLOC(72, 1), ALLOC(8, 1)}},
    {BUFFER(0, 0), .steps = {ALLOC(1, 1), ALLOC(8, 1)}},
    {BUFFER(0, 1), .steps = {ALLOC(1, 1), ALLOC(1, 1)}},
    {BUFFER(0, 128 * KIBIBYTE),
     .steps = {ALLOC(70000, 1), ALLOC(100, 1), ALLOC(10, 1), ALLOC(50000, 1)}},
    {TWO_BUFFERS(64, 48),
     .steps = {ALLOC(24, 1), INIT(0, 0), HANDLE(0), BY(1, 16), INIT(0, 1), HANDLE(0),
               BY(2, 40), BY(2, 8), BY(2, 1)}},
    {.buffers = {{.capacity = 64}, {.misalignment = 8, .capacity = 0}},
     .steps = {ALLOC(24, 1), INIT(0, 1), HANDLE(0), BY(1, 16)}},

    /* Alignment: at good addresses, at odd ones, beyond the buffer. */
    {BUFFER(0, 256), .steps = {ALLOC(3, 1), ALLOC(8, 8), ALLOC(1, 1), ALLOC(4, 4),
                               ALLOC(1, 1), ALLOC(16, 16), ALLOC(1, 1), ALLOC(32, 32)}},
    {BUFFER(1, 128), .steps = {ALLOC(8, 8), ALLOC(1, 1), ALLOC(8, 32)}},
    {BUFFER(3, 128), .steps = {ALLOC(1, 1), ALLOC(1, 2), ALLOC(2, 4), ALLOC(4, 2)}},
    {BUFFER(0, 256), .steps = {ALLOC(16, 16), ALLOC(16, 16), ALLOC(32, 64)}},
    {BUFFER(24, 128), .steps = {ALLOC(8, 8), ALLOC(4, 2), ALLOC(1, 1), ALLOC(2, 2)}},
    {BUFFER(56, 40), .steps = {ALLOC(8, 64), ALLOC(4, 4)}},
    {BUFFER(4088, 40), .steps = {ALLOC(16, 4096), ALLOC(4, 4)}},
    {BUFFER(0, 176 * KIBIBYTE),
     .steps = {ALLOC(8, 64 * KIBIBYTE), ALLOC(8, 128 * KIBIBYTE)}},
    {BUFFER(0, 176 * KIBIBYTE),
     .steps = {ALLOC(8, 128 * KIBIBYTE), ALLOC(8, 8192), ALLOC(8, 64 * KIBIBYTE)}},
    {BUFFER(0, 128), .steps = {ALLOC(1, 1), ALLOC(4, 16), ALLOC(1, 1), ALLOC(40, 4)}},
    {BUFFER(0, 48), .steps = {ALLOC(1, 1), ALLOC(32, 16), ALLOC(1, 1)}},
    {BUFFER(0, 128),
     .steps = {ALLOC(1, 1), ALLOC(8, 16), ALLOC(8, 1), ALLOC(8, 16), ALLOC(8, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(16, 16), ALLOC(16, 16), ALLOC(16, 16),
                              ALLOC(16, 16), ALLOC(1, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(3, 8), ALLOC(1, 1), ALLOC(5, 4), ALLOC(1, 1)}},
    {BUFFER(5, 600), .steps = {ALLOC(8, 128), ALLOC(1, 1), ALLOC(20, 256)}},

    /* Refusals, and what they leave. */
    {BUFFER(0, 64),
     .steps = {ALLOC(40, 1), ALLOC(40, 1), ALLOC(20, 1), ALLOC(5, 1), ALLOC(4, 1)}},
    {BUFFER(1, 64), .steps = {ALLOC(16, 1), ALLOC(60, 16), ALLOC(4, 1)}},
    {BUFFER(0, 40), .steps = {ALLOC(33, 1), ALLOC(1, 16), ALLOC(4, 1)}},
    {BUFFER(0, 48), .steps = {ALLOC(33, 1), ALLOC(9, 8), ALLOC(8, 8), ALLOC(1, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(8, 1), ALLOC(8, TWO_TO(63)), ALLOC(8, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(8, 1), ALLOC(8, TWO_TO(32)), ALLOC(8, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(8, 1), ALLOC(8, TWO_TO(16)), ALLOC(8, 1)}},

    /* Sums that wrap around. */
    {BUFFER(0, 64), .steps = {ALLOC(16, 1), ALLOC(UINT64_MAX, 1), ALLOC(8, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(16, 1), ALLOC(UINT64_MAX - 11, 1), ALLOC(8, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(16, 1),
                              {.call = PROBE_ALLOC,
                               .relative = PROBE_MINUS_ADDRESS,
                               .len = 5,
                               .alignment = 1},
                              ALLOC(8, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(8, 1),
                              {.call = PROBE_ALLOC,
                               .relative = PROBE_PLUS_ADDRESS,
                               .len = TWO_TO(63) + 20,
                               .alignment = TWO_TO(63)},
                              ALLOC(8, 1)}},
    {BUFFER(1, 64), .steps = {ALLOC(UINT64_MAX - 2, 16), ALLOC(8, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(8, 1), ALLOC(TWO_TO(32) + 8, 1), ALLOC(8, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(8, 1), ALLOC(TWO_TO(31) + 8, 1), ALLOC(8, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(8, 1), ALLOC(TWO_TO(16) + 8, 1), ALLOC(8, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(8, 1), ALLOC(TWO_TO(63) + 8, 1), ALLOC(8, 1)}},

    /* Reset. */
    {BUFFER(0, 64), .steps = {ALLOC(16, 1), RESET, ALLOC(16, 1), ALLOC(8, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(40, 1), RESET, ALLOC(40, 1), RESET, RESET,
                              ALLOC(30, 1), ALLOC(20, 1)}},
    {BUFFER(0, 64), .steps = {RESET, ALLOC(8, 1), ALLOC(8, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(64, 1), RESET, ALLOC(64, 1)}},
    {BUFFER(0, 64),
     .steps = {ALLOC(8, 1), RESET, ALLOC(8, 1), HANDLE(0), BY(1, 8), ALLOC(8, 1)}},
    {BUFFER(3, 128),
     .steps = {ALLOC(8, 4), ALLOC(1, 1), RESET, ALLOC(8, 4), RESET, ALLOC(1, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(48, 1), RESET, ALLOC(48, 1), RESET, ALLOC(48, 1),
                              RESET, ALLOC(64, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(40, 1), ALLOC(40, 1), RESET, ALLOC(40, 1)}},

    /* Free. */
    {BUFFER(0, 64), .steps = {ALLOC(16, 1), ALLOC(16, 1), FREE(1), ALLOC(8, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(16, 1), ALLOC(16, 1), ALLOC(8, 1), FREE(2), FREE(1),
                              FREE(0), ALLOC(8, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(16, 1), ALLOC(16, 1), FREE(0), ALLOC(8, 1)}},
    {BUFFER(0, 128),
     .steps = {ALLOC(16, 1), ALLOC(24, 1), ALLOC(16, 1), FREE(1), ALLOC(8, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(3, 1), ALLOC(8, 16), FREE(1), ALLOC(1, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(6, 1), ALLOC(4, 2), FREE(1), ALLOC(1, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(4, 8), ALLOC(4, 1), FREE(0), ALLOC(1, 1)}},

    /* Resize. */
    {BUFFER(0, 64), .steps = {ALLOC(16, 1), ALLOC(16, 1), RESIZE(1, 8), ALLOC(4, 1)}},
    {BUFFER(0, 128), .steps = {ALLOC(16, 1), RESIZE(0, 32), ALLOC(4, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(16, 1), ALLOC(16, 1), RESIZE(1, 48), ALLOC(1, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(16, 1), ALLOC(16, 1), RESIZE(1, 49), ALLOC(8, 1)}},
    {BUFFER(0, 64),
     .steps = {ALLOC(16, 1), ALLOC(16, 1), RESIZE(1, UINT64_MAX), ALLOC(8, 1)}},
    {BUFFER(0, 64),
     .steps = {ALLOC(16, 1), ALLOC(16, 1), RESIZE(1, UINT64_MAX - 11), ALLOC(8, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(16, 1), ALLOC(16, 1), RESIZE(0, 8), ALLOC(4, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(16, 1), ALLOC(16, 1), RESIZE(0, 24), ALLOC(4, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(16, 1), ALLOC(16, 1), RESIZE(0, 16), ALLOC(4, 1)}},
    {BUFFER(0, 64), .steps = {ALLOC(24, 1), RESIZE(0, 48), ALLOC(4, 1)}},

    /* Two FBAs, and two handles of one. */
    {TWO_BUFFERS(64, 64),
     .steps = {INIT(1, 1), HANDLE(1), BY(0, 16), BY(1, 16), BY(0, 8), BY(1, 8)}},
    {TWO_BUFFERS(64, 64),
     .steps = {ALLOC(16, 1), INIT(1, 1), HANDLE(1), BY(1, 8), BY(0, 8), BY(1, 4)}},
    {BUFFER(0, 64), .steps = {HANDLE(0), BY(0, 16), BY(1, 8), BY(0, 4)}},
    {TWO_BUFFERS(64, 64),
     .steps = {INIT(1, 1), HANDLE(1), HANDLE(0), BY(1, 16), BY(0, 8), BY(2, 4)}},
};

const size_t diagnose_probe_count = sizeof diagnose_probes / sizeof diagnose_probes[0];

/* The struct of FBA `n` lies in slot n, buffer number `n` behind those of both. */
uint64_t probe_address(const struct probe *probe, size_t index)
{
    return WIRE_REGION_BASE + (PROBE_FBAS + index) * WIRE_SLOT_STRIDE +
           PROBE_BUFFER_OFFSET + probe->buffers[index].misalignment;
}

uint64_t probe_length(const struct probe *probe, const struct probe_step *step)
{
    switch (step->relative) {
    case PROBE_PLUS_ADDRESS:
        return step->len + probe_address(probe, 0);
    case PROBE_MINUS_ADDRESS:
        return step->len - probe_address(probe, 0);
    case PROBE_LENGTH:
        break;
    }
    return step->len;
}

int64_t answer_offset(uint64_t address, uint64_t buffer)
{
    const uint64_t near = (uint64_t)1 << 24;
    const bool is_near = address - buffer < near || buffer - address < near;

    return is_near ? (int64_t)(address - buffer) : ANSWER_FAR;
}

bool answer_is_end(enum answer_kind kind)
{
    return kind == ANSWER_CRASH || kind == ANSWER_WRONG || kind == ANSWER_HANG ||
           kind == ANSWER_FORBIDDEN || kind == ANSWER_MISSING || kind == ANSWER_ANY;
}

/* What is written may be what was there: only changes are seen. */
static bool writes_agree(const struct answer *imagined, const struct answer *observed)
{
    if (observed->written_from == observed->written_to) {
        return imagined->written_from == imagined->written_to || imagined->is_rewritten;
    }
    return imagined->written_from <= observed->written_from &&
           observed->written_to <= imagined->written_to;
}

bool answer_equals(const struct answer *imagined, const struct answer *observed)
{
    return imagined->kind == observed->kind && imagined->number == observed->number &&
           writes_agree(imagined, observed);
}

static bool is_same(const struct answer *first, const struct answer *second)
{
    return first->kind == second->kind && first->number == second->number &&
           first->written_from == second->written_from &&
           first->written_to == second->written_to;
}

bool probe_answers_are_same(const struct probe_answers *first,
                            const struct probe_answers *second)
{
    if (!is_same(&first->begun, &second->begun)) {
        return false;
    }
    for (size_t i = 0; i < PROBE_STEPS; i++) {
        if (!is_same(&first->steps[i], &second->steps[i])) {
            return false;
        }
    }
    return true;
}
