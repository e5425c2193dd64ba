/* Files the user asked for: refused before the work, or written whole. */
#include "output.h"
#include "run_tests.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Every test runs in an empty folder of its own, in a process of its own. */
static void enter_folder(void)
{
    char folder[] = "/tmp/test_output.XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
}

static void leave_folder(void)
{
    static const char *const names[] = {"fba.c",       "folder",    "old.json",
                                        "report.json", "link.json", "real.json"};
    char folder[100];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        remove(names[i]);
    }
    ck_assert_ptr_nonnull(getcwd(folder, sizeof folder));
    /* Fails if a test has left anything else behind. */
    ck_assert_int_eq(rmdir(folder), 0);
}

static void write_file(const char *path, const char *text)
{
    FILE *out = fopen(path, "we");
    ck_assert_ptr_nonnull(out);
    ck_assert_int_ge(fputs(text, out), 0);
    ck_assert_int_eq(fclose(out), 0);
}

static void expect_content(const char *path, const char *text)
{
    char content[100] = "";
    FILE *in = fopen(path, "re");
    ck_assert_ptr_nonnull(in);
    content[fread(content, 1, sizeof content - 1, in)] = '\0';
    fclose(in);
    ck_assert_str_eq(content, text);
}

static size_t count_files(void)
{
    size_t count = 0;
    DIR *folder = opendir(".");
    ck_assert_ptr_nonnull(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL;
         entry = readdir(folder)) {
        count += entry->d_name[0] != '.';
    }
    closedir(folder);
    return count;
}

static void expect_refused(const char *path, const char *input, const char *said)
{
    struct error error = {0};
    ck_assert_int_eq(output_check(path, "--report", input, &error), -1);
    ck_assert_int_eq((int)error.kind, ERROR_USAGE);
    ck_assert_msg(strstr(error.message, said) != NULL, "\"%s\" does not say \"%s\"",
                  error.message, said);
    ck_assert_ptr_nonnull(strstr(error.message, "file"));
}

START_TEST(what_cannot_be_written_is_refused_beforehand)
{
    write_file("fba.c", "int x;\n");
    ck_assert_int_eq(mkdir("folder", 0777), 0);
    expect_refused("", NULL, "--report");
    expect_refused("folder", NULL, "it is a folder");
    expect_refused("nowhere/report.json", NULL, "nowhere");
    expect_refused("fba.c/report.json", NULL, "Not a directory");
    expect_refused("/proc/report.json", NULL, "/proc/report.json");
    expect_refused("folder/../fba.c/", NULL, "Not a directory");
    expect_refused("./fba.c", "fba.c", "the submission itself");
    expect_content("fba.c", "int x;\n");
}
END_TEST

START_TEST(what_can_be_written_is_not_touched_by_the_check)
{
    struct error error = {0};
    write_file("old.json", "old");
    ck_assert_int_eq(output_check("new.json", "--report", NULL, &error), 0);
    ck_assert_int_eq(output_check("old.json", "--report", "fba.c", &error), 0);
    ck_assert_int_eq(output_check("-", "--report", NULL, &error), 0);
    ck_assert_int_eq(output_check("/dev/null", "--report", NULL, &error), 0);
    ck_assert_uint_eq(count_files(), 1);
    expect_content("old.json", "old");
}
END_TEST

START_TEST(file_is_replaced_and_nothing_left_beside_it)
{
    struct error error = {0};
    struct stat before;
    struct stat after;
    write_file("report.json", "an older and much longer report");
    ck_assert_int_eq(chmod("report.json", 0640), 0);
    ck_assert_int_eq(stat("report.json", &before), 0);
    ck_assert_int_eq(output_write("report.json", "new", 3, &error), 0);
    ck_assert_int_eq(stat("report.json", &after), 0);
    expect_content("report.json", "new");
    ck_assert_uint_ne(before.st_ino, after.st_ino);
    ck_assert_uint_eq(after.st_mode & 0777, 0640);
    ck_assert_uint_eq(count_files(), 1);
}
END_TEST

START_TEST(new_file_gets_the_usual_permissions)
{
    struct error error = {0};
    struct stat status;
    umask(027);
    ck_assert_int_eq(output_write("report.json", "new", 3, &error), 0);
    ck_assert_int_eq(stat("report.json", &status), 0);
    ck_assert_uint_eq(status.st_mode & 0777, 0640);
}
END_TEST

START_TEST(link_stays_a_link)
{
    struct error error = {0};
    struct stat status;
    write_file("real.json", "old");
    ck_assert_int_eq(symlink("real.json", "link.json"), 0);
    ck_assert_int_eq(output_write("link.json", "new", 3, &error), 0);
    ck_assert_int_eq(lstat("link.json", &status), 0);
    ck_assert(S_ISLNK(status.st_mode));
    expect_content("real.json", "new");
}
END_TEST

START_TEST(device_is_written_to_and_not_replaced)
{
    struct error error = {0};
    struct stat status;
    ck_assert_int_eq(output_write("/dev/null", "new", 3, &error), 0);
    ck_assert_int_eq(stat("/dev/null", &status), 0);
    ck_assert(S_ISCHR(status.st_mode));
    ck_assert_int_eq(output_write("/dev/full", "new", 3, &error), -1);
    ck_assert_int_eq((int)error.kind, ERROR_GRADER);
    ck_assert_ptr_nonnull(strstr(error.message, "No space left"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("output");
    TCase *all = tcase_create("output");
    tcase_add_checked_fixture(all, enter_folder, leave_folder);
    tcase_add_test(all, what_cannot_be_written_is_refused_beforehand);
    tcase_add_test(all, what_can_be_written_is_not_touched_by_the_check);
    tcase_add_test(all, file_is_replaced_and_nothing_left_beside_it);
    tcase_add_test(all, new_file_gets_the_usual_permissions);
    tcase_add_test(all, link_stays_a_link);
    tcase_add_test(all, device_is_written_to_and_not_replaced);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
