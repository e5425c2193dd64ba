/*
 * memory: the four functions that every C compiler expects, of a freestanding program
 * too (gcc's manual, "Language Standards Supported by GCC"). Weak: a submission may
 * bring its own, which then serve the submission and nobody else.
 */
#include <stddef.h>

#define EXPORT __attribute__((weak))

void *memcpy(void *restrict to, const void *restrict from, size_t count);
void *memmove(void *to, const void *from, size_t count);
void *memset(void *bytes, int value, size_t count);
int memcmp(const void *left, const void *right, size_t count);

EXPORT void *memcpy(void *restrict to, const void *restrict from, size_t count)
{
    unsigned char *const target = to;
    const unsigned char *const source = from;

    for (size_t i = 0; i < count; i++) {
        target[i] = source[i];
    }
    return to;
}

EXPORT void *memmove(void *to, const void *from, size_t count)
{
    unsigned char *const target = to;
    const unsigned char *const source = from;

    if (target < source) {
        for (size_t i = 0; i < count; i++) {
            target[i] = source[i];
        }
    } else {
        for (size_t i = count; i > 0; i--) {
            target[i - 1] = source[i - 1];
        }
    }
    return to;
}

EXPORT void *memset(void *bytes, int value, size_t count)
{
    unsigned char *const target = bytes;

    for (size_t i = 0; i < count; i++) {
        target[i] = (unsigned char)value;
    }
    return bytes;
}

EXPORT int memcmp(const void *left, const void *right, size_t count)
{
    const unsigned char *const a = left;
    const unsigned char *const b = right;

    for (size_t i = 0; i < count; i++) {
        if (a[i] != b[i]) {
            return a[i] < b[i] ? -1 : 1;
        }
    }
    return 0;
}
