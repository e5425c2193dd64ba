/*
 * The zygote's key (harness/subject/lock_down.c): what it opens, and that nothing of a
 * child holds it. Not everybody may look.
 */
#include "leaving.h"
#include "real_subject.h"
#include "run_tests.h"
#include "session.h"

#include <elf.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

/* From where the zygote waits in a call that it has made with its key (proc(5)). */
static uint64_t key_of(pid_t zygote)
{
    char path[64];
    char line[256] = "";
    uint64_t key = 0;
    int values = 0;

    snprintf(path, sizeof path, "/proc/%d/syscall", (int)zygote);
    while (values != 1) {
        FILE *const file = fopen(path, "re");
        ck_assert_ptr_nonnull(file);
        ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
        fclose(file);
        values = sscanf(line, "%*d %*x %*x %*x %*x %*x %" SCNx64, &key);
    }
    return key;
}

/* How often the 8 bytes of `value` lie in a piece of the child's memory. */
static size_t count_in(int memory, uint64_t begin, uint64_t end, uint64_t value)
{
    const size_t bytes = end - begin;
    char *const copy = malloc(bytes);
    size_t count = 0;

    ck_assert_ptr_nonnull(copy);
    const ssize_t size = pread(memory, copy, bytes, (off_t)begin);
    for (const char *at = copy; size > 0;) {
        at = memmem(at, (size_t)(copy + size - at), &value, sizeof value);
        if (at == NULL) {
            break;
        }
        count++;
        at++;
    }
    free(copy);
    return count;
}

static size_t count_in_memory(uint64_t value)
{
    char path[64];
    char line[512];
    size_t count = 0;

    FILE *const maps = open_maps();
    ck_assert_ptr_nonnull(maps);
    snprintf(path, sizeof path, "/proc/%d/mem", (int)channel()->child);
    const int memory = open(path, O_RDONLY | O_CLOEXEC);
    ck_assert_int_ge(memory, 0);
    while (fgets(line, sizeof line, maps) != NULL) {
        uint64_t begin = 0;
        uint64_t end = 0;
        ck_assert_int_eq(sscanf(line, "%" SCNx64 "-%" SCNx64, &begin, &end), 2);
        if (strstr(line, "[vsyscall]") == NULL) {
            count += count_in(memory, begin, end, value);
        }
    }
    close(memory);
    fclose(maps);
    return count;
}

#if defined(__x86_64__)
#define WIDEST_REGISTERS NT_X86_XSTATE
#else
#define WIDEST_REGISTERS NT_FPREGSET
#endif

/* Is the value in one of the child's registers, the wide ones too? */
static bool is_in_registers(uint64_t value)
{
    static const int sets[] = {NT_PRSTATUS, WIDEST_REGISTERS};
    static char bytes[65536];
    const pid_t child = channel()->child;
    bool is_found = false;
    int status = 0;

    ck_assert_int_eq(ptrace(PTRACE_ATTACH, child, NULL, NULL), 0);
    ck_assert_int_eq(waitpid(child, &status, __WALL), child);
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        struct iovec all = {.iov_base = bytes, .iov_len = sizeof bytes};
        ck_assert_int_eq(
            ptrace(PTRACE_GETREGSET, child, (void *)(uintptr_t)sets[i], &all), 0);
        is_found = is_found || memmem(bytes, all.iov_len, &value, sizeof value) != NULL;
    }
    ck_assert_int_eq(ptrace(PTRACE_DETACH, child, NULL, NULL), 0);
    return is_found;
}

START_TEST(the_key_is_what_lets_a_call_through)
{
    start_subject();
    if (!may_look()) {
        return; /* who the child is must not know it either */
    }
    const uint64_t key = key_of(session_current()->subject);
    ck_assert_uint_ne(key, 0);
    begin_test();
    ck_assert_msg(returns_from(PROBE_KEYED_CALL, SYS_wait4, key), "%s",
                  verdict()->message);
    end_test();
    for (unsigned bit = 0; bit < 64; bit++) {
        expect_stop(PROBE_KEYED_CALL, SYS_wait4, key ^ 1ull << bit,
                    VERDICT_FORBIDDEN_SYSCALL, "wait4");
    }
    /* What the judge's filter does not let through, the key does not either. */
    expect_stop(PROBE_KEYED_CALL, SYS_openat, key, VERDICT_FORBIDDEN_SYSCALL, "openat");
}
END_TEST

START_TEST(no_child_has_the_key)
{
    const uint64_t known = 0x1badfeedc0ffee11;

    start_subject();
    if (!may_look()) {
        return;
    }
    const uint64_t key = key_of(session_current()->subject);
    begin_test();
    ck_assert(returns_from(PROBE_NOTHING, known, 0));
    ck_assert_uint_eq(count_in_memory(key), 0);
    ck_assert(!is_in_registers(key));
    /* Both would be seen: the request, and the read that the child waits in. */
    ck_assert_uint_ge(count_in_memory(known), 1);
    ck_assert(is_in_registers(WIRE_FD_REQUEST));
    end_test();
}
END_TEST

int main(void)
{
    static const test *const tests[] = {&the_key_is_what_lets_a_call_through,
                                        &no_child_has_the_key};
    return run_tests("subject_key", tests, sizeof tests / sizeof tests[0]);
}
