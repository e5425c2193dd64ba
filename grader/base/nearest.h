/*
 * nearest: what somebody probably meant who wrote something that does not exist.
 */
#ifndef NEAREST_H
#define NEAREST_H

#include <stddef.h>

/*
 * Index of the candidate that is the fewest single-character changes away from `word`,
 * or -1 if even that one is too far away to be what was meant. `candidate` gives the
 * text of candidate `index`.
 */
ptrdiff_t nearest_find(const char *word,
                       size_t count,
                       const char *(*candidate)(const void *context, size_t index),
                       const void *context);

#endif
