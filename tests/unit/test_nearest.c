/* What somebody probably meant. */
#include "nearest.h"
#include "run_tests.h"

#include <string.h>

static const char *const words[] = {"grade", "tests", "explain", "formats"};

static const char *word(const void *context, size_t index)
{
    (void)context;
    return words[index];
}

static ptrdiff_t find(const char *meant)
{
    return nearest_find(meant, sizeof words / sizeof words[0], word, NULL);
}

START_TEST(a_slip_is_understood)
{
    ck_assert_int_eq((int)find("grad"), 0);
    ck_assert_int_eq((int)find("test"), 1);
    ck_assert_int_eq((int)find("explian"), 2);
    ck_assert_int_eq((int)find("formatss"), 3);
    ck_assert_int_eq((int)find("grade"), 0);
}
END_TEST

START_TEST(another_word_is_not)
{
    ck_assert_int_eq((int)find("zebra crossing"), -1);
    ck_assert_int_eq((int)find("xyzzy"), -1);
}
END_TEST

START_TEST(long_word_is_not_looked_at)
{
    char meant[1000];
    memset(meant, 'g', sizeof meant - 1);
    meant[sizeof meant - 1] = '\0';
    ck_assert_int_eq((int)find(meant), -1);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {&a_slip_is_understood, &another_word_is_not,
                                        &long_word_is_not_looked_at};
    return run_tests("nearest", tests, sizeof tests / sizeof tests[0]);
}
