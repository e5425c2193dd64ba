/*
 * time_stamp: whether a program can be kept from reading the processor's time stamp.
 *
 * A submission gives up that right with prctl(PR_SET_TSC), so that it has no clock. The
 * kernel agrees, and then the processor has to do it: under some hypervisors it does
 * not. Nothing can be gained by a clock, so this is a layer that is used where it
 * works.
 */
#ifndef TIME_STAMP_H
#define TIME_STAMP_H

#include <stdbool.h>

/* Tries it in a process of its own. false: it can be read all the same, or that cannot
 * be tried. */
bool time_stamp_can_be_withheld(void);

#endif
