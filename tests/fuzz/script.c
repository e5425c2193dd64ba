#include "script.h"

#include "wire.h"

uint8_t script_byte(struct script *script)
{
    if (script->left == 0) {
        return 0;
    }
    script->left--;
    return *script->bytes++;
}

static uint64_t eight_bytes(struct script *script)
{
    uint64_t number = 0;

    for (int i = 0; i < 8; i++) {
        number = number << 8 | script_byte(script);
    }
    return number;
}

uint64_t script_number(struct script *script, uint64_t honest)
{
    const uint64_t byte = script_byte(script);

    if (byte < 128) {
        return byte;
    }
    if (byte < 160) {
        return honest + byte - 144;
    }
    if (byte < 176) {
        return WIRE_REGION_BASE + (byte - 160) * WIRE_SLOT_STRIDE;
    }
    if (byte < 192) {
        return UINT64_C(1) << (byte - 176) * 4;
    }
    return byte < 208 ? UINT64_MAX - (byte - 192) : eight_bytes(script);
}
