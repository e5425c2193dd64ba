/*
 * recorded: the calls of a test, as a sequence.
 */
#ifndef RECORDED_H
#define RECORDED_H

#include "sequence.h"
#include "verdict.h"

/*
 * Fills `sequence` with the calls that `verdict` has kept. Calls of allocators of the
 * judge are left out. False: they are not all kept, or too many, or refer to something
 * that no call has made.
 */
bool recorded_sequence(const struct verdict *verdict, struct sequence *sequence);

#endif
