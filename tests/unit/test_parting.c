/* parting: tests whose reports go to different people come in an order in which they
 * need not share a child. */
#include "parting.h"
#include "run_tests.h"

static const struct test_case cases[] = {
    {.id = "a.one"}, {.id = "a.on"}, {.id = "a.two"},
    {.id = "b.one"}, {.id = "b"},    {.id = "b.two"},
};

enum {
    COUNT = sizeof cases / sizeof cases[0]
};

static struct parting parting(const char **lists, size_t count)
{
    return (struct parting){.lists = lists, .count = count};
}

static void expect_order(const struct parting *apart, const size_t expected[COUNT])
{
    const struct test_case *tests[COUNT];
    size_t places[COUNT];

    for (size_t i = 0; i < COUNT; i++) {
        tests[i] = &cases[i];
    }
    parting_sort(apart, tests, places, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        ck_assert_uint_eq(places[i], expected[i]);
        ck_assert_ptr_eq(tests[i], &cases[expected[i]]);
    }
}

START_TEST(a_test_stands_in_the_list_that_names_it)
{
    const char *lists[] = {"a.one,b.two", "b"};
    const struct parting apart = parting(lists, 2);

    ck_assert_uint_eq(parting_group(&apart, "a.one"), 1);
    ck_assert_uint_eq(parting_group(&apart, "b.two"), 1);
    ck_assert_uint_eq(parting_group(&apart, "b"), 2);
    /* A beginning, an end, and two in one are no names of the list. */
    ck_assert_uint_eq(parting_group(&apart, "a.on"), 0);
    ck_assert_uint_eq(parting_group(&apart, "one"), 0);
    ck_assert_uint_eq(parting_group(&apart, "a.one,b.two"), 0);
    ck_assert_uint_eq(parting_group(&apart, "a.two"), 0);
}
END_TEST

START_TEST(groups_come_together_and_keep_their_order)
{
    const char *lists[] = {"b.two,a.one", "b,a.on"};
    const struct parting apart = parting(lists, 2);

    expect_order(&apart, (const size_t[COUNT]){0, 5, 1, 4, 2, 3});
}
END_TEST

START_TEST(nothing_moves_where_nothing_is_parted)
{
    const char *strangers[] = {"c.one"};
    const char *all[] = {"a.one,a.on,a.two,b.one,b,b.two"};
    const struct parting none = parting(NULL, 0);
    const struct parting of_others = parting(strangers, 1);
    const struct parting of_all = parting(all, 1);

    expect_order(&none, (const size_t[COUNT]){0, 1, 2, 3, 4, 5});
    expect_order(&of_others, (const size_t[COUNT]){0, 1, 2, 3, 4, 5});
    expect_order(&of_all, (const size_t[COUNT]){0, 1, 2, 3, 4, 5});
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &a_test_stands_in_the_list_that_names_it,
        &groups_come_together_and_keep_their_order,
        &nothing_moves_where_nothing_is_parted,
    };

    return run_tests("parting", tests, sizeof tests / sizeof tests[0]);
}
