#include "shrink.h"

#include "session.h"
#include "trial.h"

#include <stdio.h>
#include <string.h>

/* What a search may cost. An attempt takes some 0.2 ms, one that hangs 60. */
enum {
    ATTEMPTS = 90,
    ATTEMPTS_OF_A_HANG = 30,
    SLOW_ATTEMPTS = 4 /* that cost no more than others */
};

/* A last request that leaves, or lacks, no more than this is about what just fits. */
#define TIGHT_BYTES 64u

struct attempt {
    const struct sequence *sequence;
    struct play *play;
};

struct search {
    struct sequence *best;
    struct failure *failure;
    int attempts; /* that are left */
    int slow;     /* attempts so far that took long */
};

static void play_strictly(void *argument)
{
    static const struct tolerance none;
    struct attempt *const attempt = argument;

    sequence_play(attempt->sequence, &none, attempt->play);
}

bool shrink_can_show(enum verdict_status status)
{
    return status == VERDICT_FAIL || status == VERDICT_CRASH ||
           status == VERDICT_TIMEOUT || status == VERDICT_UNDEFINED_BEHAVIOUR;
}

bool shrink_try(const struct sequence *sequence, struct failure *failure)
{
    const struct verdict *const verdict = &session_current()->verdict;
    struct attempt attempt = {sequence, &failure->play};

    failure->play = (struct play){0};
    trial_run(play_strictly, &attempt);
    failure->status = verdict->status;
    failure->strays =
        verdict->status == VERDICT_CRASH && verdict->offence.what[0] != '\0';
    memcpy(failure->message, verdict->message, sizeof failure->message);
    memcpy(failure->expected, verdict->expected, sizeof failure->expected);
    memcpy(failure->actual, verdict->actual, sizeof failure->actual);
    return shrink_can_show(failure->status);
}

/* What comes after the failure has no part in it. Bytes are looked at in the end. */
static void cut_tail(struct sequence *sequence, const struct failure *failure)
{
    const size_t kept = failure->play.count + 1;

    if (failure->play.difference != DIFFERENCE_BYTES &&
        failure->play.difference != DIFFERENCE_ELEMENTS && kept < sequence->count) {
        sequence_remove(sequence, kept, sequence->count);
    }
}

/* What the last attempt takes off those that are left. */
static int cost(struct search *search, const struct failure *failure)
{
    search->slow += failure->status != VERDICT_TIMEOUT && trial_was_slow();
    return failure->status == VERDICT_TIMEOUT || search->slow > SLOW_ATTEMPTS
               ? ATTEMPTS_OF_A_HANG
               : 1;
}

/* Is `candidate` as good? Then it is the best. */
static bool accept(struct search *search, struct sequence *candidate)
{
    struct failure failure;

    sequence_tidy(candidate);
    if (search->attempts <= 0 || candidate->count == 0) {
        return false;
    }
    const bool fails = shrink_try(candidate, &failure);
    search->attempts -= cost(search, &failure);
    if (!fails || failure.status != search->failure->status ||
        failure.play.difference != search->failure->play.difference) {
        return false;
    }
    cut_tail(candidate, &failure);
    *search->best = *candidate;
    *search->failure = failure;
    return true;
}

/* ---- A last request that just fits, or just does not, is kept so ---- */

static void expect_all(const struct sequence *sequence,
                       struct sequence_expected expected[SEQUENCE_OPS])
{
    uint64_t memories[SEQUENCE_MEMORIES];

    for (size_t i = 0; i < sequence->memory_count; i++) {
        memories[i] = WIRE_REGION_BASE + (SEQUENCE_FBAS + i) * WIRE_SLOT_STRIDE +
                      sequence->memories[i].offset;
    }
    sequence_expect(sequence, memories, expected);
}

/* Is the last operation a request with a length? */
static bool ends_with_request(const struct sequence *sequence)
{
    const struct sequence_op *const end = sequence->ops + sequence->count;

    return sequence->count > 0 &&
           (end[-1].kind == SEQUENCE_ALLOC || end[-1].kind == SEQUENCE_RESIZE);
}

