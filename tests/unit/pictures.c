#include "pictures.h"

#include "details.h"

#include <check.h>
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static FILE *open_beside(const char *file, const char *mode)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", PICTURES_FOLDER, file);
    FILE *const opened = fopen(path, mode);
    ck_assert_msg(opened != NULL, "cannot open %s", path);
    return opened;
}

void pictures_read(struct pictures *pictures)
{
    FILE *const in = open_beside("shapes.jsonl", "r");
    char *line = NULL;
    size_t room = 0;

    pictures->count = 0;
    while (getline(&line, &room, in) > 0) {
        struct error error = {0};
        ck_assert_uint_lt(pictures->count, PICTURES_MOST);
        cJSON *const shape = cJSON_Parse(line);
        ck_assert_ptr_nonnull(shape);
        pictures->shapes[pictures->count++] = shape;
        const struct json_value buffer = {
            .node = pictures_buffer(pictures, pictures->count - 1)};
        ck_assert_msg(details_check_buffer(&buffer, &error) == 0, "%s", error.message);
    }
    free(line);
    fclose(in);
    ck_assert_uint_gt(pictures->count, 0);
}

void pictures_release(struct pictures *pictures)
{
    for (size_t i = 0; i < pictures->count; i++) {
        cJSON_Delete(pictures->shapes[i]);
    }
}

const char *pictures_name(const struct pictures *pictures, size_t index)
{
    return cJSON_GetStringValue(
        cJSON_GetObjectItemCaseSensitive(pictures->shapes[index], "shape"));
}

const struct cJSON *pictures_buffer(const struct pictures *pictures, size_t index)
{
    return cJSON_GetObjectItemCaseSensitive(pictures->shapes[index], "buffer");
}

void pictures_expect(const char *file, const char *text)
{
    char *known = NULL;
    size_t room = 0;

    if (getenv("PICTURES_UPDATE") != NULL) {
        FILE *const out = open_beside(file, "w");
        fputs(text, out);
        ck_assert_int_eq(fclose(out), 0);
    }
    FILE *const in = open_beside(file, "r");
    ck_assert_int_gt(getdelim(&known, &room, '\0', in), 0);
    fclose(in);
    ck_assert_msg(strcmp(known, text) == 0, "not as in %s:\n%s", file, text);
    free(known);
}
