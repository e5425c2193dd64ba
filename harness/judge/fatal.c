#include "fatal.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

_Noreturn void fatal(const char *format, ...)
{
    va_list arguments;

    fputs("judge: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    fflush(stderr);
    _exit(3);
}
