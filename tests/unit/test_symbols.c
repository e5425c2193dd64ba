/* symbols: the names that the runtime and the compiler's library offer. */
#include "build_bench.h"
#include "run_tests.h"
#include "symbols.h"

#include <string.h>

START_TEST(runtime_offers_its_exports_and_nothing_else)
{
    struct symbols symbols = {0};
    struct error error = {0};
    ck_assert_msg(symbols_read(RUNTIME_PATH, &symbols, &error) == 0, "%s",
                  error.message);
    ck_assert(symbols_has(&symbols, "memcpy"));
    ck_assert(symbols_has(&symbols, "fba_init"));
    ck_assert(symbols_has(&symbols, "subject_trap_0"));
    ck_assert(symbols_has(&symbols, "subject_trap_63"));
    ck_assert(!symbols_has(&symbols, "subject_trap_64"));
    ck_assert(!symbols_has(&symbols, "subject_start"));
    ck_assert(!symbols_has(&symbols, "malloc"));
    symbols_release(&symbols);
}
END_TEST

START_TEST(library_offers_the_names_of_its_index)
{
    struct symbols symbols = {0};
    struct error error = {0};
    ck_assert_msg(symbols_read(LIBGCC_PATH, &symbols, &error) == 0, "%s",
                  error.message);
    ck_assert(symbols_has(&symbols, "__udivti3"));
    ck_assert(!symbols_has(&symbols, "memcpy"));
    symbols_release(&symbols);
}
END_TEST

START_TEST(file_that_offers_nothing_is_an_error_of_ours)
{
    static const char *const paths[] = {"/nowhere/runtime.o", "/dev/null",
                                        LINK_SCRIPT_PATH};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct symbols symbols = {0};
        struct error error = {0};
        ck_assert_int_eq(symbols_read(paths[i], &symbols, &error), -1);
        ck_assert_int_eq(error.kind, ERROR_GRADER);
        ck_assert_ptr_nonnull(strstr(error.message, paths[i]));
        ck_assert_uint_eq(symbols.count, 0);
    }
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &runtime_offers_its_exports_and_nothing_else,
        &library_offers_the_names_of_its_index,
        &file_that_offers_nothing_is_an_error_of_ours,
    };
    return run_tests("symbols", tests, sizeof(tests) / sizeof(tests[0]));
}
