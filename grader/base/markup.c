#include "markup.h"

#include "utf8.h"

#include <stdbool.h>
#include <string.h>

static const char *entity(char character)
{
    switch (character) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* U+FFFE and U+FFFF are valid UTF-8, and no characters. */
static bool is_writable(const char *text, size_t length)
{
    const unsigned char byte = (unsigned char)*text;
    if (length == 1) {
        return (byte >= 0x20 && byte != 0x7f) || byte == '\n' || byte == '\t';
    }
    return length != 0 && memcmp(text, "\xEF\xBF\xBE", 3) != 0 &&
           memcmp(text, "\xEF\xBF\xBF", 3) != 0;
}

void markup_text(FILE *out, const char *text)
{
    for (; text != NULL && *text != '\0';) {
        const size_t length = utf8_length(text);
        const char *escaped = entity(*text);
        if (escaped != NULL) {
            fputs(escaped, out);
        } else if (is_writable(text, length)) {
            fwrite(text, 1, length, out);
        } else {
            fputs("\xEF\xBF\xBD", out);
        }
        text += length > 0 ? length : 1;
    }
}
