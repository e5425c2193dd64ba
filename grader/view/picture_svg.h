/*
 * picture_svg: a buffer drawn as an SVG.
 *
 * What picture_text shows, for a page in a browser. The drawing stands alone: no
 * script, no font of its own, nothing that is loaded. Its colours follow the reader's
 * choice of light or dark and differ for every kind of eye; patterns and letters say
 * the same as they do. Its words stand in <title> and <desc> for those who listen.
 */
#ifndef PICTURE_SVG_H
#define PICTURE_SVG_H

#include "error.h"

#include <stddef.h>

struct cJSON;

/*
 * `buffer` was checked (details.h). The caller frees `*svg`, which has `*length` bytes
 * and a NUL behind them; the same buffer gives the same bytes. They can stand in a file
 * or in a page of HTML. ERROR_GRADER.
 */
int picture_svg(const struct cJSON *buffer,
                char **svg,
                size_t *length,
                struct error *error);

#endif
