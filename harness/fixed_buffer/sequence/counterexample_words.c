#include "counterexample_words.h"

#include "judge_calls.h"

#include <inttypes.h>

/* Further from a buffer, an address has nothing to do with it. */
#define NEAR ((uint64_t)1 << 19)

static void write_len(uint64_t len, FILE *out)
{
    char text[NAME_BYTES];

    judge_calls_describe_length(len, text, sizeof text);
    fputs(text, out);
}

static void write_alignment(uint64_t alignment, FILE *out)
{
    if (alignment > (uint64_t)1 << 20) {
        fprintf(out, "2^%d", __builtin_ctzll(alignment));
    } else {
        fprintf(out, "%" PRIu64, alignment);
    }
}

static void write_address(const struct example *example, uint64_t address, FILE *out)
{
    if (address == 0) {
        fputs("NULL", out);
        return;
    }
    for (size_t i = 0; i < example->sequence->memory_count; i++) {
        const uint64_t buffer = example->failure->play.buffers[i];
        char name[NAME_BYTES];
        if (address + NEAR - buffer < 2 * NEAR) {
            fprintf(out, "%s%c%" PRIu64, name_buffer(i, name),
                    address < buffer ? '-' : '+',
                    address < buffer ? buffer - address : address - buffer);
            return;
        }
    }
    fputs("memory that is in no buffer", out);
}

/* The answer that was given: up to the failure, the one that the contract asks for. */
static void write_result(const struct example *example, size_t index, FILE *out)
{
    const struct failure *const failure = example->failure;
    const bool is_other = index == failed_operation(example) &&
                          failure->status == VERDICT_FAIL &&
                          failure->play.difference != DIFFERENCE_BYTES &&
                          failure->play.difference != DIFFERENCE_ELEMENTS;
    const uint64_t memory = example->expected[index].memory;
    const uint64_t right[2] = {memory == 0 ? 1 : 0, memory};
    const uint64_t *const answer = is_other ? failure->play.answer : right;
    char error[NAME_BYTES];

    if (answer[0] == 0) {
        write_address(example, answer[1], out);
    } else if (answer[0] == 1) {
        fputs(answer[1] == 0 ? "out of memory" : "out of memory, memory not NULL", out);
    } else {
        judge_calls_describe_error(answer[0], error, sizeof error);
        fputs(error, out);
    }
}

static void write_bool(const struct example *example, size_t index, FILE *out)
{
    const bool is_wrong = index == failed_operation(example) &&
                          example->failure->status == VERDICT_FAIL &&
                          example->failure->play.difference != DIFFERENCE_BYTES;
    const bool is_true = example->expected[index].is_resized != is_wrong;

    fputs(is_true ? "true" : "false", out);
}

static void write_answer(const struct example *example, size_t index, FILE *out)
{
    const struct sequence_op *const op = &example->sequence->ops[index];
    const struct sequence_memory *memory = NULL;

    if (index == failed_operation(example) &&
        example->failure->status != VERDICT_FAIL) {
        fputs(" -> no answer", out);
        return;
    }
    switch (op->kind) {
    case SEQUENCE_INIT:
        memory = &example->sequence->memories[op->memory];
        /* Where alignment is the matter, the address is. */
        if (memory->offset % 64 != 0) {
            fprintf(out, ", %" PRIu64 " past a multiple of 4096",
                    memory->offset % 4096);
        }
        return;
    case SEQUENCE_ALLOC:
    case SEQUENCE_ARRAY:
        fputs(" -> ", out);
        write_result(example, index, out);
        return;
    case SEQUENCE_RESIZE:
        fputs(" -> ", out);
        write_bool(example, index, out);
        return;
    case SEQUENCE_HANDLE:
    case SEQUENCE_RESET:
    case SEQUENCE_FREE:
        return;
    }
}

/* A call through an allocator; of one of several, its name comes first. */
static void write_request(const struct example *example, size_t index, FILE *out)
{
    const struct sequence *const sequence = example->sequence;
    const struct sequence_op *const op = &sequence->ops[index];
    const struct sequence_expected *const expected = &example->expected[index];
    char fba[NAME_BYTES];

    if (sequence->fba_count > 1) {
        fprintf(out, "%s: ", name_fba(op->fba, fba));
    }
    if (op->kind == SEQUENCE_ARRAY) {
        fputs("build_array(fba's allocator, ", out);
        write_len(op->len, out);
    } else if (op->kind == SEQUENCE_ALLOC) {
        fputs("alloc(", out);
        write_len(op->len, out);
        fputs(", align ", out);
        write_alignment(op->alignment, out);
    } else {
        fputs(op->kind == SEQUENCE_FREE ? "free(" : "resize(", out);
        write_address(example, expected->memory, out);
        fprintf(out, ", %" PRIu64 ", align ", expected->len);
        write_alignment(expected->alignment, out);
        if (op->kind == SEQUENCE_RESIZE) {
            fputs(", to ", out);
            write_len(op->len, out);
        }
    }
    fputs(")", out);
}

void counterexample_call(const struct example *example, size_t index, FILE *out)
{
    const struct sequence_op *const op = &example->sequence->ops[index];
    char fba[NAME_BYTES];
    char buffer[NAME_BYTES];

    name_fba(op->fba, fba);
    switch (op->kind) {
    case SEQUENCE_INIT:
        fprintf(out, "fba_init(%s, %s, %" PRIu64 ")", fba,
                name_buffer(op->memory, buffer), op->len);
        break;
    case SEQUENCE_HANDLE:
        fprintf(out, "fba_allocator(%s)", fba);
        break;
    case SEQUENCE_RESET:
        fprintf(out, "fba_reset(%s)", fba);
        break;
    case SEQUENCE_ALLOC:
    case SEQUENCE_RESIZE:
    case SEQUENCE_FREE:
    case SEQUENCE_ARRAY:
        write_request(example, index, out);
        break;
    }
    write_answer(example, index, out);
}
