/*
 * runtime: the modules of the subject's runtime to each other.
 *
 *     start.c     sets the process up, then is the zygote: forks a child for each test
 *     child.c     one test: serves the judge's calls with the submission's code
 *     lock_down.c what a child gives up before the submission's first instruction
 *     faults.c    signals, traps and failed assertions, told to the judge
 *     undefined.c undefined behaviour, told to the judge
 *     memory.c    the functions of C that a compiler expects of a freestanding program
 */
#ifndef RUNTIME_H
#define RUNTIME_H

#include "wire.h"

#include <stdint.h>

/* The child's whole life, on its own stack. */
_Noreturn void subject_child(void);

/* Gives up everything but reading requests, writing replies and ending. `cpu_us` is the
 * processor time the child has left to live, in microseconds. */
void subject_lock_down(uint64_t cpu_us);

/* Installs the handlers, on a stack of their own; forked children inherit them. */
void subject_handle_faults(void);

/* Ends the process at once. */
_Noreturn void subject_exit(int status);

#endif
