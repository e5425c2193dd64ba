#include "suite.h"

void expect_as_promised(const struct sequence_mix *mix,
                        const struct tolerance *tolerance,
                        uint64_t seed)
{
    struct sequence sequence;
    struct play play;

    sequence_random(&sequence, mix, seed);
    sequence_play(&sequence, tolerance, &play);
}
