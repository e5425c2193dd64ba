#include "options.h"

#include "fatal.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum option_code {
    OPTION_LIST = 1,
    OPTION_TRACE,
    OPTION_SUBJECT_FD,
    OPTION_SUBJECT_USER,
    OPTION_RESULTS_FD,
    OPTION_TEST_CPU_MS,
    OPTION_SEED,
    OPTION_TEST,
    OPTION_APART,
    OPTION_SYMBOL,
    OPTION_FUNCTION
};

static const struct option long_options[] = {
    {"list", no_argument, NULL, OPTION_LIST},
    {"trace", no_argument, NULL, OPTION_TRACE},
    {"subject-fd", required_argument, NULL, OPTION_SUBJECT_FD},
    {"subject-user", required_argument, NULL, OPTION_SUBJECT_USER},
    {"results-fd", required_argument, NULL, OPTION_RESULTS_FD},
    {"test-cpu-ms", required_argument, NULL, OPTION_TEST_CPU_MS},
    {"seed", required_argument, NULL, OPTION_SEED},
    {"test", required_argument, NULL, OPTION_TEST},
    {"apart", required_argument, NULL, OPTION_APART},
    {"symbol", required_argument, NULL, OPTION_SYMBOL},
    {"function", required_argument, NULL, OPTION_FUNCTION},
    {NULL, 0, NULL, 0},
};

static long number(const char *text, long maximum)
{
    char *end = NULL;

    errno = 0;
    const long value = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || value < 0 || value > maximum) {
        fatal("'%s' is not a number from 0 to %ld", text, maximum);
    }
    return value;
}

/* 16 hexadecimal digits, as in a report. */
static uint64_t seed(const char *text)
{
    char *end = NULL;

    const uint64_t value = strtoull(text, &end, 16);
    if (strspn(text, "0123456789abcdef") != 16 || *end != '\0') {
        fatal("'%s' is not a seed of 16 hexadecimal digits", text);
    }
    return value;
}

static void read_one(int code, const char *value, struct options *options)
{
    switch ((enum option_code)code) {
    case OPTION_LIST:
        options->is_list = true;
        return;
    case OPTION_TRACE:
        options->is_traced = true;
        return;
    case OPTION_SUBJECT_FD:
        options->subject_descriptor = (int)number(value, INT_MAX);
        return;
    case OPTION_SUBJECT_USER:
        options->subject_user = (uid_t)number(value, UINT32_MAX);
        return;
    case OPTION_RESULTS_FD:
        options->results_descriptor = (int)number(value, INT_MAX);
        return;
    case OPTION_TEST_CPU_MS:
        options->test_cpu_ms = (uint64_t)number(value, 60000);
        return;
    case OPTION_SEED:
        options->seed = seed(value);
        return;
    case OPTION_TEST:
        options->test = value;
        return;
    case OPTION_APART:
        options->parting.lists[options->parting.count++] = value;
        return;
    case OPTION_SYMBOL:
        options->symbols[options->symbol_count++] = value;
        return;
    case OPTION_FUNCTION:
        options->functions[options->function_count++] = value;
        return;
    }
    fatal("the command line is not one the grader writes");
}

void options_read(int argc, char **argv, struct options *options)
{
    int code = 0;

    *options = (struct options){
        .subject_descriptor = -1,
        .results_descriptor = STDOUT_FILENO,
        .test_cpu_ms = 60,
        .parting = {.lists = calloc((size_t)argc + 1, sizeof(const char *))},
        .symbols = calloc((size_t)argc + 1, sizeof *options->symbols),
        .functions = calloc((size_t)argc + 1, sizeof *options->functions),
    };
    if (options->parting.lists == NULL || options->symbols == NULL ||
        options->functions == NULL) {
        fatal("out of memory");
    }
    opterr = 0;
    while ((code = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        read_one(code, optarg, options);
    }
    if (optind != argc) {
        fatal("unexpected argument '%s'", argv[optind]);
    }
}

void options_release(struct options *options)
{
    free(options->parting.lists);
    free(options->symbols);
    free(options->functions);
    *options = (struct options){0};
}
