/* What is passed on as it is: every key, every kind of value. */
#include "details.h"

#include <check.h>
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RANGE(kind, offset)                                                            \
    "{\"kind\":\"" kind "\",\"offset\":" offset                                        \
    ",\"bytes\":8,\"label\":\"A\",\"alignment\":1}"
#define BUFFER(address, capacity, ranges, offending)                                   \
    "{\"name\":\"buffer\",\"address\":" address ",\"capacity\":" capacity              \
    ",\"ranges\":[" ranges "],\"offending\":" offending "}"
#define CALLS(program)                                                                 \
    "{\"calls\":[\"one\"],\"expected\":\"a\",\"actual\":\"b\",\"program\":" program "}"
#define CAUSE(confidence, evidence)                                                    \
    "{\"id\":\"a\",\"cause\":\"b\",\"clause\":\"CAP-1\",\"lesson\":\"One\","           \
    "\"confidence\":" confidence ",\"evidence\":" evidence ",\"tests\":[\"s.t\"]}"
#define FINDING(message, counterexample)                                               \
    "{\"message\":" message ",\"clause\":\"CAP-1\",\"expected\":\"a\","                \
    "\"actual\":null,\"counterexample\":" counterexample "}"

static const struct {
    details_check *check;
    const char *json;
    const char *wrong; /* part of the message; NULL: nothing is wrong */
} documents[] = {
    {details_check_buffer, "null", NULL},
    {details_check_buffer, BUFFER("\"0x1\"", "64", "", "null"), NULL},
    {details_check_buffer,
     BUFFER("\"0x1\"",
            "0",
            RANGE("block", "-9007199254740991") "," RANGE("free", "8"),
            "{\"offset\":-1,\"bytes\":1,\"what\":\"a\"}"),
     NULL},
    {details_check_buffer, "3", "value"},
    {details_check_buffer, BUFFER("1", "64", "", "null"), "value.address"},
    {details_check_buffer, BUFFER("\"0x1\"", "-1", "", "null"), "value.capacity"},
    {details_check_buffer, BUFFER("\"0x1\"", "64", RANGE("hole", "0"), "null"),
     "ranges[0].kind"},
    {details_check_buffer, BUFFER("\"0x1\"", "64", RANGE("free", "0.5"), "null"),
     "ranges[0].offset"},
    {details_check_buffer, BUFFER("\"0x1\"", "64", RANGE("free", "1e300"), "null"),
     "ranges[0].offset"},
    {details_check_buffer, BUFFER("\"0x1\"", "64", RANGE("free", "\"0\""), "null"),
     "ranges[0].offset"},
    {details_check_buffer, BUFFER("\"0x1\"", "64", "", "{}"), "offending"},
    {details_check_counterexample, CALLS("\"int main;\\n\""), NULL},
    {details_check_counterexample, CALLS("null"), "value.program"},
    {details_check_counterexample, CALLS("\"int main;\""), "line feed"},
    {details_check_diagnosis, CAUSE("\"high\"", "[\"seen\"]"), NULL},
    {details_check_diagnosis, CAUSE("\"sure\"", "[\"seen\"]"), "value.confidence"},
    {details_check_diagnosis, CAUSE("\"low\"", "[1]"), "value.evidence[0]"},
    {details_check_finding, FINDING("\"a\"", "null"), NULL},
    {details_check_finding, FINDING("\"a\"", CALLS("\"x\\n\"")), NULL},
    {details_check_finding, FINDING("\"\"", "null"), "value.message"},
    {details_check_finding, FINDING("\"a\"", "{\"calls\":[]}"), "value.counterexample"},
};

START_TEST(details_are_checked_key_by_key)
{
    char *document = NULL;
    struct cJSON *root = NULL;
    struct cJSON *copy = NULL;
    struct error error = {0};
    ck_assert_int_gt(asprintf(&document, "{\"value\":%s}", documents[_i].json), 0);
    ck_assert_int_eq(
        json_parse("details", document, strlen(document), 1, &root, &error), 0);
    const struct json_value value = json_root("details", root);
    const int status =
        details_read(&value, "value", documents[_i].check, &copy, &error);
    if (documents[_i].wrong == NULL) {
        ck_assert_msg(status == 0, "%s", error.message);
        const struct cJSON *const original = cJSON_GetObjectItem(root, "value");
        ck_assert_int_eq(copy == NULL, cJSON_IsNull(original));
        ck_assert(copy == NULL || cJSON_Compare(copy, original, true));
    } else {
        ck_assert_int_eq(status, -1);
        ck_assert_ptr_null(copy);
        ck_assert_int_eq((int)error.kind, ERROR_GRADER);
        ck_assert_msg(strstr(error.message, documents[_i].wrong) != NULL,
                      "\"%s\" does not say \"%s\"", error.message, documents[_i].wrong);
    }
    json_free(copy);
    json_free(root);
    free(document);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("details");
    TCase *all = tcase_create("details");
    tcase_add_loop_test(all, details_are_checked_key_by_key, 0,
                        (int)(sizeof documents / sizeof documents[0]));
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
