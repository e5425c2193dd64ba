#include "small_exercise.h"

#include "grade.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char small_exercise_json[] =
    "{\n"
    "\"id\": \"small\", \"title\": \"Small exercise\", \"version\": \"1\",\n"
    "\"harness\": \"small_harness\",\n"
    "\"submission\": {\"file\": \"fba.c\", \"headers\": [\"a.h\"],\n"
    "  \"functions\": [\"f\", \"g\"], \"forbidden_reason\": \"because\"},\n"
    "\"limits\": {\"submission_bytes\": 1, \"diagnostics_bytes\": 2,\n"
    "  \"diagnostics_count\": 3, \"static_bytes\": 4,\n"
    "  \"compile\": {\"cpu_ms\": 5, \"wall_ms\": 6, \"memory_bytes\": 7,\n"
    "    \"file_bytes\": 8},\n"
    "  \"audit\": {\"cpu_ms\": 9, \"wall_ms\": 10, \"memory_bytes\": 11,\n"
    "    \"file_bytes\": 12},\n"
    "  \"link\": {\"cpu_ms\": 13, \"wall_ms\": 14, \"memory_bytes\": 15,\n"
    "    \"file_bytes\": 16},\n"
    "  \"test_cpu_ms\": 17, \"run_wall_ms\": 10000},\n"
    "\"suites\": [\n"
    "  {\"id\": \"suite_a\", \"title\": \"Suite A\", \"lesson\": \"One\",\n"
    "    \"points\": 3},\n"
    "  {\"id\": \"suite_b\", \"title\": \"Suite B\", \"lesson\": \"Two\",\n"
    "    \"points\": 4}],\n"
    "\"clauses\": [\n"
    "  {\"id\": \"CAP-1\", \"text\": \"Every byte counts.\", \"why\": \"It does.\"},\n"
    "  {\"id\": \"CAP-2\", \"text\": \"No byte more.\", \"why\": \"Neither.\"},\n"
    "  {\"id\": \"ALI-1\", \"text\": \"It is aligned.\", \"why\": \"Always.\"}],\n"
    "\"tests\": [\n"
    "  {\"id\": \"suite_a.first\", \"suite\": \"suite_a\", \"title\": \"the first\",\n"
    "    \"clause\": \"CAP-1\", \"points\": 2, \"visibility\": \"visible\",\n"
    "    \"hint\": \"Look at one.\"},\n"
    "  {\"id\": \"suite_a.second\", \"suite\": \"suite_a\", \"title\": \"the "
    "second\",\n"
    "    \"clause\": \"CAP-2\", \"points\": 1, \"visibility\": \"hidden\",\n"
    "    \"hint\": \"Look at two.\"},\n"
    "  {\"id\": \"suite_b.third\", \"suite\": \"suite_b\", \"title\": \"the third\",\n"
    "    \"clause\": \"ALI-1\", \"points\": 4, \"visibility\": \"after_due_date\",\n"
    "    \"hint\": \"Look at three.\"}]\n"
    "}\n";

char *replaced(const char *text, const char *from, const char *to)
{
    const char *place = strstr(text, from);
    char *copy = NULL;
    ck_assert_msg(place != NULL, "the text has no %s", from);
    ck_assert_int_gt(asprintf(&copy, "%.*s%s%s", (int)(place - text), text, to,
                              place + strlen(from)),
                     0);
    return copy;
}

int read_exercise(const char *json, struct manifest *manifest, struct error *error)
{
    char folder[] = "/tmp/small_exercise.XXXXXX";
    char path[64];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/exercise.json", folder);
    FILE *out = fopen(path, "we");
    ck_assert_ptr_nonnull(out);
    ck_assert_int_ge(fputs(json, out), 0);
    ck_assert_int_eq(fclose(out), 0);
    const int status = manifest_read(folder, manifest, error);
    unlink(path);
    rmdir(folder);
    return status;
}

void small_manifest(struct manifest *manifest)
{
    struct error error = {0};
    ck_assert_msg(read_exercise(small_exercise_json, manifest, &error) == 0, "%s",
                  error.message);
}

static char *copy_of(const char *text)
{
    char *copy = strdup(text);
    ck_assert_ptr_nonnull(copy);
    return copy;
}

static void fill_results(struct results *results)
{
    struct outcome *second = &results->tests[1];
    struct outcome *third = &results->tests[2];
    results->tests[0].status = TEST_PASS;
    second->status = TEST_FAIL;
    second->message = copy_of("It went wrong.");
    second->expected = copy_of("a block");
    second->actual = copy_of("ALLOC_OUT_OF_MEMORY");
    second->calls = calloc(2, sizeof *second->calls);
    ck_assert_ptr_nonnull(second->calls);
    second->calls[0] = copy_of("alloc(8, align 1) -> buffer+0");
    second->calls[1] = copy_of("  inner(8)");
    second->call_count = 2;
    second->calls_omitted = 3;
    third->status = TEST_CRASH;
    third->message = copy_of("It wrote to NULL.");
    third->file = copy_of("fba.c");
    third->line = 12;
    third->column = 5;
}

void small_grading(struct grading *grading)
{
    struct error error = {0};
    grading_init(grading);
    small_manifest(&grading->manifest);
    grading->file = copy_of("mine.c");
    snprintf(grading->seed, sizeof grading->seed, "0123456789abcdef");
    memset(grading->build.sha256, 'a', sizeof grading->build.sha256 - 1);
    grading->build.bytes = 100;
    grading->build.compiler = copy_of("gcc 12");
    ck_assert_int_eq(results_init(&grading->manifest, &grading->results, &error), 0);
    fill_results(&grading->results);
    ck_assert_int_eq(
        score_compute(&grading->manifest, &grading->results, &grading->score, &error),
        0);
}
