/*
 * writers: the formats' own functions; format.c lists them. Each file's head names the
 * platform's own description of the format.
 */
#ifndef FORMATS_WRITERS_H
#define FORMATS_WRITERS_H

#include "format.h"

format_writer format_autolab;
format_writer format_check50;
format_writer format_classroom50;
format_writer format_coderunner;
format_writer format_csv;
format_writer format_ctrf;
format_writer format_exercism;
format_writer format_github_classroom;
format_writer format_gradescope;
format_writer format_junit;
format_writer format_native;
format_writer format_prairielearn;
format_writer format_program;
format_writer format_svg;
format_writer format_tap;

#endif
