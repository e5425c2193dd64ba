/* Buffers on a terminal: as they looked when somebody last looked at them, and never
 * wider than it is. */
#include "picture_text.h"
#include "pictures.h"
#include "run_tests.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

/* All shapes, one below the other. */
static char *drawn(const struct terminal *like)
{
    struct pictures pictures;
    struct terminal terminal = *like;
    char *text = NULL;
    size_t size = 0;

    terminal.out = open_memstream(&text, &size);
    ck_assert_ptr_nonnull(terminal.out);
    pictures_read(&pictures);
    for (size_t i = 0; i < pictures.count; i++) {
        fprintf(terminal.out, "%s%s:\n", i == 0 ? "" : "\n",
                pictures_name(&pictures, i));
        picture_text(&terminal, pictures_buffer(&pictures, i));
    }
    pictures_release(&pictures);
    ck_assert_int_eq(fclose(terminal.out), 0);
    return text;
}

static void expect_narrow(char *text, size_t columns)
{
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        ck_assert_msg(utf8_count(line) <= columns, "too wide: %s", line);
        ck_assert_msg(line[strlen(line) - 1] != ' ', "blanks at the end: %s", line);
    }
}

START_TEST(buffers_look_as_they_should)
{
    char *text = drawn(&(struct terminal){.has_unicode = true});
    pictures_expect("unicode.txt", text);
    expect_narrow(text, TERMINAL_COLUMNS);
    free(text);
}
END_TEST

START_TEST(ascii_is_enough)
{
    char *text = drawn(&(struct terminal){.has_unicode = false});
    pictures_expect("ascii.txt", text);
    for (const char *byte = text; *byte != '\0'; byte++) {
        ck_assert_int_ge(*byte, 0);
    }
    expect_narrow(text, TERMINAL_COLUMNS);
    free(text);
}
END_TEST

START_TEST(narrow_screens_get_narrow_buffers)
{
    char *text = drawn(&(struct terminal){.has_unicode = true, .columns = 40});
    expect_narrow(text, 40);
    free(text);
}
END_TEST

/* Without its colours a picture has the same signs. */
START_TEST(colour_says_nothing_more)
{
    char *text = drawn(&(struct terminal){.has_unicode = true});
    char *coloured = drawn(&(struct terminal){.has_unicode = true, .has_colour = true});
    size_t length = 0;
    for (const char *byte = coloured; *byte != '\0'; byte++) {
        if (*byte == '\033') {
            byte = strchr(byte, 'm');
            continue;
        }
        coloured[length++] = *byte;
    }
    coloured[length] = '\0';
    ck_assert_str_eq(text, coloured);
    free(coloured);
    free(text);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &buffers_look_as_they_should,
        &ascii_is_enough,
        &narrow_screens_get_narrow_buffers,
        &colour_says_nothing_more,
    };
    return run_tests("picture_text", tests, sizeof(tests) / sizeof(tests[0]));
}
