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
#include <stdint.h>

/*
 * Would the kernel load it as the runtime expects: a static program, without interpreter,
 * thread-local storage or memory that is both written and run, that starts within the
 * first `runtime_bytes` of its code?
 */
bool image_is_sound(const struct text *image, uint64_t runtime_bytes);

/* A descriptor of sealed, executable memory that holds `image`, or -1. */
int image_seal(const struct text *image, struct error *error);

#endif
