/*
 * messages: what a compiler wrote, turned into diagnostics.
 *
 * The one thing to get wrong: a student decides much of this text (#warning, #line,
 * #error, names), and it may end anywhere. Every message is read by itself, so that a
 * broken one loses no other; no path in it is ever opened.
 */
#ifndef MESSAGES_H
#define MESSAGES_H

#include "build.h"
#include "text.h"

/* The source the messages are about: the lines shown are taken from here. */
struct message_source {
    const char *name; /* as the compiler was told it */
    const struct text *content;
};

/*
 * Adds the messages in `output`: GCC's JSON (-fdiagnostics-format=json), the classic
 * "file:line:column: error: ..." lines of GCC and of the assembler. Everything else is
 * passed over. Sets diagnostics_truncated if a message was incomplete, or if there were
 * more than anybody reads.
 */
int messages_read(struct build *build,
                  const struct text *output,
                  const struct message_source *source,
                  struct error *error);

#endif
