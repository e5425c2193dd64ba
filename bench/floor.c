/*
 * floor: what the kernel alone takes for a process for each test and a message for each
 * call, on one processor. A judge that renews its children and sends calls together
 * takes less.
 *
 *     floor CHILDREN CALLS
 *
 * Prints two numbers in milliseconds, each the median of nine: forking, ending and
 * reaping CHILDREN children of a small static process; and CALLS times a message of 72
 * bytes through a pipe to another process and one of the same size back.
 */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS 9
#define MESSAGE_BYTES 72

static double now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;

    return (x > y) - (x < y);
}

static double children_ms(long children)
{
    const double began = now_ms();

    for (long i = 0; i < children; i++) {
        const pid_t pid = fork();
        if (pid == 0) {
            _exit(0);
        }
        if (pid < 0 || waitpid(pid, NULL, 0) != pid) {
            exit(1);
        }
    }
    return now_ms() - began;
}

/* Sends back whatever comes, until nobody writes any more. */
_Noreturn static void echo(int in, int out)
{
    char message[MESSAGE_BYTES];

    while (read(in, message, sizeof message) == MESSAGE_BYTES) {
        if (write(out, message, sizeof message) != MESSAGE_BYTES) {
            _exit(1);
        }
    }
    _exit(0);
}

static double calls_ms(long calls)
{
    int there[2];
    int back[2];
    char message[MESSAGE_BYTES] = "";

    if (pipe(there) != 0 || pipe(back) != 0) {
        exit(1);
    }
    const pid_t pid = fork();
    if (pid == 0) {
        close(there[1]);
        echo(there[0], back[1]);
    }
    const double began = now_ms();
    for (long i = 0; i < calls; i++) {
        if (write(there[1], message, sizeof message) != MESSAGE_BYTES ||
            read(back[0], message, sizeof message) != MESSAGE_BYTES) {
            exit(1);
        }
    }
    const double took = now_ms() - began;
    close(there[0]);
    close(there[1]);
    close(back[0]);
    close(back[1]);
    waitpid(pid, NULL, 0);
    return took;
}

static double median_of(double (*measure)(long), long count)
{
    double times[ROUNDS];

    for (int i = 0; i < ROUNDS; i++) {
        times[i] = measure(count);
    }
    qsort(times, ROUNDS, sizeof times[0], by_size);
    return times[ROUNDS / 2];
}

int main(int argc, char **argv)
{
    cpu_set_t one;

    if (argc != 3) {
        fputs("usage: floor CHILDREN CALLS\n", stderr);
        return 2;
    }
    CPU_ZERO(&one);
    CPU_SET(0, &one);
    sched_setaffinity(0, sizeof one, &one);
    const double children = median_of(children_ms, strtol(argv[1], NULL, 10));
    const double calls = median_of(calls_ms, strtol(argv[2], NULL, 10));
    printf("%.3f %.3f\n", children, calls);
    return 0;
}
