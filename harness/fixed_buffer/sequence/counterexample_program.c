#include "counterexample_program.h"

#include <inttypes.h>

/* Beyond these a length or an offset is not a plain number. */
#define HUGE_LEN ((uint64_t)1 << 31)
#define NEAR ((uint64_t)1 << 20)

void counterexample_head(FILE *out)
{
    fputs("/*\n"
          " * A few calls after which fba.c is wrong. Compile it in the folder of "
          "fba.c:\n"
          " *\n"
          " *     gcc -std=c17 -g -fsanitize=undefined -fno-sanitize-recover=all \\\n"
          " *         fba.c counterexample.c -o counterexample\n"
          " *     gdb ./counterexample\n"
          " *\n"
          " * It ends with status 0 once fba.c is right.\n"
          " */\n"
          "#include \"fba.h\"\n\n"
          "#include <stdio.h>\n",
          out);
}

/* ---- Numbers ---- */

static void write_offset(const char *base, uint64_t offset, FILE *out)
{
    if (offset == 0) {
        fputs(base, out);
    } else if (offset < (uint64_t)1 << 63) {
        fprintf(out, "%s + %" PRIu64, base, offset);
    } else {
        fprintf(out, "%s - %" PRIu64, base, -offset);
    }
}

/* A length that wraps around an address is written with that address. */
static void write_len(const struct example *example, size_t index, FILE *out)
{
    const uint64_t len = example->sequence->ops[index].len;
    const size_t memory = buffer_of(example->sequence, index);
    const uint64_t top = len + example->failure->play.buffers[memory];
    const uint64_t middle =
        len - example->failure->play.buffers[memory] - ((uint64_t)1 << 63);
    char buffer[NAME_BYTES];
    char base[2 * NAME_BYTES];

    if (len < HUGE_LEN) {
        fprintf(out, "%" PRIu64, len);
    } else if (top + NEAR < 2 * NEAR) {
        snprintf(base, sizeof base, "SIZE_MAX - (uintptr_t)%s + 1",
                 name_buffer(memory, buffer));
        write_offset(base, top, out);
    } else if (middle + NEAR < 2 * NEAR) {
        snprintf(base, sizeof base, "((size_t)1 << 63) + (uintptr_t)%s",
                 name_buffer(memory, buffer));
        write_offset(base, middle, out);
    } else if (len > SIZE_MAX - NEAR) {
        write_offset("SIZE_MAX", len - SIZE_MAX, out);
    } else {
        const int power = 63 - __builtin_clzll(len);
        snprintf(base, sizeof base, "((size_t)1 << %d)", power);
        write_offset(base, len - ((uint64_t)1 << power), out);
    }
}

static void write_alignment(uint64_t alignment, FILE *out)
{
    if (alignment < HUGE_LEN) {
        fprintf(out, "%" PRIu64, alignment);
    } else {
        fprintf(out, "(size_t)1 << %d", __builtin_ctzll(alignment));
    }
}

/* ---- Memory ---- */

/* What addresses must be equal modulo, to be the same to the submission. */
static uint64_t period(const struct sequence *sequence)
{
    uint64_t most = 4096;

    for (size_t i = 0; i < sequence->count; i++) {
        const uint64_t alignment = sequence->ops[i].alignment;
        if (alignment > most && alignment <= (uint64_t)1 << 20) {
            most = alignment;
        }
    }
    return most;
}

static void write_memories(const struct sequence *sequence, FILE *out)
{
    const uint64_t alignment = period(sequence);

    for (size_t i = 0; i < sequence->memory_count; i++) {
        const struct sequence_memory *const memory = &sequence->memories[i];
        const uint64_t bytes = memory->offset % alignment + memory->bytes;
        char name[NAME_BYTES];
        fprintf(out,
                "static _Alignas(%" PRIu64 ") unsigned char memory%s[%" PRIu64 "];\n",
                alignment, name_buffer(i, name) + sizeof "buffer" - 1,
                alignment + (bytes + 511) / 256 * 256);
    }
    for (size_t i = 0; i < sequence->fba_count; i++) {
        char name[NAME_BYTES];
        fprintf(out, "static fixed_buffer_allocator %s;\n", name_fba(i, name));
    }
}

