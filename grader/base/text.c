#include "text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool text_append(struct text *text, const char *bytes, size_t count)
{
    if (count >= SIZE_MAX / 4 || text->length >= SIZE_MAX / 4) {
        return false;
    }
    const size_t needed = text->length + count + 1;
    if (needed > text->capacity) {
        const size_t capacity = needed < 256 ? 256 : needed + needed / 2;
        char *grown = realloc(text->bytes, capacity);
        if (grown == NULL) {
            return false;
        }
        text->bytes = grown;
        text->capacity = capacity;
    }
    if (count > 0) {
        memcpy(text->bytes + text->length, bytes, count);
    }
    text->length += count;
    text->bytes[text->length] = '\0';
    return true;
}

void text_release(struct text *text)
{
    free(text->bytes);
    *text = (struct text){0};
}

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0u) == 0x80u;
}

/* How many bytes a character takes that begins with `lead`; 0: none begins so. */
static size_t length_by_lead(unsigned char lead)
{
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return 3;
    }
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/* Decodes one character. Returns its length, or 0 if `bytes` begins with none. */
static size_t decode(const unsigned char *bytes, size_t length, uint32_t *character)
{
    static const unsigned char LEAD_BITS[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    static const uint32_t SMALLEST[] = {0, 0, 0x80, 0x800, 0x10000};

    const size_t count = length_by_lead(bytes[0]);
    if (count == 0 || count > length) {
        return 0;
    }
    uint32_t value = bytes[0] & LEAD_BITS[count];
    for (size_t i = 1; i < count; i++) {
        if (!is_continuation(bytes[i])) {
            return 0;
        }
        value = value << 6 | (bytes[i] & 0x3Fu);
    }
    const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < SMALLEST[count] || value > 0x10FFFF || is_surrogate) {
        return 0;
    }
    *character = value;
    return count;
}

/* Direction marks reorder what is around them, and the line separators break what
 * should be one line. */
static bool is_harmless(uint32_t character)
{
    const bool is_control = character < 0x20 || (character >= 0x7F && character < 0xA0);
    const bool is_direction = character == 0x061C ||
                              (character >= 0x200E && character <= 0x200F) ||
                              (character >= 0x2028 && character <= 0x202E) ||
                              (character >= 0x2066 && character <= 0x2069);
    return (!is_control || character == '\n') && !is_direction && character != 0xFEFF;
}

size_t text_harmless(const char *bytes, size_t length)
{
    uint32_t character = 0;
    const size_t count = decode((const unsigned char *)bytes, length, &character);
    return count > 0 && is_harmless(character) ? count : 0;
}

void text_clean(char *bytes, size_t length)
{
    size_t i = 0;
    while (i < length) {
        const size_t count = text_harmless(bytes + i, length - i);
        if (count == 0) {
            bytes[i] = bytes[i] == '\t' ? ' ' : '?';
        }
        i += count == 0 ? 1 : count;
    }
}

size_t text_cut(const char *bytes, size_t length, size_t limit)
{
    if (length <= limit) {
        return length;
    }
    while (limit > 0 && is_continuation((unsigned char)bytes[limit])) {
        limit--;
    }
    return limit;
}
