#include "counterexample.h"

#include "counterexample_array.h"
#include "counterexample_program.h"
#include "counterexample_words.h"
#include "fatal.h"
#include "ops.h"
#include "recorded.h"
#include "session.h"
#include "trial.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

/* cJSON and the C library answer NULL when memory is used up, and for nothing else that
 * is done here. */
static void *made(void *thing)
{
    if (thing == NULL) {
        fatal("out of memory");
    }
    return thing;
}

struct cJSON *counterexample_of_texts(struct cJSON *calls,
                                      const char *expected,
                                      const char *actual,
                                      const char *program)
{
    cJSON *const object = made(cJSON_CreateObject());

    cJSON_AddItemToObject(object, "calls", calls);
    made(cJSON_AddStringToObject(object, "expected", expected));
    made(cJSON_AddStringToObject(object, "actual", actual));
    made(cJSON_AddStringToObject(object, "program", program));
    return object;
}

static cJSON *calls_of(const struct example *example)
{
    cJSON *const calls = made(cJSON_CreateArray());

    for (size_t i = 0; i < example->sequence->count; i++) {
        char *text = NULL;
        size_t bytes = 0;
        FILE *const out = made(open_memstream(&text, &bytes));
        counterexample_call(example, i, out);
        if (fclose(out) != 0) {
            fatal("out of memory");
        }
        cJSON_AddItemToArray(calls, made(cJSON_CreateString(text)));
        free(text);
    }
    return calls;
}

static const char *expected_words(const struct failure *failure)
{
    if (failure->expected[0] != '\0') {
        return failure->expected;
    }
    return "an answer";
}

static const char *actual_words(const struct failure *failure)
{
    if (failure->actual[0] != '\0') {
        return failure->actual;
    }
    return failure->message;
}

struct cJSON *counterexample_of_sequence(const struct sequence *sequence,
                                         const struct failure *failure)
{
    struct sequence_expected expected[SEQUENCE_OPS] = {0};
    const struct example example = {sequence, expected, failure};
    char *program = NULL;
    size_t bytes = 0;
    FILE *const out = made(open_memstream(&program, &bytes));

    sequence_expect(sequence, failure->play.buffers, expected);
    counterexample_program(&example, out);
    if (fclose(out) != 0) {
        fatal("out of memory");
    }
    cJSON *const object = counterexample_of_texts(
        calls_of(&example), expected_words(failure), actual_words(failure), program);
    free(program);
    return object;
}

/* Structs that were zero hide a fba_init that forgets something. */
static bool fails_again(struct sequence *sequence,
                        struct failure *failure,
                        bool was_slow)
{
    if (shrink_try(sequence, failure)) {
        return true;
    }
    if (was_slow && trial_was_slow()) {
        return false;
    }
    sequence->is_garbage = true;
    return shrink_try(sequence, failure);
}

static bool has_array(const struct sequence *sequence)
{
    for (size_t i = 0; i < sequence->count; i++) {
        if (sequence->ops[i].kind == SEQUENCE_ARRAY) {
            return true;
        }
    }
    return false;
}

/* Has the test called build_array with an allocator of the judge? */
static bool has_built_arrays(const struct verdict *verdict)
{
    for (size_t n = 0; n < verdict->call_count; n++) {
        const struct verdict_call *const call = verdict_call_at(verdict, n);
        if (call != NULL && call->operation == OP_BUILD_ARRAY && call->about == 0) {
            return true;
        }
    }
    return false;
}

/* A variable that is gone may still look as it was, in another program. */
static bool is_about_a_lost_variable(const struct verdict *verdict)
{
    return verdict->event == WIRE_EVENT_TABLE_ON_STACK;
}

struct cJSON *counterexample_of_test(const struct test_case *test,
                                     const struct verdict *verdict)
{
    struct sequence sequence;
    struct failure failure;

    (void)test;
    const bool was_slow = trial_was_slow();
    if (!session_can_try() || !shrink_can_show(verdict->status) ||
        is_about_a_lost_variable(verdict)) {
        return NULL;
    }
    const bool has_arrays = has_built_arrays(verdict);
    const bool fails = recorded_sequence(verdict, &sequence) &&
                       fails_again(&sequence, &failure, was_slow);
    if (fails) {
        shrink(&sequence, &failure);
    }
    /* One call of build_array with a simple allocator says more than a sequence. */
    cJSON *const arrays = has_arrays || (fails && has_array(&sequence))
                              ? counterexample_of_arrays()
                              : NULL;
    if (arrays != NULL || !fails) {
        return arrays;
    }
    return counterexample_of_sequence(&sequence, &failure);
}
