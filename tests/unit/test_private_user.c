/* private_user: who a child is afterwards, and what it can no longer do. */
#include "private_user.h"
#include "run_tests.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int open_folder(void)
{
    char name[] = "/tmp/test-user-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(name));
    const int folder = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ck_assert_int_ge(folder, 0);
    rmdir(name); /* lives on until it is closed */
    return folder;
}

static bool has_capabilities(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2] = {{0}, {0}};
    return syscall(SYS_capget, &header, data) != 0 || data[0].effective != 0 ||
           data[0].permitted != 0 || data[1].effective != 0 || data[1].permitted != 0;
}

/* What is not as it should be after becoming `user`; 0: nothing. */
static int examine(uid_t user)
{
    if (private_user_enter(user) != 0) {
        return 1;
    }
    if (user != 0 && (getuid() != user || geteuid() != user || getgid() != user ||
                      getegid() != user || getgroups(0, NULL) != 0)) {
        return 2;
    }
    if (has_capabilities()) {
        return 3;
    }
    /* There is no way back. */
    return user != 0 && setresuid(0, 0, 0) == 0 ? 4 : 0;
}

static int examine_in_child(uid_t user)
{
    int status = 0;
    const pid_t pid = fork();
    if (pid == 0) {
        _exit(examine(user));
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

START_TEST(folder_belongs_to_the_user_that_was_chosen)
{
    struct stat status;
    const int folder = open_folder();
    const uid_t user = private_user_choose(folder);
    ck_assert_int_eq(fstat(folder, &status), 0);
    if (geteuid() != 0) {
        ck_assert_uint_eq(user, 0);
    }
    ck_assert_uint_eq(status.st_uid, user != 0 ? user : geteuid());
    close(folder);
}
END_TEST

START_TEST(two_processes_choose_two_users)
{
    int status = 0;
    const int folder = open_folder();
    const uid_t user = private_user_choose(folder);
    const pid_t pid = fork();
    if (pid == 0) {
        const uid_t other = private_user_choose(folder);
        _exit(user == 0 || other != user ? 0 : 1);
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert_int_eq(status, 0);
    close(folder);
}
END_TEST

START_TEST(the_user_has_no_rights_and_no_way_back)
{
    const int folder = open_folder();
    const uid_t user = private_user_choose(folder);
    ck_assert_int_eq(examine_in_child(user), 0);
    ck_assert_int_eq(examine_in_child(0), 0);
    close(folder);
}
END_TEST

START_TEST(root_without_its_rights_stays_root)
{
    int status = 0;
    const int folder = open_folder();
    const pid_t pid = fork();
    if (pid == 0) {
        _exit(private_user_enter(0) == 0 && private_user_choose(folder) == 0 ? 0 : 1);
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert_int_eq(status, 0);
    close(folder);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &folder_belongs_to_the_user_that_was_chosen,
        &two_processes_choose_two_users,
        &the_user_has_no_rights_and_no_way_back,
        &root_without_its_rights_stays_root,
    };
    return run_tests("private_user", tests, sizeof(tests) / sizeof(tests[0]));
}
