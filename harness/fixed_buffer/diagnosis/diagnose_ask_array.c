#include "diagnose_ask.h"
#include "fba.h"
#include "ops.h"
#include "served.h"
#include "session.h"
#include "suite.h"
#include "trial.h"

#include <string.h>

#define NUMBER(pointer) ((uint64_t)(uintptr_t)(pointer))

struct asking_array {
    const struct array_question *question;
    struct array_answer *answer;
    struct recorder recorder;
    unsigned char *memory; /* where the array is to begin */
    size_t bytes;          /* there */
};

/* What `a` is to the subject: an index of the judge's, or the two of its own. */
static void call_build_array(const struct asking_array *asking,
                             uint64_t ctx,
                             uint64_t vtable,
                             uint64_t answer[WIRE_VALUES])
{
    diagnose_call(OP_BUILD_ARRAY,
                  (const uint64_t[WIRE_VALUES]){ctx, vtable, asking->question->n},
                  answer);
}

static int32_t element_at(const struct asking_array *asking, size_t offset)
{
    int32_t element = 0;

    if (offset <= asking->bytes - sizeof element) {
        memcpy(&element, asking->memory + offset, sizeof element);
    }
    return element;
}

static void take_elements(const struct asking_array *asking, uint64_t n)
{
    struct array_answer *const answer = asking->answer;

    for (size_t i = 0; i < ARRAY_FIRST && i < n; i++) {
        answer->first[i] = element_at(asking, i * sizeof(int32_t));
    }
    answer->last = element_at(asking, (n - 1) * sizeof(int32_t));
    answer->behind = n * sizeof(int32_t) < asking->bytes
                         ? element_at(asking, n * sizeof(int32_t))
                         : ARRAY_UNTOUCHED;
}

static void take_answer(const struct asking_array *asking,
                        const uint64_t claimed[WIRE_VALUES])
{
    struct array_answer *const answer = asking->answer;
    const uint64_t n = asking->question->n;

    answer->is_ok = claimed[0] == ALLOC_OK;
    answer->is_error = claimed[0] == ALLOC_OUT_OF_MEMORY;
    answer->memory = ARRAY_OTHER;
    if (claimed[1] == 0) {
        answer->memory = ARRAY_NULL;
    } else if (claimed[1] == NUMBER(asking->memory)) {
        answer->memory = ARRAY_FIRST_BLOCK;
    }
    if (answer->memory == ARRAY_FIRST_BLOCK && answer->is_ok && n > 0 &&
        n <= asking->bytes / sizeof(int32_t)) {
        take_elements(asking, n);
    }
    answer->kind = ANSWER_NOTHING;
}

static void ask_of_recorder(struct asking_array *asking)
{
    uint64_t answer[WIRE_VALUES];

    const allocator a = recorder_init(&asking->recorder, ARRAY_HEAP);
    asking->recorder.fails = asking->question->fails;
    asking->memory = asking->recorder.heap;
    asking->bytes = ARRAY_HEAP;
    memset(asking->memory, ARRAY_UNTOUCHED & 0xff, ARRAY_HEAP);
    call_build_array(asking, served_open(a), 0, answer);
    served_close();
    take_answer(asking, answer);
}

static void ask_of_fba(struct asking_array *asking)
{
    const uint64_t fba = NUMBER(fba_uninitialised());
    uint64_t answer[WIRE_VALUES];

    asking->bytes = PROBE_WATCHED;
    asking->memory =
        session_place(asking->bytes, REGION_AT_START, PROBE_BUFFER_OFFSET, "buffer");
    memset(asking->memory, ARRAY_UNTOUCHED & 0xff, asking->bytes);
    diagnose_call(
        OP_FBA_INIT,
        (const uint64_t[WIRE_VALUES]){fba, NUMBER(asking->memory), asking->bytes},
        answer);
    diagnose_call(OP_FBA_ALLOCATOR, (const uint64_t[WIRE_VALUES]){fba}, answer);
    call_build_array(asking, answer[0], answer[1], answer);
    take_answer(asking, answer);
}

/* What build_array has asked for in the calls from number `first` on, noted by the
 * channel. */
static void take_requests(struct array_answer *answer, size_t first)
{
    const struct verdict *const verdict = &session_current()->verdict;

    for (size_t i = first; i < verdict->call_count; i++) {
        const struct verdict_call *const made = verdict_call_at(verdict, i);
        if (made == NULL) {
            continue;
        }
        if (made->operation == OP_CALLBACK_ALLOC && answer->allocs++ == 0) {
            answer->len = made->values[1];
            answer->alignment = made->values[2];
        }
        answer->resizes += made->operation == OP_CALLBACK_RESIZE;
        answer->frees += made->operation == OP_CALLBACK_FREE;
    }
}

/* Several questions that are put to one child. */
struct series {
    const struct array_question *questions;
    size_t count;
    enum ask_order order;
    struct array_answer *answers;
    struct asking_array asking; /* the one that is under way */
    size_t first_call;          /* of it */
};

static void ask_series(void *argument)
{
    struct series *const series = argument;

    for (size_t i = 0; i < series->count; i++) {
        const size_t at = series->order == ASK_FORWARDS ? i : series->count - 1 - i;
        struct asking_array *const asking = &series->asking;
        *asking = (struct asking_array){.question = &series->questions[at],
                                        .answer = &series->answers[at]};
        series->first_call = session_current()->verdict.call_count;
        served_forget();
        region_clear(&session_current()->region);
        if (asking->question->is_fba) {
            ask_of_fba(asking);
        } else {
            ask_of_recorder(asking);
        }
        take_requests(asking->answer, series->first_call);
    }
}

bool diagnose_ask_arrays(const struct array_question *questions,
                         size_t count,
                         enum ask_order order,
                         struct array_answer *answers)
{
    struct series series = {
        .questions = questions, .count = count, .order = order, .answers = answers};

    for (size_t i = 0; i < count; i++) {
        answers[i] = (struct array_answer){.kind = ANSWER_SKIPPED};
    }
    if (trial_run(ask_series, &series)) {
        return true;
    }
    *series.asking.answer = (struct array_answer){.kind = diagnose_end()};
    take_requests(series.asking.answer, series.first_call);
    return false;
}
