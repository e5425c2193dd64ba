/*
 * Diagnosis, without a submission: what each mistake would have answered is taken for
 * what was observed, and has to be recognised as that mistake and no other.
 */
#include "causes.h"
#include "diagnose_fit.h"
#include "model.h"
#include "run_tests.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where nobody can say what comes, a submission may well crash. */
static void settle(struct answer *answer)
{
    answer->kind = answer->kind == ANSWER_ANY ? ANSWER_CRASH : answer->kind;
}

/* Observations of a submission with these mistakes. */
static struct observations observe(const struct mistake mistakes[MISTAKES])
{
    struct observations observations;

    ck_assert_int_eq(observations_init(&observations), 0);
    for (size_t i = 0; i < diagnose_probe_count; i++) {
        causes_imagine(mistakes, &diagnose_probes[i], &observations.observed[i]);
        for (size_t step = 0; step < PROBE_STEPS; step++) {
            settle(&observations.observed[i].steps[step]);
        }
    }
    for (size_t i = 0; i < ARRAY_QUESTIONS; i++) {
        struct array_answer *const answer = &observations.observed_array[i];
        causes_imagine_array(mistakes, &diagnose_questions[i], answer);
        answer->kind = answer->kind == ANSWER_ANY ? ANSWER_WRONG : answer->kind;
    }
    observations_compare(&observations);
    return observations;
}

/* Says what is not as it should be; 0 if all is. */
static int check_recognised(const struct mistake *mistake)
{
    const struct mistake mistakes[MISTAKES] = {*mistake};
    struct observations observations = observe(mistakes);
    const struct explanation explanation = observations_explain(&observations);
    const char *const id = mistake->cause->id;
    char name[96];
    int wrong = 0;

    snprintf(name, sizeof name, "%s/%llu", id, (unsigned long long)mistake->number);
    if (observations.deviating == 0) {
        fprintf(stderr, "%s: no probe shows it\n", name);
        wrong = 1;
    } else if (explanation.count == 0 || explanation.is_pair) {
        fprintf(stderr, "%s: not recognised\n", name);
        wrong = 1;
    }
    for (size_t i = 0; i < explanation.count && wrong == 0; i++) {
        const char *const named = explanation.mistakes[i].cause->id;
        if (strcmp(named, id) != 0) {
            fprintf(stderr, "%s: taken for %s\n", name, named);
            wrong = 1;
        }
    }
    observations_release(&observations);
    return wrong;
}

START_TEST(each_mistake_is_recognised_as_itself_and_nothing_else)
{
    int wrong = 0;

    for (size_t i = 0; causes_at(i) != NULL; i++) {
        const struct cause *const cause = causes_at(i);
        for (size_t n = 0; n < causes_numbers(cause); n++) {
            wrong += check_recognised(&(struct mistake){cause, cause->numbers[n]});
        }
    }
    ck_assert_int_eq(wrong, 0);
}
END_TEST

START_TEST(a_right_submission_has_no_cause)
{
    const struct mistake nothing[MISTAKES] = {{0}};
    struct observations observations = observe(nothing);

    ck_assert_uint_eq(observations.deviating, 0);
    ck_assert_uint_eq(observations_explain(&observations).count, 0);
    observations_release(&observations);
}
END_TEST

static const struct cause *find(const char *id)
{
    for (size_t i = 0; causes_at(i) != NULL; i++) {
        if (strcmp(causes_at(i)->id, id) == 0) {
            return causes_at(i);
        }
    }
    ck_abort_msg("there is no cause %s", id);
}

START_TEST(two_mistakes_are_both_found_and_less_is_claimed)
{
    static const char *const pairs[][2] = {
        {"exact_fit_refused", "reset_does_nothing"},
        {"aligns_the_offset", "free_does_nothing"},
        {"never_grows", "array_counts_from_one"},
        {"end_offset_wraps", "last_init_wins"},
    };

    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        const struct mistake mistakes[MISTAKES] = {{find(pairs[i][0]), 0},
                                                   {find(pairs[i][1]), 0}};
        struct observations observations = observe(mistakes);
        const struct explanation explanation = observations_explain(&observations);
        ck_assert_uint_eq(explanation.count, 2);
        ck_assert(explanation.is_pair);
        ck_assert_int_eq(explanation.confidence, CONFIDENCE_MEDIUM);
        const char *const first = explanation.mistakes[0].cause->id;
        const char *const second = explanation.mistakes[1].cause->id;
        ck_assert(
            (strcmp(first, pairs[i][0]) == 0 && strcmp(second, pairs[i][1]) == 0) ||
            (strcmp(first, pairs[i][1]) == 0 && strcmp(second, pairs[i][0]) == 0));
        observations_release(&observations);
    }
}
END_TEST

