#include "exercise.h"

#include "counterexample.h"
#include "diagnose.h"
#include "explore.h"
#include "judge_calls.h"
#include "picture.h"

static const char *const suites[] = {
    "capacity",      "alignment",    "reset",
    "out_of_memory", "polymorphism", "individual_free",
};

static const char *const files[] = {"fba.c", "fba.h", "allocator.h"};

const struct exercise exercise = {
    .submission = "fba.c",
    .forbidden_reason = "this exercise has no C library, only the buffer",
    .files = files,
    .file_count = sizeof files / sizeof files[0],
    .suites = suites,
    .suite_count = sizeof suites / sizeof suites[0],
    .begin_test = judge_calls_begin_test,
    .serve_callback = judge_calls_serve,
    .describe_call = judge_calls_describe,
    .counterexample = counterexample_of_test,
    .diagnose = diagnose,
    .explore = explore,
    .picture = picture_take,
};
