/*
 * private_user: a user that exists for one grading only, where the grader runs as root.
 *
 * Such a user owns no file but the private directory, cannot be told from outside, and
 * shares its limits with nobody. It is a number; no account is made.
 */
#ifndef PRIVATE_USER_H
#define PRIVATE_USER_H

#include <sys/types.h>

/*
 * Gives the folder behind `directory` to a user of its own. Returns its number, which
 * is its group's too; 0 if this process is not root, or is root without the rights to
 * become somebody else: then the folder stays as it is.
 */
uid_t private_user_choose(int directory);

/* Becomes the user, for good, with no other groups and no capabilities; 0 keeps the
 * user and gives up the capabilities. System calls only. 0, or -1 with errno. */
int private_user_enter(uid_t user);

#endif
