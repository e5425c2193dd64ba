/*
 * scripted_child: a subject in the process of the judge that does what bytes say.
 *
 * The judge's end is the real one: real pipes, a real socket, channel.c as it is. What
 * is not there is another process. Whenever the judge polls, zygote and child do what
 * is their turn, so that a run is the same every time and takes microseconds. To that
 * end the linker sends the judge's poll, kill and patience_is_over here
 * (tests/fuzz.cmake).
 *
 * A script is a row of steps. A step is a byte, its kind in the low four bits and an
 * argument in the high four, and what the kind reads after it:
 *
 *     0  answer honestly (honest.h), argument + 1 times
 *     1  the same, 16 × (argument + 1) times
 *     2  answer, with value number `argument` replaced by a number; of a batch, an
 *        answer of the step that a byte names
 *     3  answer with a wrong nonce, off by a number
 *     4  answer with a wrong sequence number, off by argument + 1
 *     5  send a message of kind `argument`: an operation (one byte) and six numbers
 *     6  send so many bytes (one byte), as they stand in the script
 *     7  send event number `argument`, with six numbers
 *     8  answer, with `argument` more bytes in the same write; 0: with a second answer
 *     9  die: with an exit status (one byte); odd arguments: by a signal
 *    10  fall asleep
 *    11  spin
 *    12  write argument + 1 bytes (one byte) into shared memory at a number
 *    13  answer, and die
 *    14  answer for operation `argument`
 *    15  answer, and send the same once more
 *
 * A number is a byte that stands for a small one, one beside the honest one, an address
 * in the region, a power of two or one below 2^64, or says that eight bytes follow.
 */
#ifndef SCRIPTED_CHILD_H
#define SCRIPTED_CHILD_H

#include "channel.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What happens when a script is at its end. */
enum scripted_ending {
    ENDING_HONEST,
    ENDING_EXIT,
    ENDING_SIGNAL,
    ENDING_SLEEP,
    ENDING_SPIN,
    ENDINGS
};

/* Makes the pipes, on which the zygote says that it is ready; `descriptors` are the
 * judge's ends. Call it once. */
void scripted_child_open(struct channel_descriptors *descriptors);

/* What the next child does. The bytes must stay until it is done. */
void scripted_child_load(const uint8_t *script,
                         size_t size,
                         enum scripted_ending ending);

/*
 * Has the child done anything, since this was asked the last time, for which its test
 * must not pass, whatever the test looks at: a message that was not asked for or says
 * what cannot be, no message, death in a call?
 */
bool scripted_child_has_lied(void);

#endif
