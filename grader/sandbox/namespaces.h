/*
 * namespaces: no network and no IPC objects of the machine, where the kernel lets us.
 *
 * A layer beneath the others, used where it can be had: landlock and the filters refuse
 * all that a namespace would hide. So it is entered once, by the grader itself, and
 * every child inherits it: an own network for each child would cost more than it gives.
 */
#ifndef NAMESPACES_H
#define NAMESPACES_H

/*
 * Moves the calling process, which has one thread, into a network and an IPC namespace
 * of its own; an ordinary user needs a user namespace for that, in which it is nobody.
 * Returns the CLONE_NEW* flags of what was entered: all of them, or 0 where that is
 * refused, as in most containers.
 */
unsigned namespaces_enter(void);

#endif
