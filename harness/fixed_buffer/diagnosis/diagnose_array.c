#include "diagnose_array.h"

#include <string.h>

const struct array_question diagnose_questions[ARRAY_QUESTIONS] = {
    {.n = 1},
    {.n = 5},
    {.n = 100},
    {.n = 300},
    {.n = 3000},
    {.n = 65536},
    {.n = 5, .fails = true},
    {.n = 0},
    {.n = 0, .fails = true},
    {.n = UINT64_MAX / 4 + 9, .fails = true},
    {.n = ((uint64_t)1 << 30) + 2, .fails = true},
    {.n = 5, .is_fba = true},
};

bool array_equals(const struct array_answer *imagined,
                  const struct array_answer *observed)
{
    /* Nothing is known of its end: what it asked for until then has to do. */
    if (imagined->kind == ANSWER_ANY) {
        return imagined->allocs <= observed->allocs &&
               imagined->resizes <= observed->resizes &&
               imagined->frees <= observed->frees &&
               (imagined->len == 0 || imagined->len == observed->len) &&
               (imagined->alignment == 0 || imagined->alignment == observed->alignment);
    }
    if (imagined->kind != observed->kind) {
        return false;
    }
    return imagined->kind != ANSWER_NOTHING ||
           (imagined->allocs == observed->allocs &&
            imagined->resizes == observed->resizes &&
            imagined->frees == observed->frees && imagined->len == observed->len &&
            imagined->alignment == observed->alignment &&
            imagined->is_error == observed->is_error &&
            imagined->is_ok == observed->is_ok &&
            imagined->memory == observed->memory &&
            memcmp(imagined->first, observed->first, sizeof imagined->first) == 0 &&
            imagined->last == observed->last && imagined->behind == observed->behind);
}
