/*
 * counterexample_program: a counterexample as a complete C program.
 */
#ifndef COUNTEREXAMPLE_PROGRAM_H
#define COUNTEREXAMPLE_PROGRAM_H

#include "counterexample_names.h"

#include <stdio.h>

/* Writes a program that ends with status 0 if the submission that it is linked with
 * does what the contract says, and otherwise with 1, a crash, or not at all. */
void counterexample_program(const struct example *example, FILE *out);

/* Its first lines, which say how to compile it; for other programs too. */
void counterexample_head(FILE *out);

#endif
