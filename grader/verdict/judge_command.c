#include "judge_command.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Options other than --symbol, --function and --apart, their values, the program. */
#define MOST_OTHER_WORDS 18

static void add_pair(struct judge_command *command,
                     const char *option,
                     const char *value)
{
    command->words[command->count++] = option;
    command->words[command->count++] = value;
}

/* The ids of the tests that become visible so, with commas between them; NULL when
 * memory is out. */
static char *ids_of(const struct manifest *manifest, enum visibility visibility)
{
    size_t bytes = 1;

    for (size_t i = 0; i < manifest->test_count; i++) {
        bytes += strlen(manifest->tests[i].id) + 1;
    }
    char *const ids = malloc(bytes);
    char *end = ids;
    if (ids == NULL) {
        return NULL;
    }
    *end = '\0';
    for (size_t i = 0; i < manifest->test_count; i++) {
        if (manifest->tests[i].visibility == visibility) {
            end += sprintf(end, "%s%s", end == ids ? "" : ",", manifest->tests[i].id);
        }
    }
    return ids;
}

/* What students are shown of a test must not tell what another has asked that they are
 * not shown, or later. */
static int add_apart(const struct manifest *manifest, struct judge_command *command)
{
    static const enum visibility shown[] = {
        VISIBILITY_VISIBLE, VISIBILITY_AFTER_DUE_DATE, VISIBILITY_AFTER_PUBLISHED};

    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        char *const ids = ids_of(manifest, shown[i]);
        command->made[2 + i] = ids;
        if (ids == NULL) {
            return -1;
        }
        if (ids[0] != '\0') {
            add_pair(command, "--apart", ids);
        }
    }
    return 0;
}

int judge_command_init(const struct judge_spec *spec, struct judge_command *command)
{
    const struct manifest *const manifest = spec->manifest;
    const size_t most =
        MOST_OTHER_WORDS +
        2 * (spec->symbol_count + manifest->function_count + JUDGE_COMMAND_MADE);

    *command = (struct judge_command){.words = calloc(most, sizeof *command->words)};
    if (command->words == NULL ||
        asprintf(&command->made[0], "%llu",
                 (unsigned long long)manifest->limits.test_cpu_ms) < 0 ||
        asprintf(&command->made[1], "%lu", (unsigned long)spec->user) < 0) {
        return -1;
    }
    command->words[command->count++] = spec->program;
    add_pair(command, "--subject-fd", "3");
    add_pair(command, "--results-fd", "4");
    add_pair(command, "--test-cpu-ms", command->made[0]);
    if (spec->user != 0) {
        add_pair(command, "--subject-user", command->made[1]);
    }
    for (size_t i = 0; i < spec->symbol_count; i++) {
        add_pair(command, "--symbol", spec->symbols[i]);
    }
    for (size_t i = 0; i < manifest->function_count; i++) {
        add_pair(command, "--function", manifest->functions[i]);
    }
    if (add_apart(manifest, command) != 0) {
        return -1;
    }
    add_pair(command, "--seed", spec->seed);
    if (spec->test != NULL) {
        add_pair(command, "--test", spec->test);
    }
    if (spec->keeps_calls) {
        command->words[command->count++] = "--trace";
    }
    return 0;
}

void judge_command_release(struct judge_command *command)
{
    free(command->words);
    for (size_t i = 0; i < JUDGE_COMMAND_MADE; i++) {
        free(command->made[i]);
    }
    *command = (struct judge_command){0};
}