static void write_buffers(const struct sequence *sequence, FILE *out)
{
    const uint64_t alignment = period(sequence);

    for (size_t i = 0; i < sequence->memory_count; i++) {
        char name[NAME_BYTES];
        char base[2 * NAME_BYTES];
        name_buffer(i, name);
        snprintf(base, sizeof base, "memory%s + %" PRIu64, name + sizeof "buffer" - 1,
                 alignment);
        fprintf(out, "    unsigned char *%s = ", name);
        write_offset(base, sequence->memories[i].offset % alignment, out);
        fputs(";\n", out);
    }
}

static void write_garbage(const struct example *example, FILE *out)
{
    for (size_t i = 0;
         example->sequence->is_garbage && i < example->sequence->fba_count; i++) {
        char name[NAME_BYTES];
        name_fba(i, name);
        fprintf(out,
                "    for (size_t i = 0; i < sizeof %s; i++) {\n"
                "        ((unsigned char *)&%s)[i] = 0xa5;\n"
                "    }\n",
                name, name);
    }
}

/* Bytes that may not change get a value each, and are looked at in the end. */
static void write_bytes(const struct example *example, bool is_check, FILE *out)
{
    for (size_t i = 0; i < example->sequence->memory_count; i++) {
        char name[NAME_BYTES];
        const char *const number = name_buffer(i, name) + sizeof "buffer" - 1;
        fprintf(out, "    for (size_t i = 0; i < sizeof memory%s; i++) {\n", number);
        if (is_check) {
            fprintf(out,
                    "        is_right = is_right && "
                    "memory%s[i] == (unsigned char)(1 + i * 7 %% 255);\n",
                    number);
        } else {
            fprintf(out, "        memory%s[i] = (unsigned char)(1 + i * 7 %% 255);\n",
                    number);
        }
        fputs("    }\n", out);
    }
}

/* ---- Calls ---- */

static bool is_used(const struct example *example, size_t index)
{
    const struct sequence *const sequence = example->sequence;

    for (size_t i = index + 1; i < sequence->count; i++) {
        const enum sequence_kind kind = sequence->ops[i].kind;
        if ((kind == SEQUENCE_RESIZE || kind == SEQUENCE_FREE) &&
            sequence->ops[i].block == index) {
            return true;
        }
    }
    return index == failed_operation(example) &&
           example->failure->status == VERDICT_FAIL &&
           example->failure->play.difference != DIFFERENCE_BYTES;
}

static void write_alloc(const struct example *example, size_t index, FILE *out)
{
    const struct sequence_op *const op = &example->sequence->ops[index];
    char block[NAME_BYTES];
    char a[NAME_BYTES];

    if (is_used(example, index)) {
        fprintf(out,
                "    alloc_result %s = ", name_block(example->sequence, index, block));
    } else {
        fputs("    ", out);
    }
    name_handle(example->sequence, op->handle, a);
    if (op->kind == SEQUENCE_ARRAY) {
        fprintf(out, "build_array(%s, ", a);
        write_len(example, index, out);
    } else {
        fprintf(out, "allocator_alloc(%s, 1, ", a);
        write_len(example, index, out);
        fputs(", ", out);
        write_alignment(op->alignment, out);
    }
    fputs(");\n", out);
}

static void write_change(const struct example *example, size_t index, FILE *out)
{
    const struct sequence_op *const op = &example->sequence->ops[index];
    const struct sequence_expected *const expected = &example->expected[index];
    const bool is_resize = op->kind == SEQUENCE_RESIZE;
    char block[NAME_BYTES];
    char a[NAME_BYTES];

    fprintf(out, "    %s%s(%s, %s.memory, %" PRIu64 ", %" PRIu64,
            is_resize && is_used(example, index) ? "bool is_resized = " : "",
            is_resize ? "allocator_resize" : "allocator_free",
            name_handle(example->sequence, op->handle, a),
            name_block(example->sequence, op->block, block), expected->len,
            expected->alignment);
    if (is_resize) {
        fputs(", ", out);
        write_len(example, index, out);
    }
    fputs(");\n", out);
}

