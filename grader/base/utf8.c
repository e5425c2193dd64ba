#include "utf8.h"

/* Bytes of a character by its first byte, and which second bytes are valid (Unicode,
 * table 3-7); 0 if no character begins so. The rest is 0x80 to 0xBF. */
static size_t expected_length(unsigned char first,
                              unsigned char *least,
                              unsigned char *most)
{
    *least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    *most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (first < 0x80) {
        return 1;
    }
    if (first >= 0xc2 && first <= 0xdf) {
        return 2;
    }
    if (first >= 0xe0 && first <= 0xef) {
        return 3;
    }
    return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

size_t utf8_length(const char *text)
{
    unsigned char least = 0;
    unsigned char most = 0;
    const size_t length = expected_length((unsigned char)text[0], &least, &most);
    for (size_t i = 1; i < length; i++) {
        /* A NUL is in no range, so nothing behind the end is read. */
        const unsigned char byte = (unsigned char)text[i];
        if (byte < least || byte > most) {
            return 0;
        }
        least = 0x80;
        most = 0xbf;
    }
    return length;
}

size_t utf8_count(const char *text)
{
    size_t count = 0;
    while (*text != '\0') {
        const size_t length = utf8_length(text);
        text += length > 0 ? length : 1;
        count++;
    }
    return count;
}
