/*
 * json_read: strict reading of JSON, with the place of whatever is wrong.
 *
 * The one thing to get wrong: call json_only_keys on every object. It is what refuses
 * an unknown, a repeated and a missing key; the other functions then find their key.
 *
 * Every error is an ERROR_GRADER that begins "<name>: <place>", for example
 * "exercise.json: tests[3].points is 0; ...".
 */
#ifndef JSON_READ_H
#define JSON_READ_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The largest whole number that every JSON implementation reads exactly: 2^53 - 1. */
#define JSON_LARGEST_INTEGER 9007199254740991u

struct cJSON;

/* A value and the way to it. The values above it must outlive it, as must `name`. */
struct json_value {
    const struct cJSON *node;
    const struct json_value *parent; /* NULL: the root */
    const char *key;                 /* in an object; NULL in an array */
    size_t index;                    /* in an array */
    const char *name;                /* of the document, for messages */
};

/*
 * Parses `length` bytes at `text`, where text[length] must be NUL. `*root` is freed
 * with json_free. A syntax error is told with its line, counted from `first_line`.
 */
int json_parse(const char *name,
               const char *text,
               size_t length,
               size_t first_line,
               struct cJSON **root,
               struct error *error);
void json_free(struct cJSON *root);

struct json_value json_root(const char *name, const struct cJSON *root);

/* Sets `error` to the place of `value` and what is said about it; returns -1. */
int json_error(const struct json_value *value,
               struct error *error,
               const char *format,
               ...) __attribute__((format(printf, 3, 4)));

/* `object` is an object with exactly these keys, each once; `keys` ends with NULL. */
int json_only_keys(const struct json_value *object,
                   const char *const *keys,
                   struct error *error);

/* Whether an object has a key at all. */
bool json_has(const struct json_value *object, const char *key);

/* The member of an object, which must be there. */
int json_member(const struct json_value *object,
                const char *key,
                struct json_value *member,
                struct error *error);

/* The member, which must be an array, and its length. */
int json_array(const struct json_value *object,
               const char *key,
               struct json_value *array,
               size_t *length,
               struct error *error);

/* Element `index` of an array; it must be there. */
struct json_value json_element(const struct json_value *array, size_t index);

bool json_is_null(const struct json_value *value);
bool json_is_true(const struct json_value *value);

/* Copies of strings, which the caller frees. json_text refuses an empty string;
 * json_text_or_null reads null as NULL. */
int json_string(const struct json_value *value, char **copy, struct error *error);
int json_text(const struct json_value *object,
              const char *key,
              char **copy,
              struct error *error);
int json_text_or_null(const struct json_value *object,
                      const char *key,
                      char **copy,
                      struct error *error);

/* A whole number from `least` to `most`, at most JSON_LARGEST_INTEGER. */
int json_whole(const struct json_value *object,
               const char *key,
               uint64_t least,
               uint64_t most,
               uint64_t *number,
               struct error *error);

/* A name that becomes part of a path or of a command line: letters, digits, '_', '.'
 * and '-', not beginning with '.' or '-'. The caller frees `*name`. */
int json_check_name(const struct json_value *value,
                    const char *name,
                    struct error *error);
int json_name(const struct json_value *object,
              const char *key,
              char **name,
              struct error *error);

/* `count` zeroed structs for the entries of `array`; an empty one is refused. */
int json_new_list(const struct json_value *array,
                  size_t count,
                  size_t size,
                  void **list,
                  struct error *error);

#endif
