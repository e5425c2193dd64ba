/*
 * outer_filter: the system calls that the subject's program may make from its first
 * instruction on: those of its runtime while it sets itself up. What a child keeps of
 * them, the runtime's own filter says (harness/subject/lock_down.c).
 *
 * The one thing to get wrong: its refusal must be a trap. The kernel takes the worse
 * answer of two filters, and a kill here would hide the call's name from the judge.
 */
#ifndef OUTER_FILTER_H
#define OUTER_FILTER_H

/* Puts the calling process under the filter for good; needs no_new_privs. Next it may
 * only execute a descriptor. A system call and nothing else. 0, or -1 with errno. */
int outer_filter_enter(void);

#endif
