/*
 * shards: the tests dealt out to several judges, one a processor.
 *
 * A shard is a process with a session, a subject and a processor of its own; test n
 * goes to shard n mod count. Tests share nothing, so the results do not depend on how
 * many shards there are. The one thing to get wrong: a shard that dies must take the
 * whole judge with it, so that no test is lost in silence.
 */
#ifndef SHARDS_H
#define SHARDS_H

#include <stddef.h>

/* Runs the tests of shard `index` of `count` and writes one line a test to `lines`. */
typedef void shard_runner(size_t index, size_t count, int lines);

/* As many shards as there are processors to run on, at most `tests`, at least 1; and 1
 * where processors get in each other's way. */
size_t shards_wanted(size_t tests);

/*
 * Runs `count` shards at once, shard 0 in this process, and gives their lines in the
 * order of the tests, without newlines; free them with shards_release. Stops the judge
 * if a shard fails or has not one line for each of its tests.
 */
char **shards_run(size_t count, size_t tests, shard_runner *run);
void shards_release(char **lines, size_t tests);

#endif
