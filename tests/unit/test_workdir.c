/* workdir: a private directory that holds whatever a compiler may leave in it. */
#include "run_tests.h"
#include "workdir.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void open_workdir(struct workdir *workdir)
{
    struct error error = {0};
    *workdir = (struct workdir){0};
    ck_assert_msg(workdir_create(workdir, &error) == 0, "%s", error.message);
}

static enum workdir_found look_for(const struct workdir *workdir,
                                   const char *name,
                                   size_t most)
{
    struct text content = {0};
    struct error error = {0};
    enum workdir_found found = WORKDIR_TOO_LARGE;
    ck_assert_int_eq(workdir_read(workdir, name, most, &content, &found, &error), 0);
    text_release(&content);
    return found;
}

START_TEST(directory_is_private_and_goes_away)
{
    struct workdir workdir;
    struct stat status;
    open_workdir(&workdir);
    char *path = strdup(workdir.path);
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_uint_eq(status.st_mode & 07777, 0700);
    workdir_remove(&workdir);
    ck_assert_int_ne(stat(path, &status), 0);
    ck_assert_ptr_null(workdir.path);
    workdir_remove(&workdir);
    free(path);
}
END_TEST

START_TEST(directory_is_made_where_tmpdir_says)
{
    struct workdir outer;
    struct workdir inner;
    open_workdir(&outer);
    ck_assert_int_eq(setenv("TMPDIR", outer.path, 1), 0);
    open_workdir(&inner);
    ck_assert_int_eq(strncmp(inner.path, outer.path, strlen(outer.path)), 0);
    workdir_remove(&inner);
    workdir_remove(&outer);
}
END_TEST

START_TEST(place_that_cannot_be_written_to_is_named)
{
    struct workdir workdir = {0};
    struct error error = {0};
    ck_assert_int_eq(setenv("TMPDIR", "/nowhere", 1), 0);
    ck_assert_int_eq(workdir_create(&workdir, &error), -1);
    ck_assert_int_eq(error.kind, ERROR_GRADER);
    ck_assert_ptr_nonnull(strstr(error.message, "/nowhere"));
    ck_assert_ptr_nonnull(strstr(error.message, "set TMPDIR"));
}
END_TEST

START_TEST(file_is_read_as_it_was_written)
{
    struct workdir workdir;
    struct text content = {0};
    struct error error = {0};
    enum workdir_found found = WORKDIR_ABSENT;
    open_workdir(&workdir);
    ck_assert_int_eq(workdir_write(&workdir, "a", "x\0y", 3, &error), 0);
    ck_assert_int_eq(workdir_read(&workdir, "a", 3, &content, &found, &error), 0);
    ck_assert_int_eq(found, WORKDIR_FOUND);
    ck_assert_uint_eq(content.length, 3);
    ck_assert_mem_eq(content.bytes, "x\0y", 3);
    text_release(&content);
    ck_assert_int_eq(look_for(&workdir, "a", 2), WORKDIR_TOO_LARGE);
    ck_assert_int_eq(look_for(&workdir, "b", 2), WORKDIR_ABSENT);
    workdir_remove(&workdir);
}
END_TEST

START_TEST(file_is_never_written_over)
{
    struct workdir workdir;
    struct error error = {0};
    open_workdir(&workdir);
    ck_assert_int_eq(workdir_write(&workdir, "a", "x", 1, &error), 0);
    ck_assert_int_eq(workdir_write(&workdir, "a", "y", 1, &error), -1);
    workdir_remove(&workdir);
}
END_TEST

START_TEST(link_pipe_and_directory_are_no_files)
{
    struct workdir workdir;
    open_workdir(&workdir);
    ck_assert_int_eq(symlinkat("/etc/passwd", workdir.descriptor, "link"), 0);
    ck_assert_int_eq(mkfifoat(workdir.descriptor, "pipe", 0600), 0);
    ck_assert_int_eq(mkdirat(workdir.descriptor, "dir", 0700), 0);
    ck_assert_int_eq(look_for(&workdir, "link", 100000), WORKDIR_ABSENT);
    ck_assert_int_eq(look_for(&workdir, "pipe", 100000), WORKDIR_ABSENT);
    ck_assert_int_eq(look_for(&workdir, "dir", 100000), WORKDIR_ABSENT);
    workdir_remove(&workdir);
}
END_TEST

START_TEST(removal_takes_directories_and_leaves_what_links_point_to)
{
    struct workdir workdir;
    struct workdir other;
    struct error error = {0};
    struct stat status;
    open_workdir(&workdir);
    open_workdir(&other);
    char *path = strdup(workdir.path);
    ck_assert_int_eq(workdir_write(&other, "keep", "x", 1, &error), 0);
    ck_assert_int_eq(mkdirat(workdir.descriptor, "a", 0700), 0);
    ck_assert_int_eq(mkdirat(workdir.descriptor, "a/b", 0700), 0);
    ck_assert_int_eq(mkfifoat(workdir.descriptor, "a/b/c", 0600), 0);
    ck_assert_int_eq(symlinkat(other.path, workdir.descriptor, "a/other"), 0);
    workdir_remove(&workdir);
    ck_assert_int_ne(stat(path, &status), 0);
    ck_assert_int_eq(look_for(&other, "keep", 10), WORKDIR_FOUND);
    workdir_remove(&other);
    free(path);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &directory_is_private_and_goes_away,
        &directory_is_made_where_tmpdir_says,
        &place_that_cannot_be_written_to_is_named,
        &file_is_read_as_it_was_written,
        &file_is_never_written_over,
        &link_pipe_and_directory_are_no_files,
        &removal_takes_directories_and_leaves_what_links_point_to,
    };
    return run_tests("workdir", tests, sizeof(tests) / sizeof(tests[0]));
}
