#include "messages.h"

#include "diagnostics.h"

#include <cjson/cJSON.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* More than any limit of a manifest; bounds the work, not the report. */
#define MESSAGES_MOST 500u

/* One position of one reader: what is left of the output. */
struct reader {
    struct build *build;
    const struct message_source *source;
    const char *at;
    const char *end;
    struct error *error;
};

/* One message as it was found; borrowed text. */
struct found {
    enum diagnostic_severity severity;
    const char *message;
    const char *file; /* perhaps a path */
    const char *option;
    int line, column, caret_start, caret_end;
};

struct kind {
    const char *name;
    enum diagnostic_severity severity;
};

/* GCC's words and the assembler's. */
static const struct kind KINDS[] = {
    {"error", DIAGNOSTIC_ERROR},
    {"fatal error", DIAGNOSTIC_ERROR},
    {"sorry, unimplemented", DIAGNOSTIC_ERROR},
    {"internal compiler error", DIAGNOSTIC_ERROR},
    {"Error", DIAGNOSTIC_ERROR},
    {"Fatal error", DIAGNOSTIC_ERROR},
    {"warning", DIAGNOSTIC_WARNING},
    {"Warning", DIAGNOSTIC_WARNING},
    {"note", DIAGNOSTIC_NOTE},
    {"Info", DIAGNOSTIC_NOTE},
};

static const struct kind *find_kind(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
        if (strlen(KINDS[i].name) == length &&
            memcmp(KINDS[i].name, name, length) == 0) {
            return &KINDS[i];
        }
    }
    return NULL;
}

static const char *last_component(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static bool ends_path(char byte)
{
    return strchr(" \t\n\"'`:;,()<>[]{}", byte) != NULL || (unsigned char)byte >= 0x80;
}

/* Where directories lie is no business of a report's: of an absolute path only the last
 * component is left. In place. */
static void strip_directories(char *message)
{
    const char *from = message;
    char *to = message;
    char before = ' ';

    while (*from != '\0') {
        if (*from == '/' && ends_path(before) && !ends_path(from[1])) {
            size_t length = 0;
            size_t name = 0;
            while (from[length] != '\0' && !ends_path(from[length])) {
                if (from[length] == '/' && !ends_path(from[length + 1])) {
                    name = length + 1;
                }
                length++;
            }
            from += name > 1 ? name : 0;
        }
        before = *from;
        if (before == '\0') {
            break;
        }
        *to++ = *from++;
    }
    *to = '\0';
}

/* A copy of the source's line, or NULL. */
static char *copy_line(const struct message_source *source, int line)
{
    const char *at = source->content->bytes;
    const char *end = at == NULL ? NULL : at + source->content->length;
    for (int i = 1; at != NULL && at < end; i++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline == NULL ? end : newline;
        if (i == line) {
            stop -= stop > at && stop[-1] == '\r';
            return strndup(at, (size_t)(stop - at));
        }
        at = newline == NULL ? NULL : newline + 1;
    }
    return NULL;
}

/* Adds a message, with the line that it points at. */
static int add(const struct reader *reader, const struct found *found)
{
    const char *name = found->file == NULL ? NULL : last_component(found->file);
    const bool is_ours =
        found->file != NULL && strcmp(found->file, reader->source->name) == 0;
    struct diagnostic model = {
        .phase = "compile",
        .severity = found->severity,
        .message = strdup(found->message),
        .file = name == NULL ? NULL : strdup(name),
        .line = found->line,
        .column = found->column,
        .option = found->option == NULL ? NULL : strdup(found->option),
        .source = is_ours ? copy_line(reader->source, found->line) : NULL,
        .caret_start = found->caret_start,
        .caret_end = found->caret_end,
    };
    int result = -1;
    if (model.message == NULL) {
        error_set(reader->error, ERROR_GRADER, "out of memory for messages");
    } else {
        strip_directories(model.message);
        result = diagnostics_add(reader->build, &model, reader->error);
    }
    free(model.message);
    free(model.file);
    free(model.option);
    free(model.source);
    return result;
}

/* JSON. Every getter answers with nothing where the type is not the one expected. */

static const char *get_string(const cJSON *object, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
}

static int get_number(const cJSON *object, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0) ||
        item->valuedouble > INT_MAX) {
        return 0;
    }
    return (int)item->valuedouble;
}

static int get_column(const cJSON *position)
{
    const int bytes = get_number(position, "byte-column");
    return bytes != 0 ? bytes : get_number(position, "column");
}

/* The end of a range, if it lies on the caret's line. */
static int column_on_line(const cJSON *location, const char *which, int line)
{
    const cJSON *position = cJSON_GetObjectItemCaseSensitive(location, which);
    return get_number(position, "line") == line ? get_column(position) : 0;
}

static void read_location(const cJSON *message, struct found *found)
{
    const cJSON *locations = cJSON_GetObjectItemCaseSensitive(message, "locations");
    const cJSON *location = cJSON_GetArrayItem(locations, 0);
    const cJSON *caret = cJSON_GetObjectItemCaseSensitive(location, "caret");

    found->file = get_string(caret, "file");
    found->line = get_number(caret, "line");
    found->column = get_column(caret);
    found->caret_start = column_on_line(location, "start", found->line);
    found->caret_end = column_on_line(location, "finish", found->line);
}