/* How many bytes the last request leaves; false if it is not granted. */
static bool leaves(const struct sequence *sequence, uint64_t *left)
{
    struct sequence_expected expected[SEQUENCE_OPS];
    const size_t last = sequence->count - 1;

    expect_all(sequence, expected);
    *left = expected[last].left;
    return sequence->ops[last].kind == SEQUENCE_ALLOC ? expected[last].memory != 0
                                                      : expected[last].is_resized;
}

/* The longest last request that fits. */
static bool longest(const struct sequence *sequence, uint64_t *len)
{
    struct sequence shorter = *sequence;
    uint64_t left = 0;

    shorter.ops[shorter.count - 1].len = 1;
    if (!leaves(&shorter, &left)) {
        return false;
    }
    *len = 1 + left;
    return true;
}

/* How much shorter (or, negative, longer) the last request is than what just fits. */
static bool is_tight(const struct sequence *sequence, int64_t *spare)
{
    uint64_t most = 0;

    if (!ends_with_request(sequence) || !longest(sequence, &most)) {
        return false;
    }
    *spare = (int64_t)(most - sequence->ops[sequence->count - 1].len);
    return *spare <= (int64_t)TIGHT_BYTES && *spare >= -(int64_t)TIGHT_BYTES;
}

static bool fit_and_accept(struct search *search, struct sequence *candidate)
{
    int64_t spare = 0;
    uint64_t most = 0;

    if (is_tight(search->best, &spare)) {
        sequence_tidy(candidate);
        if (candidate->count > 0 && ends_with_request(candidate) &&
            longest(candidate, &most) && (int64_t)most > spare) {
            candidate->ops[candidate->count - 1].len = most - (uint64_t)spare;
        }
    }
    return accept(search, candidate);
}

/* ---- Fewer operations ---- */

/* Does the last operation, which fails, survive? */
static bool has_lost_its_end(const struct search *search,
                             const struct sequence *candidate)
{
    const struct sequence_op *const last = search->best->ops + search->best->count;
    const struct sequence_op *const now = candidate->ops + candidate->count;

    return candidate->count == 0 ||
           (search->failure->play.difference != DIFFERENCE_BYTES &&
            (now[-1].kind != last[-1].kind || now[-1].len != last[-1].len ||
             now[-1].alignment != last[-1].alignment));
}

static bool remove_some(struct search *search, size_t size)
{
    bool has_changed = false;

    for (size_t to = search->best->count; to > 0 && search->attempts > 0;) {
        struct sequence candidate = *search->best;
        const size_t from = to > size ? to - size : 0;
        sequence_remove(&candidate, from, to);
        if (!has_lost_its_end(search, &candidate) &&
            fit_and_accept(search, &candidate)) {
            has_changed = true;
        }
        to = from < search->best->count ? from : search->best->count;
    }
    return has_changed;
}

static void remove_operations(struct search *search)
{
    for (size_t size = search->best->count / 2; size > 1; size /= 2) {
        remove_some(search, size);
    }
    while (remove_some(search, 1)) {
    }
}

static bool is_plain_request(const struct sequence *sequence, size_t index, size_t fba)
{
    const struct sequence_op *const op = &sequence->ops[index];

    return op->kind == SEQUENCE_ALLOC && op->fba == fba && op->len < UINT32_MAX;
}

/* Where a buffer must be nearly full, one long block does what many short ones do. */
static void merge_requests(struct search *search, size_t size)
{
    for (size_t at = 0; at + size < search->best->count && search->attempts > 0; at++) {
        struct sequence candidate = *search->best;
        const size_t fba = candidate.ops[at].fba;
        size_t merged = 0;
        while (merged <= size && is_plain_request(&candidate, at + merged, fba)) {
            candidate.ops[at].len += merged > 0 ? candidate.ops[at + merged].len : 0;
            merged++;
        }
        if (merged > size) {
            sequence_remove(&candidate, at + 1, at + 1 + size);
            accept(search, &candidate);
        }
    }
}

