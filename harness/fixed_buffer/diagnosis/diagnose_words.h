/*
 * diagnose_words: what was observed, in a student's words.
 */
#ifndef DIAGNOSE_WORDS_H
#define DIAGNOSE_WORDS_H

#include "diagnose_fit.h"

/* The longest sentence. */
#define EVIDENCE_BYTES 512u

/* What was seen at observation number `index`, which deviates, and what is right. */
void diagnose_describe(const struct observations *observations,
                       size_t index,
                       char text[EVIDENCE_BYTES]);

#endif
