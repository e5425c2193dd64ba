#include "file.h"

#include <errno.h>
#include <unistd.h>

int file_read(int descriptor, size_t most, struct text *content)
{
    char bytes[16384];
    for (;;) {
        const ssize_t count = read(descriptor, bytes, sizeof bytes);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return count == 0 ? 0 : -1;
        }
        if ((size_t)count > most - content->length) {
            return FILE_TOO_LARGE;
        }
        if (!text_append(content, bytes, (size_t)count)) {
            errno = ENOMEM;
            return -1;
        }
    }
}

int file_write(int descriptor, const char *bytes, size_t count)
{
    while (count > 0) {
        const ssize_t written = write(descriptor, bytes, count);
        if (written < 0 && errno != EINTR) {
            return -1;
        }
        if (written > 0) {
            bytes += written;
            count -= (size_t)written;
        }
    }
    return 0;
}
