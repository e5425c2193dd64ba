/* What goes to a terminal: width, signs, colours, and nothing harmful. */
#include "run_tests.h"
#include "terminal.h"
#include "text.h"

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

/* UTF-8 of a character; returns its bytes. */
static size_t encode(unsigned character, char bytes[5])
{
    const unsigned lengths[] = {0x80, 0x800, 0x10000, 0x110000};
    const unsigned leads[] = {0x00, 0xc0, 0xe0, 0xf0};
    size_t more = 0;
    while (character >= lengths[more]) {
        more++;
    }
    bytes[0] = (char)(leads[more] | character >> (6 * more));
    for (size_t i = 1; i <= more; i++) {
        bytes[i] = (char)(0x80 | (character >> (6 * (more - i)) & 0x3f));
    }
    bytes[more + 1] = '\0';
    return more + 1;
}

/* What a person must never be shown, by its first and last character. */
static const unsigned HARMFUL[][2] = {
    {0x01, 0x09},     {0x0b, 0x1f},     {0x7f, 0x9f},
    {0x061c, 0x061c}, {0x200e, 0x200f}, {0x2028, 0x202e},
    {0x2066, 0x2069}, {0xd800, 0xdfff}, {0xfeff, 0xfeff},
};

static bool is_harmful(unsigned character)
{
    for (size_t i = 0; i < sizeof HARMFUL / sizeof HARMFUL[0]; i++) {
        if (character >= HARMFUL[i][0] && character <= HARMFUL[i][1]) {
            return true;
        }
    }
    return false;
}

START_TEST(terminal_and_clean_text_let_the_same_characters_through)
{
    struct paper paper;
    paper_init(&paper, false, true);
    for (unsigned character = 1; character < 0x11000; character++) {
        char bytes[5];
        const size_t length = encode(character, bytes);
        ck_assert_uint_eq(text_harmless(bytes, length),
                          is_harmful(character) ? 0 : length);
        rewind(paper.terminal.out);
        terminal_text(&paper.terminal, STYLE_PLAIN, bytes);
        ck_assert_int_eq(fflush(paper.terminal.out), 0);
        if (is_harmful(character)) {
            ck_assert_int_eq(paper.text[0], '?');
        } else {
            ck_assert_mem_eq(paper.text, bytes, length);
        }
    }
    fclose(paper.terminal.out);
    free(paper.text);
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
        &terminal_and_clean_text_let_the_same_characters_through,
        &ascii_terminal_gets_ascii,
        &bar_is_full_or_empty_only_if_that_is_true,
        &paragraph_is_broken_between_words,
        &long_word_stands_alone_and_whole,
        &two_ends_fill_the_line};
    return run_tests("terminal", tests, sizeof tests / sizeof tests[0]);
}
