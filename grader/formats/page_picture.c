/* Pictures on a page. */
#include "page.h"
#include "picture.h"
#include "picture_svg.h"

#include <stdlib.h>
#include <string.h>

char *page_picture(struct page *page, const struct report_test *test)
{
    struct picture picture;
    char *svg = NULL;
    size_t length = 0;
    if (!page->has_pictures || test->buffer == NULL) {
        return NULL;
    }
    picture_init(&picture, test->buffer);
    if (!picture_is_worth_a_look(&picture)) {
        return NULL;
    }
    if (picture_svg(test->buffer, &svg, &length, page->error) != 0) {
        page->has_failed = true;
        return NULL;
    }
    return svg;
}

/* RFC 4648. `out` has room for 4 characters for each 3 bytes begun, and a NUL. */
static void encode(const char *bytes, size_t length, char *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                 "0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        uint32_t group = 0;
        for (size_t j = 0; j < 3; j++) {
            group <<= 8;
            group |= i + j < length ? (unsigned char)bytes[i + j] : 0;
        }
        for (size_t j = 0; j < 4; j++) {
            *out++ = i + j > length ? '=' : digits[(group >> (18 - 6 * j)) & 63u];
        }
    }
    *out = '\0';
}

char *page_picture_base64(struct page *page, const struct report_test *test)
{
    char *svg = page_picture(page, test);
    if (svg == NULL) {
        return NULL;
    }
    const size_t length = strlen(svg);
    char *encoded = malloc((length + 2) / 3 * 4 + 1);
    if (encoded == NULL) {
        page_fail_memory(page);
    } else {
        encode(svg, length, encoded);
    }
    free(svg);
    return encoded;
}
