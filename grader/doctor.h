/*
 * doctor: says whether this machine can grade, and what it lacks.
 *
 * The one thing to get wrong: a version number proves nothing. What counts is the last
 * line: a submission that asks for a hidden file was built here, and did not find it.
 */
#ifndef DOCTOR_H
#define DOCTOR_H

#include "error.h"

#include <stdbool.h>
#include <stdio.h>

/* Writes one line about each thing that grading needs, with a remedy where it is
 * missing, and sets `is_able`. ERROR_GRADER: the exercise or the installation cannot be
 * read, or there is no memory. */
int doctor_run(FILE *out, bool *is_able, struct error *error);

#endif