static int add_json(const struct reader *reader, const cJSON *message)
{
    const char *kind_name = get_string(message, "kind");
    const char *text = get_string(message, "message");
    if (kind_name == NULL || text == NULL) {
        reader->build->diagnostics_truncated = true;
        return 0;
    }
    const struct kind *kind = find_kind(kind_name, strlen(kind_name));
    struct found found = {
        .severity = kind == NULL ? DIAGNOSTIC_ERROR : kind->severity,
        .message = text,
        .option = get_string(message, "option"),
    };
    read_location(message, &found);
    return add(reader, &found);
}

/* A message and the notes that belong to it; GCC nests them no deeper. */
static int add_json_with_notes(const struct reader *reader, const cJSON *message)
{
    const cJSON *notes = cJSON_GetObjectItemCaseSensitive(message, "children");
    const cJSON *note = NULL;
    int result = add_json(reader, message);
    cJSON_ArrayForEach(note, notes)
    {
        if (result == 0 && reader->build->diagnostic_count < MESSAGES_MOST) {
            result = add_json(reader, note);
        }
    }
    return result;
}

/* The length of the object that begins at `at`, or 0 if it does not end. */
static size_t object_length(const char *at, const char *end)
{
    size_t depth = 0;
    bool is_in_string = false;
    for (const char *byte = at; byte < end; byte++) {
        if (*byte == '\\' && is_in_string) {
            byte++;
        } else if (*byte == '"') {
            is_in_string = !is_in_string;
        } else if (!is_in_string && *byte == '{') {
            depth++;
        } else if (!is_in_string && *byte == '}' && --depth == 0) {
            return (size_t)(byte - at) + 1;
        }
    }
    return 0;
}

static int read_object(struct reader *reader)
{
    const size_t length = object_length(reader->at, reader->end);
    if (length == 0) {
        reader->build->diagnostics_truncated = true;
        reader->at = reader->end;
        return 0;
    }
    cJSON *message = cJSON_ParseWithLength(reader->at, length);
    reader->at += length;
    if (message == NULL) {
        reader->build->diagnostics_truncated = true;
        return 0;
    }
    const int result = add_json_with_notes(reader, message);
    cJSON_Delete(message);
    return result;
}

/* From a '[' at the start of a line to its ']'. */
static int read_array(struct reader *reader)
{
    int result = 0;
    reader->at++;
    while (result == 0 && reader->at < reader->end &&
           reader->build->diagnostic_count < MESSAGES_MOST) {
        if (*reader->at == '{') {
            result = read_object(reader);
        } else if (*reader->at == ',' || *reader->at == ' ') {
            reader->at++;
        } else {
            break;
        }
    }
    return result;
}

/* Classic lines. */

/* A number and the colon after it; 0: there is none. */
static int read_number(const char **at)
{
    char *after = NULL;
    const long value = strtol(*at, &after, 10);
    if (after == *at || *after != ':' || value <= 0 || value > INT_MAX) {
        return 0;
    }
    *at = after + 1;
    return (int)value;
}

/* "name:line:[column:] kind: message". `line` is a copy that may be cut up. */
static int add_line(const struct reader *reader, char *line)
{
    char *colon = strchr(line, ':');
    struct found found = {.file = line};
    if (colon == NULL) {
        return 0;
    }
    *colon = '\0';
    const char *at = colon + 1;
    found.line = read_number(&at);
    found.column = found.line == 0 ? 0 : read_number(&at);
    at += strspn(at, " ");
    const size_t length = strcspn(at, ":");
    const struct kind *kind = find_kind(at, length);
    if (kind == NULL || found.line == 0 || at[length] != ':') {
        return 0;
    }
    at += length + 1;
    found.severity = kind->severity;
    found.message = at + strspn(at, " ");
    /* The assembler names its own input, a file that no student has seen. */
    if (strcmp(line, reader->source->name) != 0) {
        found.file = NULL;
        found.line = 0;
        found.column = 0;
    }
    return add(reader, &found);
}

static int read_line(struct reader *reader)
{
    const size_t left = (size_t)(reader->end - reader->at);
    const char *newline = memchr(reader->at, '\n', left);
    const size_t length = newline == NULL ? left : (size_t)(newline - reader->at);
    char *line = strndup(reader->at, length);
    reader->at += newline == NULL ? left : length + 1;
    if (line == NULL) {
        return error_set(reader->error, ERROR_GRADER, "out of memory for messages");
    }
    const int result = add_line(reader, line);
    free(line);
    return result;
}

int messages_read(struct build *build,
                  const struct text *output,
                  const struct message_source *source,
                  struct error *error)
{
    if (output->length == 0) {
        return 0;
    }
    struct reader reader = {.build = build,
                            .source = source,
                            .at = output->bytes,
                            .end = output->bytes + output->length,
                            .error = error};
    int result = 0;
    while (result == 0 && reader.at < reader.end) {
        if (build->diagnostic_count >= MESSAGES_MOST) {
            build->diagnostics_truncated = true;
            break;
        }
        result = *reader.at == '[' ? read_array(&reader) : read_line(&reader);
    }
    return result;
}
