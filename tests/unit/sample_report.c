#include "sample_report.h"

#include "grade.h"
#include "report.h"
#include "small_exercise.h"

#include <check.h>
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

const char *const sample_secrets[] = {"alloc(8, align 1) -> buffer+0",
                                      "inner(8)",
                                      "It went wrong.",
                                      "a block",
                                      "ALLOC_OUT_OF_MEMORY",
                                      "alloc(4711, align 1)",
                                      "a block of 4711 bytes",
                                      "nothing at all",
                                      "int main(void)",
                                      "the block at 4242",
                                      "0x200000104242",
                                      "a finding for the instructor",
                                      NULL};

static const char buffer[] =
    "{\"name\": \"buffer\", \"address\": \"0x200000104242\", \"capacity\": 64,"
    " \"ranges\": [{\"kind\": \"block\", \"offset\": 0, \"bytes\": 16,"
    "   \"label\": \"A\", \"alignment\": 1},"
    "  {\"kind\": \"free\", \"offset\": 16, \"bytes\": 48, \"label\": null,"
    "   \"alignment\": null}],"
    " \"offending\": {\"offset\": 60, \"bytes\": 8, \"what\": \"the block at 4242\"}}";

static const char counterexample[] =
    "{\"calls\": [\"alloc(4711, align 1)\"], \"expected\": \"a block of 4711 bytes\","
    " \"actual\": \"nothing at all\", \"program\": \"int main(void)\\n{\\n}\\n\"}";

static const char diagnosis[] =
    "[{\"id\": \"forgets\", \"cause\": \"The code forgets.\", \"clause\": \"CAP-2\","
    " \"lesson\": \"One\", \"confidence\": \"high\","
    " \"evidence\": [\"Before that: It went wrong.\", \"seen elsewhere\"], \"tests\": "
    "[\"suite_a.second\"]},"
    " {\"id\": \"crashes\", \"cause\": \"The code crashes.\", \"clause\": \"ALI-1\","
    " \"lesson\": \"Two\", \"confidence\": \"low\", \"evidence\": [\"It wrote to "
    "NULL.\"],"
    " \"tests\": [\"suite_b.third\"]}]";

static const char findings[] =
    "[{\"message\": \"a finding for the instructor\", \"clause\": \"CAP-1\","
    " \"expected\": null, \"actual\": null, \"counterexample\": null}]";

static struct cJSON *tree(const char *text)
{
    cJSON *parsed = cJSON_Parse(text);
    ck_assert_ptr_nonnull(parsed);
    return parsed;
}

void sample_grading(struct grading *grading)
{
    small_grading(grading);
    struct results *results = &grading->results;
    results->tests[1].buffer = tree(buffer);
    results->tests[1].counterexample = tree(counterexample);
    cJSON_Delete(results->diagnosis);
    results->diagnosis = tree(diagnosis);
    cJSON_Delete(results->findings);
    results->findings = tree(findings);
}

char *sample_text(void)
{
    struct grading grading;
    struct error error = {0};
    char *text = NULL;
    size_t length = 0;
    sample_grading(&grading);
    ck_assert_int_eq(report_write(&grading, &text, &length, &error), 0);
    grading_release(&grading);
    return text;
}

void sample_report(struct report *report)
{
    struct error error = {0};
    char *text = sample_text();
    ck_assert_msg(report_read("r.json", text, strlen(text), report, &error) == 0, "%s",
                  error.message);
    free(text);
}