/* An allocator obtained earlier will do, unless that is the matter. */
static void share_handles(struct search *search)
{
    for (size_t at = search->best->count; at-- > 0 && search->attempts > 0;) {
        struct sequence candidate = *search->best;
        size_t earlier = at;
        if (at >= candidate.count || candidate.ops[at].kind != SEQUENCE_HANDLE) {
            continue;
        }
        while (earlier-- > 0 && (candidate.ops[earlier].kind != SEQUENCE_HANDLE ||
                                 candidate.ops[earlier].fba != candidate.ops[at].fba)) {
        }
        if (earlier > at) {
            continue; /* it is the first */
        }
        for (size_t i = at + 1; i < candidate.count; i++) {
            candidate.ops[i].handle =
                candidate.ops[i].handle == at ? earlier : candidate.ops[i].handle;
        }
        sequence_remove(&candidate, at, at + 1);
        accept(search, &candidate);
    }
}

/* ---- Smaller numbers ---- */

static bool change_len(struct search *search, size_t index, uint64_t len)
{
    struct sequence candidate = *search->best;
    int64_t spare = 0;

    candidate.ops[index].len = len;
    if (candidate.ops[index].kind == SEQUENCE_INIT) {
        candidate.memories[candidate.ops[index].memory].bytes = len == 0 ? 1 : len;
    }
    return index + 1 == candidate.count || !is_tight(search->best, &spare)
               ? accept(search, &candidate)
               : fit_and_accept(search, &candidate);
}

static void shorten(struct search *search, size_t index)
{
    static const uint64_t lens[] = {1, 16, 64, 256, 1024};

    for (size_t i = 0; i < sizeof lens / sizeof lens[0]; i++) {
        if (index >= search->best->count || lens[i] >= search->best->ops[index].len ||
            change_len(search, index, lens[i])) {
            return;
        }
    }
}

static void align_less(struct search *search, size_t index)
{
    static const uint64_t alignments[] = {1, 2, 16, 64};

    for (size_t i = 0; i < sizeof alignments / sizeof alignments[0]; i++) {
        struct sequence candidate = *search->best;
        if (index >= candidate.count || candidate.ops[index].kind != SEQUENCE_ALLOC ||
            alignments[i] >= candidate.ops[index].alignment) {
            return;
        }
        candidate.ops[index].alignment = alignments[i];
        if (fit_and_accept(search, &candidate)) {
            return;
        }
    }
}

static void move_buffers(struct search *search)
{
    static const uint64_t offsets[] = {0, 1, 16};

    for (size_t memory = 0; memory < search->best->memory_count; memory++) {
        for (size_t i = 0; i < sizeof offsets / sizeof offsets[0]; i++) {
            struct sequence candidate = *search->best;
            if (memory >= candidate.memory_count ||
                offsets[i] == candidate.memories[memory].offset % 4096) {
                break;
            }
            /* With room for bytes that are written before it. */
            candidate.memories[memory].offset = 4096 + offsets[i];
            if (fit_and_accept(search, &candidate)) {
                break;
            }
        }
    }
}

void shrink(struct sequence *sequence, struct failure *failure)
{
    struct search search = {sequence, failure, ATTEMPTS, 0};

    if (failure->status == VERDICT_TIMEOUT) {
        search.attempts = 2 * ATTEMPTS_OF_A_HANG;
    }
    /* Not tidied: what the failure knows of buffers goes by the numbers they had. */
    cut_tail(sequence, failure);
    for (size_t size = sequence->count / 2; size > 3; size /= 2) {
        merge_requests(&search, size);
    }
    remove_operations(&search);
    share_handles(&search);
    for (size_t size = 3; size > 0 && sequence->count > 6; size--) {
        merge_requests(&search, size);
    }
    move_buffers(&search);
    for (size_t i = sequence->count; i-- > 0;) {
        align_less(&search, i);
        shorten(&search, i);
    }
    remove_operations(&search);
}
