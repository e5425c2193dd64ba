/* judge_command: the judge's command line (harness/judge/RESULTS.md). */
#ifndef JUDGE_COMMAND_H
#define JUDGE_COMMAND_H

#include "judge_run.h"

#include <stddef.h>

#define JUDGE_COMMAND_MADE 5

/* A NULL ends the words. They point into the spec, but for those in `made`. */
struct judge_command {
    const char **words;
    size_t count;
    char *made[JUDGE_COMMAND_MADE];
};

/* 0, or -1 when memory is out. Either way judge_command_release frees what there is. */
int judge_command_init(const struct judge_spec *spec, struct judge_command *command);
void judge_command_release(struct judge_command *command);

#endif
