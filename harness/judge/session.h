/*
 * session: the judge's one running test and everything it stands on.
 *
 * A suite calls functions whose signatures are given: fba_init(fba, buffer, capacity)
 * has no room for a context. So what is current has to be found, and this is the only
 * module of the harness with a file-scope variable.
 */
#ifndef SESSION_H
#define SESSION_H

#include "channel.h"
#include "options.h"
#include "regions.h"
#include "verdict.h"

struct session {
    pid_t subject; /* the subject's first process; 0: none */
    struct region region;
    struct channel channel;
    struct verdict verdict;
};

/* The one session. It is set up by main before any test, and lives to the end. */
struct session *session_current(void);

/*
 * Opens the session: memory, and what will run the submission. Two implementations,
 * like the channel's: session_remote.c and direct.c. Stops the judge if it cannot.
 */
void session_open(const struct options *options);
void session_close(void);

/* Whether calls may go wrong without harm, so that searches (trial.h) are possible: not
 * where the submission runs in this process. */
bool session_can_try(void);

/* How many shards (shards.h) such a session runs `tests` tests in. */
size_t session_shards(size_t tests);

/*
 * The running test fails. `expected` and `actual` are what to compare, in a few words,
 * or NULL; the message is one sentence in a student's words. Does not return.
 */
_Noreturn void session_fail(const char *expected,
                            const char *actual,
                            const char *format,
                            ...) __attribute__((format(printf, 3, 4)));

/*
 * If the running test fails, its picture points at the `bytes` bytes from `start`,
 * which may lie anywhere. The text is a short phrase that can stand below them, such as
 * "the block that alloc returned". With 0 bytes the block that begins there is meant,
 * and the text is said of it: "begins 1 byte past a multiple of 8". The last word
 * counts that is said before the test fails.
 */
void session_point_at(uint64_t start, uint64_t bytes, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* region_place, region_describe and region_stray_write of the session's region. */
void *session_place(size_t bytes,
                    enum region_placement placement,
                    size_t offset,
                    const char *name);
char *session_describe(const void *address, char *text, size_t text_bytes);

#endif
