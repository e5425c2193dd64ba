/*
 * counterexample_words: the calls of a counterexample in words.
 */
#ifndef COUNTEREXAMPLE_WORDS_H
#define COUNTEREXAMPLE_WORDS_H

#include "counterexample_names.h"

#include <stdio.h>

/* Writes operation `index` with its answer: "alloc(32, align 32) -> buffer+31". */
void counterexample_call(const struct example *example, size_t index, FILE *out);

#endif
