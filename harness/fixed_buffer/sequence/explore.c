#include "explore.h"

#include "counterexample.h"
#include "counterexample_clause.h"
#include "fatal.h"
#include "sequence_mix.h"

#include <cjson/cJSON.h>

static void *made(void *thing)
{
    if (thing == NULL) {
        fatal("out of memory");
    }
    return thing;
}

/* Of everything something: any address, capacity, length and alignment. The second
 * fills small buffers again and again, the first has room. */
static const struct sequence_mix mixes[] = {
    {
        .operations = 400,
        .fbas = 3,
        .rounds = 2,
        .offset_least = 4096,
        .offset_most = 8192,
        .offset_unit = 1,
        .capacity_least = 0,
        .capacity_most = 6000,
        .len_least = 1,
        .len_most = 300,
        .len_unit = 1,
        .alignment_most = 12,
        .has_huge_alignments = true,
        .shares = {14, 18, 2, 1, 3, 6, 14},
    },
    {
        .operations = 400,
        .fbas = 2,
        .rounds = 3,
        .offset_least = 65536 - 40,
        .offset_most = 65536 + 40,
        .offset_unit = 1,
        .capacity_least = 0,
        .capacity_most = 160,
        .len_least = 1,
        .len_most = 24,
        .len_unit = 1,
        .alignment_most = 5,
        .has_huge_alignments = true,
        .shares = {14, 18, 4, 4, 3, 6, 14},
    },
};

static void add_text_or_null(cJSON *object, const char *key, const char *text)
{
    made(text[0] == '\0' ? cJSON_AddNullToObject(object, key)
                         : cJSON_AddStringToObject(object, key, text));
}

static cJSON *finding_of(const struct sequence *sequence, const struct failure *failure)
{
    cJSON *const object = made(cJSON_CreateObject());

    made(cJSON_AddStringToObject(object, "message", failure->message));
    made(cJSON_AddStringToObject(object, "clause",
                                 counterexample_clause(sequence, failure)));
    add_text_or_null(object, "expected", failure->expected);
    add_text_or_null(object, "actual", failure->actual);
    cJSON_AddItemToObject(object, "counterexample",
                          counterexample_of_sequence(sequence, failure));
    return object;
}

struct cJSON *explore(uint64_t seed)
{
    struct sequence sequence;
    struct failure failure;

    for (size_t i = 0; i < sizeof mixes / sizeof mixes[0]; i++) {
        sequence_random(&sequence, &mixes[i], seed + i);
        sequence.is_garbage = true;
        if (shrink_try(&sequence, &failure)) {
            cJSON *const findings = made(cJSON_CreateArray());
            shrink(&sequence, &failure);
            cJSON_AddItemToArray(findings, finding_of(&sequence, &failure));
            return findings;
        }
    }
    return NULL;
}
