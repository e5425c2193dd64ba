/* text and utf8: whatever the bytes, what is cleaned can be shown; no offset moves. */
#include "fuzz.h"
#include "text.h"
#include "utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static char *copy_of(const char *bytes, size_t length)
{
    char *const copy = malloc(length + 1);

    assert(copy != NULL);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

/* A byte is kept, or it is a question mark, or it was a tab. */
static void check_bytes(const char *before, const char *after, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        assert(after[i] == before[i] || after[i] == '?' ||
               (before[i] == '\t' && after[i] == ' '));
    }
    assert(after[length] == '\0');
}

/* Both readers of UTF-8 see the same characters in what is clean. */
static void check_characters(const char *clean, size_t length)
{
    size_t count = 0;

    for (size_t at = 0; at < length; count++) {
        const size_t step = utf8_length(clean + at);
        assert(step != 0 && step <= length - at);
        at += step;
    }
    assert(utf8_count(clean) == count);
}

static void check_cut(const char *clean, size_t length, size_t limit)
{
    const size_t cut = text_cut(clean, length, limit);
    char *const kept = copy_of(clean, cut);

    assert(cut <= limit && cut <= length);
    assert(length <= limit ? cut == length : limit - cut < 4);
    assert(fuzz_is_harmless(kept));
    free(kept);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > FUZZ_BYTES_MOST) {
        return 0;
    }
    const char *const before = fuzz_copy(data, size, 1);
    char *const clean = copy_of(before, size);
    assert(utf8_count(before) <= size);
    text_clean(clean, size);
    check_bytes(before, clean, size);
    assert(fuzz_is_harmless(clean) && strlen(clean) == size);
    if (strlen(before) == size && fuzz_is_harmless(before)) {
        assert(strcmp(before, clean) == 0);
    }
    check_characters(clean, size);
    for (size_t limit = 0; limit < size && limit < 16; limit++) {
        check_cut(clean, size, limit);
        check_cut(clean, size, size - limit);
    }
    free(clean);
    return 0;
}
