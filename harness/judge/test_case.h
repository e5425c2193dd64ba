/*
 * test_case: one hidden test, declared where its code stands.
 *
 * A suite file defines SUITE, includes its exercise's suite header, and then holds
 * nothing but tests:
 *
 *     TEST(exact_fit_succeeds, .clause = "CAP-1", .points = 2,
 *          .title = "a request for the whole buffer succeeds",
 *          .hint = "Compare with <= where you compare with <.")
 *     {
 *         ... plain Check code ...
 *     }
 *
 * That is the one place a test is added in: the linker collects the declarations, the
 * judge runs them by suite and line, and `make manifest` lists them in exercise.json.
 */
#ifndef TEST_CASE_H
#define TEST_CASE_H

#include <check.h>
#include <stddef.h>
#include <stdio.h>

/* When a student may see what a test did. exercise.json spells them in lower case. */
enum visibility {
    HIDDEN = 0,
    VISIBLE,
    AFTER_DUE_DATE,
    AFTER_PUBLISHED
};

/* All strings are static, not NULL, and not empty. */
struct test_case {
    const char *id;     /* "suite.name", never reused */
    const char *suite;  /* id of the suite, as in exercise.json */
    const char *title;  /* a sentence a student may always read */
    const char *clause; /* the id of the one clause it checks */
    const char *hint;   /* where to look, not what to type */
    int points;         /* at least 1 */
    enum visibility visibility;
    const TTest *check;
};

/* The name becomes the id's second half: lower case, digits, underscores. */
#define TEST(name_, ...)                                                               \
    static void name_##_fn(int);                                                       \
    static const TTest name_##_ttest = {#name_, name_##_fn, __FILE__, __LINE__};       \
    static const struct test_case name_##_case = {                                     \
        .id = SUITE "." #name_, .suite = SUITE, .check = &name_##_ttest, __VA_ARGS__}; \
    static const struct test_case *const name_##_entry                                 \
        __attribute__((used, section("test_cases"))) = &name_##_case;                  \
    static void name_##_body(void);                                                    \
    static void name_##_fn(int _i CK_ATTRIBUTE_UNUSED)                                 \
    {                                                                                  \
        name_##_body();                                                                \
        test_case_settle();                                                            \
    }                                                                                  \
    static void name_##_body(void)

/* At the end of each test that got there (channel_settle). By session.c. */
void test_case_settle(void);

/*
 * The declared tests, by suite in the order of `suites` and by line within a suite.
 * Returns their number and, in `*cases`, an array that the caller frees. A test of a
 * suite that `suites` does not name comes last.
 */
size_t test_cases_sorted(const char *const *suites,
                         size_t suite_count,
                         const struct test_case ***cases);

/* Writes the list as a JSON array, the `tests` of exercise.json. 0, or -1
 * with errno. */
int test_cases_print(FILE *out, const struct test_case *const *cases, size_t count);

#endif
