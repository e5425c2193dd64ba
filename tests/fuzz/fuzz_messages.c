/* messages: whatever a compiler wrote, what is shown of it is harmless and points into
 * the line beside it. */
#include "diagnostics.h"
#include "fuzz.h"
#include "messages.h"

#include <assert.h>
#include <string.h>

/* What the messages are about; the lines are short, long, empty, and not ASCII. */
static char source[] =
    "#include \"fba.h\"\n"
    "\n"
    "\tint gr\xC3\xB6\xC3\x9F"
    "e = 1;\r\n"
    "static int f(void) { return x; } /* \xE2\x82\xAC \xFF\xFE */\n"
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
    "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
    "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
    "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\n"
    "no newline at the end";

static void check_harmless(const char *text)
{
    assert(text == NULL || fuzz_is_harmless(text));
}

static void check_place(const struct diagnostic *diagnostic)
{
    assert(diagnostic->line >= 0 && diagnostic->column >= 0);
    assert(diagnostic->file == NULL || strchr(diagnostic->file, '/') == NULL);
    if (diagnostic->caret_start == 0 || diagnostic->caret_end == 0) {
        assert(diagnostic->caret_start == 0 && diagnostic->caret_end == 0);
        return;
    }
    assert(diagnostic->source != NULL);
    assert(1 <= diagnostic->caret_start);
    assert(diagnostic->caret_start <= diagnostic->column);
    assert(diagnostic->column <= diagnostic->caret_end);
    assert((size_t)diagnostic->caret_end <= strlen(diagnostic->source));
}

static void check(const struct build *build)
{
    for (size_t i = 0; i < build->diagnostic_count; i++) {
        const struct diagnostic *const diagnostic = &build->diagnostics[i];
        assert(strcmp(diagnostic->phase, "compile") == 0);
        assert(diagnostic->message != NULL);
        check_harmless(diagnostic->message);
        check_harmless(diagnostic->file);
        check_harmless(diagnostic->option);
        check_harmless(diagnostic->source);
        check_place(diagnostic);
    }
}

static void check_capped(const struct build *build,
                         const struct manifest_limits *limits)
{
    size_t bytes = 0;

    assert(build->diagnostic_count <= limits->diagnostics_count);
    for (size_t i = 0; i < build->diagnostic_count; i++) {
        bytes += strlen(build->diagnostics[i].message);
    }
    assert(bytes <= limits->diagnostics_bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct text content = {.bytes = source, .length = sizeof source - 1};
    const struct message_source about = {.name = "fba.c", .content = &content};
    const struct manifest_limits limits = {.diagnostics_count = 4,
                                           .diagnostics_bytes = 300};
    struct build build;
    struct error error = {0};

    if (size > FUZZ_BYTES_MOST) {
        return 0;
    }
    const struct text output = {.bytes = fuzz_copy(data, size, 1), .length = size};
    build_init(&build);
    assert(messages_read(&build, &output, &about, &error) == 0);
    check(&build);
    diagnostics_cap(&build, &limits);
    check(&build);
    check_capped(&build, &limits);
    build_release(&build);
    return 0;
}
