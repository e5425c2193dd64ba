#include "counterexample_array.h"

#include "counterexample.h"
#include "counterexample_program.h"
#include "fatal.h"
#include "judge_calls.h"
#include "session.h"
#include "suite.h"
#include "trial.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* One call of build_array, with an allocator that grants its request or does not. */
struct array_call {
    size_t n;
    bool is_refused;
};

/* Has the array no size? */
static bool is_too_long(const struct array_call *call)
{
    return call->n > SIZE_MAX / sizeof(int32_t);
}

static void expect_result(const struct array_call *call, alloc_result result)
{
    if (call->n == 0) {
        expect_array(result);
    } else if (is_too_long(call) || call->is_refused) {
        expect_no_array(result);
    } else {
        expect_counting_array(result, call->n);
    }
}

static void try_call(void *argument)
{
    const struct array_call *const call = argument;
    const bool asks = call->n > 0 && !is_too_long(call);
    struct recorder recorder;
    const allocator a = recorder_init(
        &recorder, call->is_refused || call->n == 0 ? 64 : call->n * sizeof(int32_t));

    recorder.fails = call->is_refused;
    const alloc_result result = build_array(a, call->n);
    expect_calls("alloc", recorder.alloc_calls, asks ? 1 : 0);
    if (asks) {
        expect_length(recorder.last_len, call->n * sizeof(int32_t));
        expect_alignment(recorder.last_alignment, _Alignof(int32_t));
    }
    expect_result(call, result);
    expect_calls("resize", recorder.resize_calls, 0);
    expect_calls("free", recorder.free_calls, 0);
    expect_nothing_written_around();
}

/* ---- The program ---- */

/* A pointer, so that its text lies where the handout masks texts. */
static const char *const allocator_text =
    "#include <stdint.h>\n\n"
    "static size_t alloc_calls, other_calls, asked_len, asked_alignment;\n\n"
    "static alloc_result count_alloc(void *ctx, size_t len, size_t alignment)\n"
    "{\n"
    "    alloc_calls++;\n"
    "    asked_len = len;\n"
    "    asked_alignment = alignment;\n"
    "    if (ctx == NULL || len > sizeof heap) {\n"
    "        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};\n"
    "    }\n"
    "    return (alloc_result){ALLOC_OK, heap};\n"
    "}\n\n"
    "static bool count_resize(void *ctx, void *memory, size_t len, size_t alignment,\n"
    "                         size_t new_len)\n"
    "{\n"
    "    (void)ctx, (void)memory, (void)len, (void)alignment, (void)new_len;\n"
    "    other_calls++;\n"
    "    return false;\n"
    "}\n\n"
    "static void count_free(void *ctx, void *memory, size_t len, size_t alignment)\n"
    "{\n"
    "    (void)ctx, (void)memory, (void)len, (void)alignment;\n"
    "    other_calls++;\n"
    "}\n\n";

static void write_n(size_t n, FILE *out)
{
    if (n < UINT32_MAX) {
        fprintf(out, "%zu", n);
    } else {
        fprintf(out, "(size_t)0x%zx", n);
    }
}

static void write_checks(const struct array_call *call, FILE *out)
{
    const bool is_granted = call->n > 0 && !call->is_refused && !is_too_long(call);

    fprintf(out, "    bool is_right = alloc_calls == %d && other_calls == 0;\n",
            call->n > 0 && !is_too_long(call) ? 1 : 0);
    if (call->n > 0 && !is_too_long(call)) {
        fputs("    is_right = is_right && asked_len == n * sizeof(int32_t) &&\n"
              "               asked_alignment == _Alignof(int32_t);\n",
              out);
    }
    if (is_granted) {
        fputs("    is_right = is_right && array.memory == heap;\n"
              "    for (size_t i = 0; is_right && i < n; i++) {\n"
              "        is_right = heap[i] == (int32_t)i;\n"
              "    }\n"
              "    is_right = is_right && heap[n] == -1; /* that one is not ours */\n",
              out);
    }
    fputs(is_granted || call->n == 0
              ? "    is_right = is_right && array.error == ALLOC_OK && array.memory != "
                "NULL;\n"
              : "    is_right = is_right && array.error == ALLOC_OUT_OF_MEMORY &&\n"
                "               array.memory == NULL;\n",
          out);
}

static void write_program(const struct array_call *call, FILE *out)
{
    const bool is_granted = call->n > 0 && !call->is_refused && !is_too_long(call);

    counterexample_head(out);
    fprintf(out, "\nstatic int32_t heap[%zu];\n", is_granted ? call->n + 8 : 16);
    fputs(allocator_text, out);
    fputs("int main(void)\n{\n"
          "    static const allocator_vtable table = {count_alloc, count_resize, "
          "count_free};\n",
          out);
    fprintf(out, "    const allocator a = {%s, &table};\n",
            call->is_refused ? "NULL /* it refuses */" : "heap");
    fputs("    const size_t n = ", out);
    write_n(call->n, out);
    fputs(";\n    for (size_t i = 0; i < sizeof heap / sizeof heap[0]; i++) {\n"
          "        heap[i] = -1;\n"
          "    }\n"
          "    const alloc_result array = build_array(a, n);\n",
          out);
    write_checks(call, out);
    fputs("    puts(is_right ? \"right\" : \"wrong\");\n"
          "    return is_right ? 0 : 1;\n"
          "}\n",
          out);
}

/* ---- The search ---- */

/* After so many calls that took long the rest is not tried. */
#define SLOW_CALLS 2u

static cJSON *describe(const struct array_call *call, const struct verdict *verdict)
{
    char len[64];
    char text[160];
    char *program = NULL;
    size_t bytes = 0;
    FILE *const out = open_memstream(&program, &bytes);
    cJSON *const calls = cJSON_CreateArray();

    if (out == NULL || calls == NULL) {
        fatal("out of memory");
    }
    judge_calls_describe_length(call->n, len, sizeof len);
    snprintf(text, sizeof text, "build_array(allocator, %s)%s", len,
             call->is_refused ? ", and the allocator is out of memory" : "");
    cJSON_AddItemToArray(calls, cJSON_CreateString(text));
    write_program(call, out);
    if (fclose(out) != 0) {
        fatal("out of memory");
    }
    cJSON *const object = counterexample_of_texts(
        calls, verdict->expected[0] != '\0' ? verdict->expected : "an answer",
        verdict->actual[0] != '\0' ? verdict->actual : verdict->message, program);
    free(program);
    return object;
}

struct cJSON *counterexample_of_arrays(void)
{
    static const struct array_call calls[] = {
        {1, false},
        {0, false},
        {2, false},
        {4, false},
        {4, true},
        {100, false},
        {1001, false},
        {65536, false},
        {SIZE_MAX / 4 + 1, true},
        {SIZE_MAX / 4 + 9, true},
        {SIZE_MAX, true},
        {SIZE_MAX / 4, true},
        {((size_t)1 << 30) + 1, true},
    };

    size_t slow = 0;

    for (size_t i = 0; i < sizeof calls / sizeof calls[0] && slow < SLOW_CALLS; i++) {
        struct array_call call = calls[i];
        if (!trial_run(try_call, &call)) {
            const struct verdict *const verdict = &session_current()->verdict;
            return shrink_can_show(verdict->status) ? describe(&call, verdict) : NULL;
        }
        slow += trial_was_slow();
    }
    return NULL;
}
