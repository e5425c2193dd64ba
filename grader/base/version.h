/*
 * version: what `grader --version` says and every report carries.
 */
#ifndef VERSION_H
#define VERSION_H

#ifndef GRADER_VERSION
#error "the build defines GRADER_VERSION, from the project's version"
#endif

#endif
