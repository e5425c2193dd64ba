/*
 * report_value: the values of a report, pointed to where they stand.
 *
 * Unlike json_read.h's functions of the same meaning these copy nothing: what they give
 * lives as long as the tree. Errors are json_read.h's.
 */
#ifndef REPORT_VALUE_H
#define REPORT_VALUE_H

#include "json_read.h"
#include "report_read.h"

/* A text that says something; one that may be empty; one that may be null. */
int report_value_text(const struct json_value *object,
                      const char *key,
                      const char **text,
                      struct error *error);
int report_value_any_text(const struct json_value *object,
                          const char *key,
                          const char **text,
                          struct error *error);
int report_value_text_or_null(const struct json_value *object,
                              const char *key,
                              const char **text,
                              struct error *error);

/* A whole number that an int holds; null gives 0 in the second. */
int report_value_number(const struct json_value *object,
                        const char *key,
                        int least,
                        int *number,
                        struct error *error);
int report_value_number_or_null(const struct json_value *object,
                                const char *key,
                                int *number,
                                struct error *error);

int report_value_bool(const struct json_value *object,
                      const char *key,
                      bool *value,
                      struct error *error);

/* Which of `names`, which end with NULL. */
int report_value_choice(const struct json_value *object,
                        const char *key,
                        const char *const *names,
                        size_t *choice,
                        struct error *error);

/* A list of texts; `items` belongs to the caller. */
int report_value_texts(const struct json_value *object,
                       const char *key,
                       struct report_texts *texts,
                       struct error *error);

/* A list of objects: `*list` is what holds them, zeroed, and is NULL if there are none;
 * it belongs to the caller. */
int report_value_list(const struct json_value *object,
                      const char *key,
                      size_t size,
                      struct json_value *array,
                      void **list,
                      size_t *count,
                      struct error *error);

/* Reads entry `index` of a list into `report`, where it has a place already. */
typedef int report_entry_reader(const struct json_value *entry,
                                size_t index,
                                struct report *report,
                                struct error *error);

int report_value_entries(const struct json_value *array,
                         size_t count,
                         report_entry_reader *read,
                         struct report *report,
                         struct error *error);

#endif
