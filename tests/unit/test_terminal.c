/* What goes to a terminal: width, signs, colours, and nothing harmful. */
#include "run_tests.h"
#include "terminal.h"

#include <stdlib.h>
#include <string.h>

/* A terminal whose output is a text. */
struct paper {
    struct terminal terminal;
    char *text;
    size_t size;
};

static void paper_init(struct paper *paper, bool has_colour, bool has_unicode)
{
    paper->text = NULL;
    paper->terminal.out = open_memstream(&paper->text, &paper->size);
    ck_assert_ptr_nonnull(paper->terminal.out);
    paper->terminal.has_colour = has_colour;
    paper->terminal.has_unicode = has_unicode;
    paper->terminal.columns = 0;
}

/* Compares what was written, and throws it away. */
static void expect_written(struct paper *paper, const char *expected)
{
    ck_assert_int_eq(fclose(paper->terminal.out), 0);
    ck_assert_str_eq(paper->text, expected);
    free(paper->text);
}

START_TEST(locale_is_utf8_if_the_deciding_variable_says_so)
{
    ck_assert(terminal_is_utf8("en_US.UTF-8", NULL, NULL));
    ck_assert(terminal_is_utf8(NULL, NULL, "C.utf8"));
    ck_assert(terminal_is_utf8("", "de_DE.UTF-8", "C"));
    ck_assert(!terminal_is_utf8("C", "en_US.UTF-8", "en_US.UTF-8"));
    ck_assert(!terminal_is_utf8(NULL, NULL, "en_US.ISO-8859-1"));
    ck_assert(!terminal_is_utf8(NULL, NULL, NULL));
}
END_TEST

START_TEST(file_gets_no_colours)
{
    struct terminal terminal;
    FILE *out = tmpfile();
    ck_assert_ptr_nonnull(out);
    terminal_init(&terminal, out);
    ck_assert(!terminal.has_colour);
    fclose(out);
}
END_TEST

START_TEST(lines_are_between_40_and_80_cells_wide)
{
    struct terminal terminal = {.columns = 0};
    ck_assert_uint_eq(terminal_columns(&terminal), 80);
    terminal.columns = 60;
    ck_assert_uint_eq(terminal_columns(&terminal), 60);
    terminal.columns = 200;
    ck_assert_uint_eq(terminal_columns(&terminal), 80);
    terminal.columns = 3;
    ck_assert_uint_eq(terminal_columns(&terminal), 40);
}
END_TEST

START_TEST(colours_are_switched_off_again)
{
    struct paper paper;
    paper_init(&paper, true, true);
    terminal_text(&paper.terminal, STYLE_BAD, "bad");
    terminal_text(&paper.terminal, STYLE_PLAIN, " plain");
    expect_written(&paper, "\033[31mbad\033[0m plain");
}
END_TEST

START_TEST(control_characters_are_not_let_through)
{
    struct paper paper;
    paper_init(&paper, false, true);
    terminal_text(&paper.terminal, STYLE_PLAIN,
                  "a\033[2Jb\rc\td\x7f\xc2\x9b"
                  "e\xff"
                  "f");
    expect_written(&paper, "a?[2Jb?c?d??e?f");
}
END_TEST

START_TEST(direction_of_writing_is_not_turned)
{
    struct paper paper;
    paper_init(&paper, false, true);
    terminal_text(&paper.terminal, STYLE_PLAIN, "a\u202eb\u2066c\u2014d");
    expect_written(&paper, "a?b?c\u2014d");
}
END_TEST

START_TEST(ascii_terminal_gets_ascii)
{
    struct paper paper;
    paper_init(&paper, false, false);
    terminal_text(&paper.terminal, STYLE_PLAIN, "caf\u00e9 \u20ac ");
    terminal_mark(&paper.terminal, true);
    terminal_mark(&paper.terminal, false);
    terminal_bar(&paper.terminal, 1, 2, 4);
    expect_written(&paper, "caf? ? +x##..");
}
END_TEST

START_TEST(bar_is_full_or_empty_only_if_that_is_true)
{
    struct paper paper;
    paper_init(&paper, false, false);
    terminal_bar(&paper.terminal, 99, 100, 10);
    terminal_bar(&paper.terminal, 1, 100, 10);
    terminal_bar(&paper.terminal, 0, 100, 10);
    terminal_bar(&paper.terminal, 100, 100, 10);
    expect_written(&paper, "#########.#...................##########");
}
END_TEST

START_TEST(paragraph_is_broken_between_words)
{
    static const char seventy[] = "0123456789012345678901234567890123456789"
                                  "012345678901234567890123456789";
    struct paper paper;
    char text[200];
    char expected[200];
    paper_init(&paper, false, false);
    /* 2 + 70 + 1 + 7 are 80 columns: they fit; one more does not. */
    snprintf(text, sizeof text, "%s 1234567 x", seventy);
    snprintf(expected, sizeof expected, "> %s 1234567\n| x\n", seventy);
    terminal_paragraph(&paper.terminal, STYLE_PLAIN, "> ", "| ", text);
    expect_written(&paper, expected);
}
END_TEST

START_TEST(long_word_stands_alone_and_whole)
{
    char word[121];
    char expected[300];
    struct paper paper;
    memset(word, 'w', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    paper_init(&paper, false, false);
    char text[300];
    snprintf(text, sizeof text, "a %s  b", word);
    snprintf(expected, sizeof expected, "a\n%s\nb\n", word);
    terminal_paragraph(&paper.terminal, STYLE_PLAIN, "", "", text);
    expect_written(&paper, expected);
}
END_TEST

START_TEST(two_ends_fill_the_line)
{
    struct paper paper;
    paper_init(&paper, false, false);
    terminal_two_ends(&paper.terminal, STYLE_PLAIN, 0, "left", "right");
    ck_assert_int_eq(fflush(paper.terminal.out), 0);
    ck_assert_uint_eq(paper.size, TERMINAL_COLUMNS + 1);
    ck_assert_int_eq(strncmp(paper.text, "left  ", 6), 0);
    ck_assert_str_eq(paper.text + 73, "  right\n");
    fclose(paper.terminal.out);
    free(paper.text);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &locale_is_utf8_if_the_deciding_variable_says_so,
        &file_gets_no_colours,
        &lines_are_between_40_and_80_cells_wide,
        &colours_are_switched_off_again,
        &control_characters_are_not_let_through,
        &direction_of_writing_is_not_turned,
        &ascii_terminal_gets_ascii,
        &bar_is_full_or_empty_only_if_that_is_true,
        &paragraph_is_broken_between_words,
        &long_word_stands_alone_and_whole,
        &two_ends_fill_the_line};
    return run_tests("terminal", tests, sizeof tests / sizeof tests[0]);
}
