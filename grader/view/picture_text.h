/*
 * picture_text: a buffer drawn on a terminal.
 *
 * A bar to scale with a letter for each block, dots for padding and nothing where it is
 * free; offsets above it, carets below what is wrong, and a legend. It needs no colour,
 * and is drawn in ASCII where there is no Unicode.
 */
#ifndef PICTURE_TEXT_H
#define PICTURE_TEXT_H

#include "terminal.h"

#include <stdbool.h>

struct cJSON;

/* Is there anything to see in it? NULL: no. */
bool picture_text_has_any(const struct cJSON *buffer);

/* `buffer` was checked (details.h). Nothing is drawn if there is nothing to see. */
void picture_text(const struct terminal *terminal, const struct cJSON *buffer);

#endif
