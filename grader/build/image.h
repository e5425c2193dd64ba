/*
 * image: the linked program: checked, and put into sealed memory.
 *
 * The one thing to get wrong: only its first bytes are looked at, which decide how the
 * kernel loads it; they were written by a linker that had read a student's object.
 */
#ifndef IMAGE_H
#define IMAGE_H

#include "error.h"
#include "text.h"

#include <stdbool.h>

/*
 * Would the kernel load it as the runtime expects: a static program, without
 * interpreter, thread-local storage or memory that is both written and run, that starts
 * at the beginning of its code?
 */
bool image_is_sound(const struct text *image);

/* A descriptor of sealed, executable memory that holds `image`, or -1. */
int image_seal(const struct text *image, struct error *error);

#endif
