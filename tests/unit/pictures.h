/*
 * pictures: the buffers of pictures/shapes.jsonl, for the tests of what draws them.
 */
#ifndef PICTURES_H
#define PICTURES_H

#include <stddef.h>

struct cJSON;

enum {
    PICTURES_MOST = 32
};

struct pictures {
    struct cJSON *shapes[PICTURES_MOST]; /* {"shape": words, "buffer": details.h} */
    size_t count;
};

/* Reads them; a test fails if it cannot, or if a buffer does not pass details.h. */
void pictures_read(struct pictures *pictures);

void pictures_release(struct pictures *pictures);

const char *pictures_name(const struct pictures *pictures, size_t index);
const struct cJSON *pictures_buffer(const struct pictures *pictures, size_t index);

/* The text is that of the file of this name beside the shapes; with PICTURES_UPDATE in
 * the environment it becomes it. */
void pictures_expect(const char *file, const char *text);

#endif