/* Answers that no table explains: nothing is better than a guess. */
START_TEST(what_nothing_explains_has_no_cause)
{
    const struct mistake nothing[MISTAKES] = {{0}};
    struct observations observations = observe(nothing);

    for (size_t i = 0; i < diagnose_probe_count; i++) {
        for (size_t step = 0; step < PROBE_STEPS; step++) {
            struct answer *const answer = &observations.observed[i].steps[step];
            answer->number += answer->kind == ANSWER_BLOCK ? 7 * (int64_t)i + 3 : 0;
        }
    }
    observations_compare(&observations);
    ck_assert_uint_gt(observations.deviating, 0);
    ck_assert_uint_eq(observations_explain(&observations).count, 0);
    observations_release(&observations);
}
END_TEST

/* ---- The rules of the contract are the model's ---- */

struct model_block {
    bool exists;
    uint64_t address, len;
};

static struct answer ask_model(struct model *model,
                               struct model_block blocks[PROBE_BLOCKS],
                               size_t *asked,
                               const struct probe *probe,
                               const struct probe_step *step)
{
    struct model_block *const block =
        &blocks[step->call == PROBE_ALLOC ? (*asked)++ : step->block];
    struct answer answer = {.kind = ANSWER_NOTHING};

    if (step->call == PROBE_ALLOC) {
        block->len = probe_length(probe, step);
        block->address = model_alloc(model, block->len, step->alignment);
        block->exists = block->address != 0;
        answer.kind = block->exists ? ANSWER_BLOCK : ANSWER_REFUSED;
        answer.number = block->exists ? (int64_t)(block->address - model->buffer) : 0;
    } else if (step->call == PROBE_FREE) {
        model_free(model, block->address, block->len);
    } else if (step->call == PROBE_RESIZE) {
        const bool is_resized =
            model_resize(model, block->address, block->len, step->len);
        block->len = is_resized ? step->len : block->len;
        answer.kind = is_resized ? ANSWER_TRUE : ANSWER_FALSE;
    } else if (step->call == PROBE_RESET) {
        model_reset(model);
    }
    return answer;
}

/* One FBA over one buffer: the model knows no handles. */
static bool has_one_fba(const struct probe *probe)
{
    for (size_t i = 0; i < PROBE_STEPS; i++) {
        if (probe->steps[i].call == PROBE_INIT || probe->steps[i].handle != 0) {
            return false;
        }
    }
    return true;
}

START_TEST(what_is_called_right_is_what_the_model_answers)
{
    const struct mistake nothing[MISTAKES] = {{0}};
    size_t tried = 0;

    for (size_t i = 0; i < diagnose_probe_count; i++) {
        const struct probe *const probe = &diagnose_probes[i];
        struct probe_answers right;
        struct model model;
        struct model_block blocks[PROBE_BLOCKS] = {{0}};
        size_t asked = 0;
        if (!has_one_fba(probe)) {
            continue;
        }
        causes_imagine(nothing, probe, &right);
        model_init(&model, probe_address(probe, 0), probe->buffers[0].capacity);
        for (size_t step = 0; step < PROBE_STEPS; step++) {
            const struct answer answer =
                ask_model(&model, blocks, &asked, probe, &probe->steps[step]);
            ck_assert_int_eq(answer.kind, right.steps[step].kind);
            ck_assert_int_eq(answer.number, right.steps[step].number);
            tried++;
        }
    }
    ck_assert_uint_gt(tried, 200);
}
END_TEST

/* ---- The tables ---- */

static bool is_heading(const char *lesson, const char *section)
{
    for (const char *at = strstr(lesson, section); at != NULL;
         at = strstr(at + 1, section)) {
        if (at > lesson + 1 && at[-1] == ' ' && at[-2] == '#' &&
            at[strlen(section)] == '\n') {
            return true;
        }
    }
    return false;
}

static char *read_lesson(void)
{
    FILE *const file = fopen(LESSON_PATH, "r");
    char *const text = calloc(1, 1 << 20);

    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_gt(fread(text, 1, (1 << 20) - 1, file), 0);
    fclose(file);
    return text;
}

START_TEST(every_cause_names_a_section_of_the_lesson)
{
    char *const lesson = read_lesson();

    for (size_t i = 0; causes_at(i) != NULL; i++) {
        const struct cause *const cause = causes_at(i);
        ck_assert_msg(is_heading(lesson, cause->lesson), "%s: no section \"%s\"",
                      cause->id, cause->lesson);
        ck_assert_uint_gt(strlen(cause->sentence), 40);
        ck_assert_uint_eq(strcspn(cause->clause, "-"), 3);
    }
    free(lesson);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &each_mistake_is_recognised_as_itself_and_nothing_else,
        &a_right_submission_has_no_cause,
        &two_mistakes_are_both_found_and_less_is_claimed,
        &what_nothing_explains_has_no_cause,
        &what_is_called_right_is_what_the_model_answers,
        &every_cause_names_a_section_of_the_lesson,
    };
    return run_tests("diagnose", tests, sizeof(tests) / sizeof(tests[0]));
}
