/*
 * memory: the four functions that every C compiler expects, of a freestanding program
 * too (gcc's manual, "Language Standards Supported by GCC"). Weak: a submission may
 * bring its own, which then serve the submission and nobody else.
 */
#include <stddef.h>
#include <stdint.h>

#define EXPORT __attribute__((weak))

/* Under the runtime's own names first: a submission that brings a memcpy changes what
 * `memcpy` means, here too. */
static void *copy_up(void *to, const void *from, size_t count)
{
    unsigned char *const target = to;
    const unsigned char *const source = from;

    for (size_t i = 0; i < count; i++) {
        target[i] = source[i];
    }
    return to;
}

static void *copy_down(void *to, const void *from, size_t count)
{
    unsigned char *const target = to;
    const unsigned char *const source = from;

    for (size_t i = count; i > 0; i--) {
        target[i - 1] = source[i - 1];
    }
    return to;
}

static void *move(void *to, const void *from, size_t count)
{
    return (uintptr_t)to < (uintptr_t)from ? copy_up(to, from, count)
                                           : copy_down(to, from, count);
}

static void *fill(void *bytes, int value, size_t count)
{
    unsigned char *const target = bytes;

    for (size_t i = 0; i < count; i++) {
        target[i] = (unsigned char)value;
    }
    return bytes;
}

void *memcpy(void *restrict to, const void *restrict from, size_t count);
void *memmove(void *to, const void *from, size_t count);
void *memset(void *bytes, int value, size_t count);
int memcmp(const void *left, const void *right, size_t count);

EXPORT void *memcpy(void *restrict to, const void *restrict from, size_t count)
{
    return copy_up(to, from, count);
}

EXPORT void *memmove(void *to, const void *from, size_t count)
{
    return move(to, from, count);
}

EXPORT void *memset(void *bytes, int value, size_t count)
{
    return fill(bytes, value, count);
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

/*
 * With _FORTIFY_SOURCE, which some compilers set by themselves, a compiler calls these
 * instead where it knows the size of the object. The guards around each buffer see
 * more.
 */
void *__memcpy_chk(void *restrict to,
                   const void *restrict from,
                   size_t count,
                   size_t room);
void *__memmove_chk(void *to, const void *from, size_t count, size_t room);
void *__memset_chk(void *bytes, int value, size_t count, size_t room);

EXPORT void *__memcpy_chk(void *restrict to,
                          const void *restrict from,
                          size_t count,
                          size_t room)
{
    (void)room;
    return copy_up(to, from, count);
}

EXPORT void *__memmove_chk(void *to, const void *from, size_t count, size_t room)
{
    (void)room;
    return move(to, from, count);
}

EXPORT void *__memset_chk(void *bytes, int value, size_t count, size_t room)
{
    (void)room;
    return fill(bytes, value, count);
}