static void write_call(const struct example *example, size_t index, FILE *out)
{
    const struct sequence_op *const op = &example->sequence->ops[index];
    char fba[NAME_BYTES];
    char other[NAME_BYTES];

    switch (op->kind) {
    case SEQUENCE_INIT:
        fprintf(out, "    fba_init(&%s, %s, %" PRIu64 ");\n", name_fba(op->fba, fba),
                name_buffer(op->memory, other), op->len);
        return;
    case SEQUENCE_HANDLE:
        fprintf(out, "    allocator %s = fba_allocator(&%s);\n",
                name_handle(example->sequence, index, other), name_fba(op->fba, fba));
        return;
    case SEQUENCE_RESET:
        fprintf(out, "    fba_reset(&%s);\n", name_fba(op->fba, fba));
        return;
    case SEQUENCE_ALLOC:
    case SEQUENCE_ARRAY:
        write_alloc(example, index, out);
        return;
    case SEQUENCE_RESIZE:
    case SEQUENCE_FREE:
        write_change(example, index, out);
        return;
    }
}

/* ---- What the contract says of the end ---- */

static void write_alloc_condition(const struct example *example,
                                  size_t index,
                                  FILE *out)
{
    const size_t memory = buffer_of(example->sequence, index);
    const uint64_t expected = example->expected[index].memory;
    char block[NAME_BYTES];
    char buffer[NAME_BYTES];

    name_block(example->sequence, index, block);
    if (expected == 0) {
        fprintf(out, "%s.error == ALLOC_OUT_OF_MEMORY && %s.memory == NULL", block,
                block);
        return;
    }
    fprintf(out, "%s.error == ALLOC_OK && (unsigned char *)%s.memory == ", block,
            block);
    write_offset(name_buffer(memory, buffer),
                 expected - example->failure->play.buffers[memory], out);
}

static void write_condition(const struct example *example, FILE *out)
{
    const size_t index = failed_operation(example);
    char block[NAME_BYTES];

    if (example->failure->play.difference == DIFFERENCE_ELEMENTS) {
        fprintf(out, "((const int32_t *)%s.memory)[%" PRIu64 "] == %" PRIu64,
                name_block(example->sequence, index, block),
                example->failure->play.answer[0], example->failure->play.answer[0]);
    } else if (example->sequence->ops[index].kind == SEQUENCE_RESIZE) {
        fprintf(out, "is_resized == %s",
                example->expected[index].is_resized ? "true" : "false");
    } else {
        write_alloc_condition(example, index, out);
    }
}

/* Are bytes given a value, and looked at in the end? Only the elements of an array may
 * have changed. What crashed in a test beside a buffer may do no harm here. */
static bool is_watched(const struct example *example)
{
    bool has_array = false;

    for (size_t i = 0; i < example->sequence->count; i++) {
        has_array = has_array || example->sequence->ops[i].kind == SEQUENCE_ARRAY;
    }
    return example->failure->play.difference == DIFFERENCE_BYTES ||
           (example->failure->strays && !has_array);
}

static void write_end(const struct example *example, FILE *out)
{
    const bool is_about_bytes = is_watched(example);

    if (example->failure->status != VERDICT_FAIL && !is_about_bytes) {
        fputs("    /* The last call does not come back as it should. */\n"
              "    puts(\"right\");\n"
              "    return 0;\n",
              out);
        return;
    }
    if (is_about_bytes) {
        fputs("    bool is_right = true; /* no byte has changed */\n", out);
        write_bytes(example, true, out);
    } else {
        fputs("    bool is_right = ", out);
        write_condition(example, out);
        fputs(";\n", out);
    }
    fputs("    puts(is_right ? \"right\" : \"wrong\");\n"
          "    return is_right ? 0 : 1;\n",
          out);
}

void counterexample_program(const struct example *example, FILE *out)
{
    counterexample_head(out);
    fputs("\n", out);
    write_memories(example->sequence, out);
    fputs("\nint main(void)\n{\n", out);
    write_buffers(example->sequence, out);
    write_garbage(example, out);
    if (is_watched(example) ||
        example->failure->play.difference == DIFFERENCE_ELEMENTS) {
        write_bytes(example, false, out);
    }
    for (size_t i = 0; i < example->sequence->count; i++) {
        write_call(example, i, out);
    }
    write_end(example, out);
    fputs("}\n", out);
}
