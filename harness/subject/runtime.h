/*
 * runtime: the modules of the subject's runtime to each other.
 *
 *     start.c     sets the process up, then is the zygote: forks a child for each test
 *     child.c     serves the judge's calls with the submission's code
 *     renew.c     makes a child what it was when it began, for the next test
 *     lock_down.c what a submission may ask of the kernel
 *     faults.c    signals, traps and failed assertions, told to the judge
 *     places.c    where in the submission such a thing happened
 *     undefined.c undefined behaviour, told to the judge
 *     memory.c    the functions of C that a compiler expects of a freestanding program
 */
#ifndef RUNTIME_H
#define RUNTIME_H

#include "wire.h"

#include <stdint.h>

/* The child's whole life, on its own stack. It begins anew with each renewal. */
_Noreturn void subject_child(void);

/* For the zygote, when all of its static memory is as children shall find it: keeps a
 * copy. Returns whether there was room for one, so that children can be renewed. */
int subject_keep_first_state(void);

/* Makes the child what it was when it began: its memory, its stacks, its registers. */
_Noreturn void subject_renew(void);

/* Takes the zygote's key from the stack that the kernel has made, where it is no more
 * afterwards. It must reach no memory that a child has. */
uint64_t subject_take_key(const uint64_t *kernel_stack);

/* From here on a call needs the key, in its sixth argument, if it is not one that reads
 * requests, writes replies, empties a stack or ends the process. */
void subject_lock_down(uint64_t key);

/* Installs the handlers, on WIRE_SIGNAL_STACK_BASE; forked children inherit them. */
void subject_handle_faults(void);

/*
 * Finds where in the submission something happened. `pc` is the instruction, and
 * `return_address` where it would return to if it is not the submission's and has no
 * frame; `frame` is the frame record (psABI: the caller's record, then the return
 * address) from which the callers are found. Each may be 0, or anything.
 */
void subject_find_places(uint64_t pc,
                         uint64_t return_address,
                         uint64_t frame,
                         uint64_t places[WIRE_PLACES]);

/* The function that subject_enter has noted; 0 between calls. */
uint64_t subject_entered(void);

/* The call has returned, and the one that it was made in goes on: `outer` was noted
 * before. */
void subject_leave(uint64_t outer);

/* Tells the judge why the child cannot go on, and where that was; ends the child. */
_Noreturn void subject_report_places(uint32_t event,
                                     const uint64_t values[WIRE_VALUES],
                                     const uint64_t places[WIRE_PLACES]);

/* Ends the process at once. */
_Noreturn void subject_exit(int status);

#endif
