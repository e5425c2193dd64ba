/*
 * Classroom 50's result.json: foundation50/classroom50, wiki/Advanced-Autograding.md
 * and schemas/result-v1.schema.json.
 *
 * Its identity is the platform's to give: the runner sets CLASSROOM, ASSIGNMENT, OWNER,
 * SUBMISSION_TAG and the URLs. The tag holds the time of the submission, so no clock is
 * asked and grading again gives the same.
 */
#include "page.h"
#include "writers.h"

#include <ctype.h>
#include <string.h>

static void fail(struct page *page, const char *name, const char *what)
{
    if (!page->has_failed) {
        page->has_failed = true;
        error_set(page->error, ERROR_USAGE,
                  "the format classroom50 needs %s in the environment%s; Classroom 50 "
                  "sets it where it grades",
                  name, what);
    }
}

static const char *look_up(const struct page *page, const char *name)
{
    const char *value = page->lookup(name);
    return value != NULL && value[0] != '\0' ? value : NULL;
}

/* What `name` says, or else `other`, which may be NULL. */
static void write_either(struct page *page,
                         struct json_writer *json,
                         const char *key,
                         const char *name,
                         const char *other)
{
    const char *value = look_up(page, name);
    if (value == NULL && other != NULL) {
        value = look_up(page, other);
    }
    if (value == NULL) {
        fail(page, name, "");
    }
    json_write_text(json, key, value);
}

static void write_type(struct page *page, struct json_writer *json)
{
    const char *type = look_up(page, "ASSIGNMENT_TYPE");
    const bool is_group = type != NULL && strcmp(type, "group") == 0;
    json_write_text(json, "assignment_type", is_group ? "group" : "individual");
}

/* "submit/2026-06-01T14-32-05Z-a1b2c3d" is "2026-06-01T14:32:05Z". */
static bool time_of_tag(const char *tag, char time[21])
{
    static const char form[] = "submit/dddd-dd-ddTdd-dd-ddZ";
    const size_t length = strlen("submit/");
    for (size_t i = 0; form[i] != '\0'; i++) {
        const unsigned char given = (unsigned char)tag[i];
        const bool is_digit = form[i] == 'd' && i >= length;
        if (is_digit ? !isdigit(given) : given != (unsigned char)form[i]) {
            return false;
        }
    }
    memcpy(time, tag + length, 20);
    time[13] = ':';
    time[16] = ':';
    time[20] = '\0';
    return true;
}

static void write_time(struct page *page, struct json_writer *json)
{
    char time[21] = "";
    const char *tag = look_up(page, "SUBMISSION_TAG");
    if (tag == NULL || !time_of_tag(tag, time)) {
        fail(page, "SUBMISSION_TAG", ", as submit/YYYY-MM-DDTHH-MM-SSZ-COMMIT");
    }
    json_write_text(json, "datetime", time);
}

static void write_test(struct page *page,
                       struct json_writer *json,
                       const struct report_test *test)
{
    json_open_object(json, NULL);
    json_write_text(json, "test-name", test->title);
    json_write_bool(json, "passed", page_has_passed(test));
    json_write_number(json, "score", (uint64_t)test->points);
    json_write_number(json, "max-score", (uint64_t)test->max);
    json_write_text(json, "id", test->id);
    json_write_text(json, "status", test_status_name(test->status));
    page_json_text(json, "output", page_detail(page, test));
    json_close_object(json);
}

void format_classroom50(struct page *page)
{
    const struct report *report = page->report;
    struct json_writer json;
    page_json_begin(page, &json);
    json_write_text(&json, "schema", "classroom50/result/v1");
    write_either(page, &json, "classroom", "CLASSROOM", NULL);
    write_either(page, &json, "assignment", "ASSIGNMENT", NULL);
    write_type(page, &json);
    write_either(page, &json, "owner", "OWNER", "USERNAME");
    write_either(page, &json, "submission", "SUBMISSION_TAG", NULL);
    write_either(page, &json, "commit", "COMMIT_URL", NULL);
    write_either(page, &json, "release", "RELEASE_URL", NULL);
    write_either(page, &json, "review", "REVIEW_URL", "COMMIT_URL");
    write_time(page, &json);
    json_write_number(&json, "score", (uint64_t)report->points);
    json_write_number(&json, "max-score", (uint64_t)report->max);
    json_open_array(&json, "tests");
    for (size_t i = 0; i < report->test_count; i++) {
        write_test(page, &json, &report->tests[i]);
    }
    json_close_array(&json);
    json_close_object(&json);
}
