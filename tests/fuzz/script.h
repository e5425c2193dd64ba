/*
 * script: bytes that say what a child does, read one after the other.
 *
 * The one thing to get wrong: a script never ends; behind its last byte are zeroes.
 */
#ifndef SCRIPT_H
#define SCRIPT_H

#include <stddef.h>
#include <stdint.h>

struct script {
    const uint8_t *bytes;
    size_t left;
};

uint8_t script_byte(struct script *script);

/* A number as scripted_child.h describes it; `honest` is the one it may lie beside. */
uint64_t script_number(struct script *script, uint64_t honest);

#endif
