#include "counterexample_clause.h"

#include "counterexample_names.h"

/* What had to happen before the call that failed. */
struct before {
    bool has_reset, has_refusal, has_free, has_resize, has_init_again, has_others;
};

static struct before before(const struct example *example, size_t failed)
{
    const struct sequence *const sequence = example->sequence;
    struct before before = {.has_others = sequence->fba_count > 1};
    size_t inits = 0;

    for (size_t i = 0; i < failed; i++) {
        const enum sequence_kind kind = sequence->ops[i].kind;
        inits += kind == SEQUENCE_INIT;
        before.has_reset = before.has_reset || kind == SEQUENCE_RESET;
        before.has_free = before.has_free || kind == SEQUENCE_FREE;
        before.has_resize = before.has_resize || kind == SEQUENCE_RESIZE;
        before.has_refusal = before.has_refusal || (kind == SEQUENCE_ALLOC &&
                                                    example->expected[i].memory == 0);
    }
    before.has_init_again = inits > sequence->fba_count;
    return before;
}

static const char *resize_clause(const struct example *example, size_t failed)
{
    const struct sequence_op *const op = &example->sequence->ops[failed];

    for (size_t i = op->block + 1; i < failed; i++) {
        if (example->sequence->ops[i].kind == SEQUENCE_ALLOC &&
            example->sequence->ops[i].fba == op->fba) {
            return "FRE-7";
        }
    }
    return op->len < example->expected[failed].len ? "FRE-5" : "FRE-6";
}

/* A request that fails after other calls than requests: those are the matter. */
static const char *clause_of_before(const struct before *before)
{
    if (before->has_others) {
        return "POL-1";
    }
    if (before->has_reset) {
        return "RES-1";
    }
    if (before->has_resize) {
        return "FRE-8";
    }
    if (before->has_free) {
        return "FRE-3";
    }
    if (before->has_refusal) {
        return "OOM-2";
    }
    return before->has_init_again ? "CAP-7" : NULL;
}

static const char *granted_clause(const struct sequence_op *op)
{
    if (op->alignment > (uint64_t)1 << 20) {
        return "OOM-4";
    }
    return op->len >= (uint64_t)1 << 31 ? "OOM-3" : "OOM-1";
}

static const char *place_clause(const struct example *example, size_t failed)
{
    const struct play *const play = &example->failure->play;
    const uint64_t alignment = play->expected.alignment;
    const uint64_t buffer = play->buffers[buffer_of(example->sequence, failed)];

    if (play->answer[1] % alignment != 0) {
        return buffer % alignment != 0 ? "ALI-2" : "ALI-1";
    }
    if (alignment > 1) {
        return "ALI-3";
    }
    return play->answer[1] < play->expected.memory ? "CAP-3" : "CAP-4";
}

static const char *request_clause(const struct example *example, size_t failed)
{
    const struct sequence_op *const op = &example->sequence->ops[failed];

    switch (example->failure->play.difference) {
    case DIFFERENCE_PLACE:
        return place_clause(example, failed);
    case DIFFERENCE_REFUSED:
        return op->alignment > 1 ? "ALI-4" : "CAP-1";
    case DIFFERENCE_GRANTED:
        return granted_clause(op);
    case DIFFERENCE_ELEMENTS:
        return "POL-4";
    case DIFFERENCE_NONE:
    case DIFFERENCE_POINTER:
    case DIFFERENCE_NO_ERROR:
    case DIFFERENCE_RESIZED:
    case DIFFERENCE_KEPT:
    case DIFFERENCE_NO_BOOL:
    case DIFFERENCE_BYTES:
        break;
    }
    return example->expected[failed].memory == 0 ? "OOM-1" : "CAP-2";
}

const char *counterexample_clause(const struct sequence *sequence,
                                  const struct failure *failure)
{
    struct sequence_expected expected[SEQUENCE_OPS];
    const struct example example = {sequence, expected, failure};
    const size_t failed = failed_operation(&example);

    sequence_expect(sequence, failure->play.buffers, expected);
    const struct before calls_before = before(&example, failed);
    const char *const clause = clause_of_before(&calls_before);

    if (failure->play.difference == DIFFERENCE_BYTES) {
        return sequence->ops[failed].kind == SEQUENCE_RESET ? "RES-3" : "CAP-5";
    }
    switch (sequence->ops[failed].kind) {
    case SEQUENCE_INIT:
        return "CAP-7";
    case SEQUENCE_HANDLE:
        return "POL-2";
    case SEQUENCE_RESET:
        return "RES-5";
    case SEQUENCE_FREE:
        return "FRE-1";
    case SEQUENCE_RESIZE:
        return resize_clause(&example, failed);
    case SEQUENCE_ALLOC:
    case SEQUENCE_ARRAY:
        break;
    }
    return clause != NULL ? clause : request_clause(&example, failed);
}
