/*
 * json_write: JSON with a fixed form: two spaces of indentation, keys in the order they
 * are written, one trailing newline.
 *
 * The one thing to get wrong: text may come from anywhere. What is not valid UTF-8 is
 * written as U+FFFD, so the document is always valid; nothing is ever cut.
 *
 * In an object every value has a key; in an array, and at the root, `key` is NULL.
 * There are no errors to check: the stream remembers them (ferror).
 */
#ifndef JSON_WRITE_H
#define JSON_WRITE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct cJSON;

struct json_writer {
    FILE *out;
    unsigned depth;
    bool has_entries; /* in the innermost object or array */
    bool is_compact;  /* all on one line */
};

/* `out` stays the caller's. */
void json_writer_init(struct json_writer *writer, FILE *out);

void json_open_object(struct json_writer *writer, const char *key);
void json_close_object(struct json_writer *writer);
void json_open_array(struct json_writer *writer, const char *key);
void json_close_array(struct json_writer *writer);

/* `text` may be NULL, which is written as null. */
void json_write_text(struct json_writer *writer, const char *key, const char *text);
void json_write_number(struct json_writer *writer, const char *key, uint64_t number);
void json_write_bool(struct json_writer *writer, const char *key, bool value);
void json_write_null(struct json_writer *writer, const char *key);

/* points/max as a number from 0 to 1 with at most six decimals: 1 if and only if
 * `points` is `max`, 0 if and only if it is 0. `max` is positive, `points` is at most
 * `max`. */
void json_write_fraction(struct json_writer *writer,
                         const char *key,
                         int points,
                         int max);

/* A whole tree, such as details.h has: objects, arrays, texts, whole numbers, null. */
void json_write_tree(struct json_writer *writer,
                     const char *key,
                     const struct cJSON *tree);

/* Milliseconds with three digits behind the point. Not for reports, which are
 * integers. */
void json_write_ms(struct json_writer *writer, const char *key, double ms);

#endif
