/*
 * installation: where the programs and files of this grader are.
 *
 * Everything is found from the place of the grader's own program, so that an
 * installation can be moved. build.h has the struct.
 */
#ifndef INSTALLATION_H
#define INSTALLATION_H

#include "build.h"
#include "error.h"

/*
 * The files of a harness, all of which exist and can be read. The caller releases it.
 * ERROR_GRADER names what is missing.
 */
int installation_find(const char *harness,
                      struct installation *installation,
                      struct error *error);

/* The folder of the exercise that is meant when none is named. The caller frees it. */
int installation_default_exercise(char **directory, struct error *error);

void installation_release(struct installation *installation);

#endif
