/*
 * judge: runs the hidden tests against a submission in another process.
 *
 * Theory of operation. The judge is trusted and never contains a submission. It runs
 * the suites as an ordinary Check program, in this process and without forking: the
 * code of the suites is ours. What they call (fba_init, an allocator's alloc) is a
 * proxy that sends the call to the subject (channel.c) and checks what comes back
 * (fixed_buffer/judge_calls.c). Each test gets a fresh child of the subject
 * (channel_child.c) and empty shared memory. A submission that crashes, hangs, lies or
 * falls silent ends its test by a jump back into Check, and the judge goes on with the
 * next.
 *
 * The same file serves the direct-linked runner, whose channel calls an implementation
 * in this very process: no isolation, but gdb and valgrind see everything.
 */
#include "beyond.h"
#include "exercise.h"
#include "fatal.h"
#include "options.h"
#include "results.h"
#include "session.h"
#include "shards.h"
#include "test_case.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

/* What the fixtures, which take no arguments, need to know. */
static struct run {
    struct options options;
    const struct test_case **tests; /* selected, in the order they are run */
    size_t count;
    size_t current;
    struct results results;
    struct beyond beyond;
} run;

/* Does the current test need a child that did not serve the one before? */
static bool is_parted(void)
{
    const struct parting *const parting = &run.options.parting;

    return run.current > 0 &&
           parting_group(parting, run.tests[run.current]->id) !=
               parting_group(parting, run.tests[run.current - 1]->id);
}

static void begin_test(void)
{
    struct session *const session = session_current();

    if (is_parted()) {
        channel_part(&session->channel);
    }
    verdict_init(&session->verdict);
    exercise.begin_test();
    channel_begin_test(&session->channel);
}

static void end_test(void)
{
    struct session *const session = session_current();
    struct verdict *const verdict = &session->verdict;

    channel_end_test(&session->channel);
    results_add(&run.results, run.tests[run.current], verdict);
    run.current++;
    region_clear(&session->region);
}

/* Variables such as CK_RUN_CASE make Check skip tests and call it success. */
static void clear_check_variables(void)
{
    for (char **variable = environ; *variable != NULL;) {
        if (strncmp(*variable, "CK_", 3) != 0) {
            variable++;
            continue;
        }
        char name[128];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(*variable, "="), *variable);
        if (unsetenv(name) != 0) {
            fatal("unsetenv %s: %s", name, strerror(errno));
        }
        variable = environ;
    }
}

static void select_tests(const struct options *options)
{
    const size_t count =
        test_cases_sorted(exercise.suites, exercise.suite_count, &run.tests);

    run.count = count;
    if (options->test == NULL) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(run.tests[i]->id, options->test) == 0) {
            run.tests[0] = run.tests[i];
            run.count = 1;
            return;
        }
    }
    fatal("there is no test %s", options->test);
}

/* One Check suite, with a test case for each suite of the exercise. */
static SRunner *make_runner(void)
{
    Suite *const suite = suite_create("submission");
    TCase *test_case = NULL;

    for (size_t i = 0; i < run.count; i++) {
        const struct test_case *const test = run.tests[i];
        if (i == 0 || strcmp(test->suite, run.tests[i - 1]->suite) != 0) {
            test_case = tcase_create(test->suite);
            tcase_add_checked_fixture(test_case, begin_test, end_test);
            suite_add_tcase(suite, test_case);
        }
        tcase_add_test(test_case, test->check);
    }
    SRunner *const runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    return runner;
}

/* Check knows of failures that the verdicts do not: assertions in the suites. */
static void settle(SRunner *runner)
{
    const int count = srunner_ntests_run(runner);
    TestResult **const results = srunner_results(runner);

    if (count < 0 || (size_t)count != run.count || run.current != run.count) {
        fatal("%d tests were run, not %zu", count, run.count);
    }
    for (size_t i = 0; i < run.count; i++) {
        const bool has_passed = tr_rtype(results[i]) == CK_PASS;
        results_settle(&run.results, i, has_passed ? NULL : tr_msg(results[i]));
    }
    free(results);
}

/* The tests of one shard; every shards-th of those selected. */
static void keep_shard(size_t index, size_t count)
{
    size_t kept = 0;

    for (size_t i = index; i < run.count; i += count) {
        run.tests[kept++] = run.tests[i];
    }
    run.count = kept;
}

static void run_shard(size_t index, size_t count, int lines)
{
    keep_shard(index, count);
    session_open(&run.options);
    results_init(&run.results, run.count, run.options.is_traced);
    SRunner *const runner = make_runner();
    srunner_run_all(runner, CK_SILENT);
    settle(runner);
    srunner_free(runner);
    if (results_write(&run.results, lines) != 0) {
        fatal("the results cannot be written: %s", strerror(errno));
    }
    results_release(&run.results);
    if (index != 0) {
        session_close();
    }
}

/* Runs the tests, and gives their lines in the order they are listed. */
static char **run_tests(void)
{
    const size_t tests = run.count; /* a shard keeps its own */
    char **const lines = calloc(tests + 1, sizeof *lines);
    size_t *const places = calloc(tests + 1, sizeof *places);

    if (lines == NULL || places == NULL) {
        fatal("out of memory");
    }
    parting_sort(&run.options.parting, run.tests, places, tests);
    char **const run_lines = shards_run(session_shards(tests), tests, run_shard);
    beyond_keep_examples(run_lines, tests);
    for (size_t i = 0; i < tests; i++) {
        lines[places[i]] = run_lines[i];
    }
    free(run_lines);
    free(places);
    return lines;
}

/* Shard 0 is this process, and its session stays open for what follows the tests. */
static void run_all(void)
{
    const size_t tests = run.count;
    char **const lines = run_tests();

    if (run.options.test == NULL && session_can_try()) {
        channel_part(&session_current()->channel);
        beyond_search(&run.beyond, lines, tests, run.options.seed);
    }
    session_close();
    if (beyond_write(&run.beyond, lines, tests, run.options.results_descriptor) != 0) {
        fatal("the results cannot be written: %s", strerror(errno));
    }
    beyond_release(&run.beyond);
    shards_release(lines, tests);
}

int main(int argc, char **argv)
{
    options_read(argc, argv, &run.options);
    clear_check_variables();
    select_tests(&run.options);
    if (!run.options.is_list) {
        run_all();
    } else if (test_cases_print(stdout, run.tests, run.count) != 0) {
        fatal("the list cannot be written: %s", strerror(errno));
    }
    free(run.tests);
    options_release(&run.options);
    return 0;
}
