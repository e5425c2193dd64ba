#include "error.h"

#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char ELLIPSIS[] = "...";

/* Writes at `used`; returns the new length, with a cut shown by an ellipsis. */
static size_t append(struct error *error, size_t used, const char *format, va_list list)
    __attribute__((format(printf, 3, 0)));

static size_t append(struct error *error, size_t used, const char *format, va_list list)
{
    const size_t size = sizeof error->message;
    const int wanted = vsnprintf(error->message + used, size - used, format, list);
    if (wanted < 0) {
        error->message[used] = '\0';
        return used;
    }
    if ((size_t)wanted < size - used) {
        return used + (size_t)wanted;
    }
    memcpy(error->message + size - sizeof ELLIPSIS, ELLIPSIS, sizeof ELLIPSIS);
    return size - 1;
}

static size_t append_text(struct error *error, size_t used, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static size_t append_text(struct error *error, size_t used, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    used = append(error, used, format, list);
    va_end(list);
    return used;
}

/* Much of a sentence may be a stranger's: a file's name, a key of a manifest. */
static void make_one_line(struct error *error)
{
    text_clean(error->message, strlen(error->message));
    for (char *byte = error->message; *byte != '\0'; byte++) {
        if (*byte == '\n') {
            *byte = ' ';
        }
    }
}

int error_set(struct error *error, enum error_kind kind, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    append(error, 0, format, list);
    va_end(list);
    make_one_line(error);
    error->kind = kind;
    return -1;
}

int error_set_errno(
    struct error *error, enum error_kind kind, int errnum, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    const size_t used = append(error, 0, format, list);
    va_end(list);
    if (used < sizeof error->message - 1) {
        append_text(error, used, ": %s", strerror(errnum));
    }
    make_one_line(error);
    error->kind = kind;
    return -1;
}
