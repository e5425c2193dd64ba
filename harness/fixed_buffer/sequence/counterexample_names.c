#include "counterexample_names.h"

#include <stdio.h>

static char *name(const char *noun, size_t number, char text[NAME_BYTES])
{
    if (number == 0) {
        snprintf(text, NAME_BYTES, "%s", noun);
    } else {
        snprintf(text, NAME_BYTES, "%s%zu", noun, number + 1);
    }
    return text;
}

char *name_fba(size_t fba, char text[NAME_BYTES])
{
    return name("fba", fba, text);
}

char *name_buffer(size_t memory, char text[NAME_BYTES])
{
    return name("buffer", memory, text);
}

static bool is_block(enum sequence_kind kind)
{
    return kind == SEQUENCE_ALLOC || kind == SEQUENCE_ARRAY;
}

char *name_handle(const struct sequence *sequence, size_t index, char text[NAME_BYTES])
{
    size_t number = 0;

    for (size_t i = 0; i < index; i++) {
        number += sequence->ops[i].kind == SEQUENCE_HANDLE;
    }
    return name("a", number, text);
}

char *name_block(const struct sequence *sequence, size_t index, char text[NAME_BYTES])
{
    size_t number = 0;

    for (size_t i = 0; i < index; i++) {
        number += is_block(sequence->ops[i].kind);
    }
    return name("block", number, text);
}

size_t buffer_of(const struct sequence *sequence, size_t index)
{
    size_t memory = 0;

    for (size_t i = 0; i <= index; i++) {
        if (sequence->ops[i].kind == SEQUENCE_INIT &&
            sequence->ops[i].fba == sequence->ops[index].fba) {
            memory = sequence->ops[i].memory;
        }
    }
    return memory;
}

size_t failed_operation(const struct example *example)
{
    const size_t last = example->sequence->count - 1;

    return example->failure->play.count < last ? example->failure->play.count : last;
}
