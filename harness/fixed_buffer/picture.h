/*
 * picture: the buffer that a failed test was about, as RESULTS.md describes it.
 *
 * What the text and the drawings of the grader show of a buffer is made here, of the
 * ledger and of what session_point_at was told; the memory itself is not read.
 */
#ifndef PICTURE_H
#define PICTURE_H

#include "ledger.h"
#include "verdict.h"

#include <stddef.h>

struct cJSON;

/* More ranges than this are not drawn: those far from the offence become one. */
#define PICTURE_RANGES 40u

/* For `exercise`: the picture at this end of the running test. NULL: no buffer has
 * anything to do with it. */
struct cJSON *picture_take(const struct verdict *verdict);

/* The same of a buffer that is known. `name` is what it is called in messages; an
 * offence without words is none. */
struct cJSON *picture_draw(const struct ledger_buffer *buffer,
                           const char *name,
                           const struct verdict_offence *offence);

/* What a block is called: A for number 0, Z for 25, AA for 26. */
void picture_label(size_t number, char *text, size_t text_bytes);

#endif
