/*
 * watch: grades a file each time it is saved, and says what has changed.
 *
 * The one thing to get wrong: a fault ends a grading but not the watch. A file that is
 * away for a moment, or a machine that is short of something, is told and tried again
 * at the next save; only the first grading must succeed.
 */
#ifndef WATCH_H
#define WATCH_H

#include "convert.h"
#include "error.h"
#include "grade.h"
#include "terminal.h"

/*
 * Grades `spec->file` now and after each save, until SIGINT, SIGTERM or SIGHUP comes;
 * these stay blocked. Shows what the audience of `convert` may see. Errors: those of
 * the first grading, and when the file's folder is gone.
 */
int watch_run(const struct grade_spec *spec,
              const struct convert_spec *convert,
              const struct terminal *terminal,
              struct error *error);

#endif
