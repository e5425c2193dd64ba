/*
 * channel_child: the two halves of a channel to a subject, to each other: channel.c,
 * which speaks to the child, and channel_child.c, which sees to it that there is one.
 * All others use channel.h.
 */
#ifndef CHANNEL_CHILD_H
#define CHANNEL_CHILD_H

#include "channel.h"

/* By channel.c: sends the child a request with a nonce and number of its own. */
void channel_send(struct channel *channel,
                  enum wire_request_kind kind,
                  uint16_t operation,
                  const uint64_t values[WIRE_VALUES]);

/* By channel_child.c: the zygote has something to say, which is that the child has
 * ended. */
void channel_note_death(struct channel *channel);

/* By channel_child.c: the pipe holds something; a dead child's last words, perhaps. */
bool channel_has_reply(const struct channel *channel);

/* By channel_child.c: what the child may use in its life, which is one test's time or
 * somewhat more. */
uint64_t channel_child_cpu_ms(const struct channel *channel);

#endif
