#include "fuzz.h"

#include <assert.h>
#include <string.h>
#include <sys/mman.h>

#define GUARD_BYTES 65536u

char *fuzz_copy(const uint8_t *data, size_t size, size_t alignment)
{
    static char *end;

    if (end == NULL) {
        const size_t bytes = 2 * FUZZ_BYTES_MOST + GUARD_BYTES;
        char *const memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                                  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        assert(memory != MAP_FAILED);
        end = memory + bytes - GUARD_BYTES;
        assert(mprotect(end, GUARD_BYTES, PROT_NONE) == 0);
    }
    assert(size <= FUZZ_BYTES_MOST);
    char *const copy = end - ((size + alignment) & ~(alignment - 1));
    memset(copy, 0, (size_t)(end - copy));
    memcpy(copy, data, size);
    return copy;
}

/* The value of the character at `text` and its length; 0 if there is no valid one.
 * Written from RFC 3629, apart from the decoders it is compared with. */
static size_t decode(const unsigned char *text, uint32_t *value)
{
    static const struct {
        unsigned char mask, lead;
        uint32_t least;
    } forms[] = {{0x80, 0x00, 0},
                 {0xE0, 0xC0, 0x80},
                 {0xF0, 0xE0, 0x800},
                 {0xF8, 0xF0, 0x10000}};

    for (size_t more = 0; more < sizeof forms / sizeof forms[0]; more++) {
        if ((text[0] & forms[more].mask) != forms[more].lead) {
            continue;
        }
        *value = text[0] & (unsigned char)~forms[more].mask;
        for (size_t i = 1; i <= more; i++) {
            if ((text[i] & 0xC0) != 0x80) {
                return 0;
            }
            *value = *value * 64 + (text[i] & 0x3F);
        }
        const bool is_surrogate = *value / 0x800 == 0x1B;
        return *value < forms[more].least || *value > 0x10FFFF || is_surrogate
                   ? 0
                   : more + 1;
    }
    return 0;
}

static bool is_harmful(uint32_t value)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {{0x00, 0x09},     {0x0B, 0x1F},     {0x7F, 0x9F},
                  {0x061C, 0x061C}, {0x200E, 0x200F}, {0x2028, 0x202E},
                  {0x2066, 0x2069}, {0xFEFF, 0xFEFF}};

    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (value >= ranges[i].first && value <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

static bool is_free_of(const char *text, bool (*is_refused)(uint32_t value))
{
    while (*text != '\0') {
        uint32_t value = 0;
        const size_t length = decode((const unsigned char *)text, &value);
        if (length == 0 || is_refused(value)) {
            return false;
        }
        text += length;
    }
    return true;
}

static bool nothing(uint32_t value)
{
    (void)value;
    return false;
}

bool fuzz_is_utf8(const char *text)
{
    return is_free_of(text, nothing);
}

bool fuzz_is_harmless(const char *text)
{
    return is_free_of(text, is_harmful);
}
