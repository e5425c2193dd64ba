/* text: foreign bytes made fit to be shown. */
#include "run_tests.h"
#include "text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void expect_clean(const char *raw, const char *clean)
{
    char *bytes = strdup(raw);
    text_clean(bytes, strlen(raw));
    ck_assert_str_eq(bytes, clean);
    free(bytes);
}

START_TEST(plain_and_accented_text_is_left_alone)
{
    expect_clean("int x;\n/* gr\xc3\xb6\xc3\x9f"
                 "er \xe2\x89\xa4 \xf0\x9f\x98\x80 */",
                 "int x;\n/* gr\xc3\xb6\xc3\x9f"
                 "er \xe2\x89\xa4 \xf0\x9f\x98\x80 */");
}
END_TEST

START_TEST(control_characters_become_question_marks)
{
    expect_clean("\x1b[31mred\x07\r\x7f", "?[31mred???");
    expect_clean("a\tb", "a b");
    expect_clean("\xc2\x9b"
                 "31m",
                 "??31m"); /* CSI as one character */
}
END_TEST

START_TEST(what_is_not_utf8_becomes_question_marks)
{
    expect_clean("gr\xf6\xdf"
                 "e",
                 "gr??e");                    /* Latin-1 */
    expect_clean("\xc0\xaf", "??");           /* overlong '/' */
    expect_clean("\xe0\x80\xaf", "???");      /* overlong, three bytes */
    expect_clean("\xed\xa0\x80", "???");      /* surrogate */
    expect_clean("\xf4\x90\x80\x80", "????"); /* beyond the last character */
    expect_clean("\xe2\x82", "??");           /* cut off */
    expect_clean("\xff\xfe", "??");
}
END_TEST

START_TEST(marks_of_direction_become_question_marks)
{
    expect_clean("a\xe2\x80\xae"
                 "b\xe2\x81\xa6"
                 "c",
                 "a???b???c");
    expect_clean("\xd8\x9c", "??");
    expect_clean("\xe2\x80\xa8", "???"); /* line separator */
    expect_clean("\xef\xbb\xbf", "???"); /* byte order mark */
}
END_TEST

START_TEST(cleaning_keeps_every_offset)
{
    char bytes[256];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (char)i;
    }
    text_clean(bytes, sizeof bytes);
    for (int i = 0x20; i < 0x7f; i++) {
        ck_assert_int_eq(bytes[i], i);
    }
    ck_assert_int_eq(bytes[0], '?');
    ck_assert_int_eq(bytes['\n'], '\n');
    ck_assert_int_eq(bytes[255], '?');
}
END_TEST

START_TEST(cut_divides_no_character)
{
    const char *text = "ab\xe2\x82\xac";
    ck_assert_uint_eq(text_cut(text, 5, 10), 5);
    ck_assert_uint_eq(text_cut(text, 5, 5), 5);
    ck_assert_uint_eq(text_cut(text, 5, 4), 2);
    ck_assert_uint_eq(text_cut(text, 5, 3), 2);
    ck_assert_uint_eq(text_cut(text, 5, 2), 2);
    ck_assert_uint_eq(text_cut(text, 5, 1), 1);
}
END_TEST

START_TEST(appending_grows_and_ends_in_nul)
{
    struct text text = {0};
    for (int i = 0; i < 1000; i++) {
        ck_assert(text_append(&text, "12345", 5));
    }
    ck_assert_uint_eq(text.length, 5000);
    ck_assert_uint_eq(strlen(text.bytes), 5000);
    ck_assert(!text_append(&text, "x", SIZE_MAX / 2));
    ck_assert_uint_eq(text.length, 5000);
    text_release(&text);
    ck_assert_ptr_null(text.bytes);
    text_release(&text);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &plain_and_accented_text_is_left_alone,
        &control_characters_become_question_marks,
        &what_is_not_utf8_becomes_question_marks,
        &marks_of_direction_become_question_marks,
        &cleaning_keeps_every_offset,
        &cut_divides_no_character,
        &appending_grows_and_ends_in_nul,
    };
    return run_tests("text", tests, sizeof(tests) / sizeof(tests[0]));
}
