#include "json_write.h"

#include "utf8.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <string.h>

void json_writer_init(struct json_writer *writer, FILE *out)
{
    *writer = (struct json_writer){.out = out};
}

static void write_quoted(FILE *out, const char *text)
{
    fputc('"', out);
    while (*text != '\0') {
        const size_t length = utf8_length(text);
        const unsigned char byte = (unsigned char)*text;
        if (length == 0) {
            fputs("\xEF\xBF\xBD", out);
            text++;
            continue;
        }
        if (byte == '"' || byte == '\\') {
            fprintf(out, "\\%c", byte);
        } else if (byte == '\n') {
            fputs("\\n", out);
        } else if (byte < 0x20 || byte == 0x7f) {
            fprintf(out, "\\u%04x", byte);
        } else {
            fwrite(text, 1, length, out);
        }
        text += length;
    }
    fputc('"', out);
}

static void new_line(struct json_writer *writer)
{
    if (writer->is_compact) {
        return;
    }
    fputc('\n', writer->out);
    for (unsigned i = 0; i < writer->depth; i++) {
        fputs("  ", writer->out);
    }
}

/* What stands before a value: the comma of the one before, the line, the key. */
static void begin_value(struct json_writer *writer, const char *key)
{
    if (writer->has_entries) {
        fputc(',', writer->out);
    }
    if (writer->depth > 0) {
        new_line(writer);
    }
    if (key != NULL) {
        write_quoted(writer->out, key);
        fputs(": ", writer->out);
    }
    writer->has_entries = true;
}

static void end_root(struct json_writer *writer)
{
    if (writer->depth == 0) {
        fputc('\n', writer->out);
    }
}

static void open_level(struct json_writer *writer, const char *key, char bracket)
{
    begin_value(writer, key);
    fputc(bracket, writer->out);
    writer->depth++;
    writer->has_entries = false;
}

static void close_level(struct json_writer *writer, char bracket)
{
    writer->depth--;
    if (writer->has_entries) {
        new_line(writer);
    }
    fputc(bracket, writer->out);
    writer->has_entries = true;
    end_root(writer);
}

void json_open_object(struct json_writer *writer, const char *key)
{
    open_level(writer, key, '{');
}

void json_close_object(struct json_writer *writer)
{
    close_level(writer, '}');
}

void json_open_array(struct json_writer *writer, const char *key)
{
    open_level(writer, key, '[');
}

void json_close_array(struct json_writer *writer)
{
    close_level(writer, ']');
}

void json_write_text(struct json_writer *writer, const char *key, const char *text)
{
    if (text == NULL) {
        json_write_null(writer, key);
        return;
    }
    begin_value(writer, key);
    write_quoted(writer->out, text);
}

void json_write_number(struct json_writer *writer, const char *key, uint64_t number)
{
    begin_value(writer, key);
    fprintf(writer->out, "%" PRIu64, number);
}

void json_write_bool(struct json_writer *writer, const char *key, bool value)
{
    begin_value(writer, key);
    fputs(value ? "true" : "false", writer->out);
}

void json_write_null(struct json_writer *writer, const char *key)
{
    begin_value(writer, key);
    fputs("null", writer->out);
}

void json_write_fraction(struct json_writer *writer,
                         const char *key,
                         int points,
                         int max)
{
    const int64_t whole = 1000000;
    int64_t millionths = (points * whole + max / 2) / max;
    /* Rounding makes nothing perfect, and nothing worthless. */
    if (points < max && millionths == whole) {
        millionths = whole - 1;
    }
    if (points > 0 && millionths == 0) {
        millionths = 1;
    }
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64 ".%06" PRId64, millionths / whole,
             millionths % whole);
    size_t length = strlen(digits);
    while (digits[length - 1] == '0') {
        length--;
    }
    length -= digits[length - 1] == '.';
    begin_value(writer, key);
    fprintf(writer->out, "%.*s", (int)length, digits);
}

/* cJSON keeps every number as a double; those of a tree are whole. */
static void write_integer(struct json_writer *writer, const char *key, double number)
{
    begin_value(writer, key);
    fprintf(writer->out, "%.0f", number);
}

/* Trees are as deep as their descriptions, which do not nest without end. */
void json_write_tree(struct json_writer *writer,
                     const char *key,
                     const struct cJSON *tree)
{
    const struct cJSON *child = NULL;
    const bool is_object = cJSON_IsObject(tree);
    if (is_object || cJSON_IsArray(tree)) {
        open_level(writer, key, is_object ? '{' : '[');
        cJSON_ArrayForEach(child, tree)
        {
            json_write_tree(writer, is_object ? child->string : NULL, child);
        }
        close_level(writer, is_object ? '}' : ']');
    } else if (cJSON_IsString(tree)) {
        json_write_text(writer, key, tree->valuestring);
    } else if (cJSON_IsNumber(tree)) {
        write_integer(writer, key, tree->valuedouble);
    } else if (cJSON_IsBool(tree)) {
        json_write_bool(writer, key, cJSON_IsTrue(tree));
    } else {
        json_write_null(writer, key);
    }
}

void json_write_ms(struct json_writer *writer, const char *key, double ms)
{
    begin_value(writer, key);
    fprintf(writer->out, "%.3f", ms);
}
