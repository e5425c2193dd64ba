#include "view_example.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

static const cJSON *member(const struct outcome *result, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(result->counterexample, key);
}

static size_t count_calls(const struct outcome *result)
{
    return (size_t)cJSON_GetArraySize(member(result, "calls"));
}

bool view_example_is_shorter(const struct outcome *result)
{
    return result->counterexample != NULL &&
           count_calls(result) < result->calls_omitted + result->call_count;
}

void view_example(const struct terminal *terminal, const struct outcome *result)
{
    static const char rest[] = "            ";
    const cJSON *call = NULL;
    size_t number = 1;

    terminal_format(terminal, STYLE_STRONG, "  The same in %zu %s", count_calls(result),
                    count_calls(result) == 1 ? "call" : "calls");
    terminal_newline(terminal);
    cJSON_ArrayForEach(call, member(result, "calls"))
    {
        char lead[32];
        snprintf(lead, sizeof lead, "  %4zu  ", number++);
        terminal_paragraph(terminal, STYLE_PLAIN, lead, "          ",
                           cJSON_GetStringValue(call));
    }
    terminal_paragraph(terminal, STYLE_GOOD, "  Expected  ", rest,
                       cJSON_GetStringValue(member(result, "expected")));
    terminal_paragraph(terminal, STYLE_BAD, "  But got   ", rest,
                       cJSON_GetStringValue(member(result, "actual")));
}

void view_example_program(const struct terminal *terminal, const struct outcome *result)
{
    terminal_text(terminal, STYLE_STRONG,
                  "  A program that shows it, to compile with your file\n\n");
    terminal_text(terminal, STYLE_PLAIN,
                  cJSON_GetStringValue(member(result, "program")));
}
