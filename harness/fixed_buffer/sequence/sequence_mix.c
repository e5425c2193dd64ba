#include "sequence_mix.h"

#include "model.h"
#include "wire.h"

#include <assert.h>

enum {
    HANDLES = 4,
    BLOCKS = 128,
    FBAS = 3
};

struct block {
    size_t index; /* of the operation it came from */
    uint64_t memory, len;
};

/* One of the FBAs that are in use, as a correct one would be now. */
struct fba {
    size_t number; /* in the sequence */
    struct model model;
    size_t handles[HANDLES];
    size_t handle_count;
    struct block blocks[BLOCKS]; /* in use, in the order they were handed out */
    size_t block_count;
    uint64_t granted; /* blocks since it was empty */
};

struct maker {
    struct sequence *sequence;
    const struct sequence_mix *mix;
    uint64_t state;
    size_t round;
    struct fba fbas[FBAS];
};

/* Steele, Lea and Flood's SplitMix64: any state will do. */
static uint64_t next(struct maker *maker)
{
    uint64_t mixed = maker->state += 0x9e3779b97f4a7c15u;

    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
    return mixed ^ mixed >> 31;
}

/* From `low` to `high`, both included. */
static uint64_t between(struct maker *maker, uint64_t low, uint64_t high)
{
    return low + next(maker) % (high - low + 1);
}

static uint64_t some_len(struct maker *maker)
{
    const struct sequence_mix *const mix = maker->mix;
    const uint64_t units =
        between(maker, mix->len_least / mix->len_unit, mix->len_most / mix->len_unit);

    return mix->len_unit * units + mix->len_rest;
}

static void add(struct maker *maker, const struct fba *fba, struct sequence_op op)
{
    op.fba = fba->number;
    sequence_add(maker->sequence, op);
}

static size_t some_handle(struct maker *maker, const struct fba *fba)
{
    return fba->handles[between(maker, 0, fba->handle_count - 1)];
}

static void forget_blocks(struct fba *fba)
{
    fba->block_count = 0;
    fba->granted = 0;
}

/* ---- FBAs ---- */

static void make_handle(struct maker *maker, struct fba *fba)
{
    if (fba->handle_count < HANDLES) {
        fba->handles[fba->handle_count++] = maker->sequence->count;
        add(maker, fba, (struct sequence_op){.kind = SEQUENCE_HANDLE});
    }
}

/* A buffer that no other FBA of this round has: their numbers differ by fbas. */
static void make_init(struct maker *maker, struct fba *fba, size_t memory)
{
    const struct sequence_mix *const mix = maker->mix;
    const uint64_t capacity = between(maker, mix->capacity_least, mix->capacity_most);

    add(maker, fba,
        (struct sequence_op){.kind = SEQUENCE_INIT, .memory = memory, .len = capacity});
    model_init(&fba->model,
               WIRE_REGION_BASE + (SEQUENCE_FBAS + memory) * WIRE_SLOT_STRIDE +
                   maker->sequence->memories[memory].offset,
               capacity);
    forget_blocks(fba);
    fba->handle_count = 0;
    make_handle(maker, fba);
}

static void make_init_again(struct maker *maker, struct fba *fba)
{
    const size_t fbas = maker->mix->fbas;

    make_init(maker, fba,
              fba->number % fbas + fbas * between(maker, 0, maker->mix->rounds - 1));
}

static void make_reset(struct maker *maker, struct fba *fba)
{
    add(maker, fba, (struct sequence_op){.kind = SEQUENCE_RESET});
    model_reset(&fba->model);
    forget_blocks(fba);
}

/* ---- Blocks ---- */

static uint64_t left(const struct fba *fba)
{
    return fba->model.capacity - fba->model.used;
}

/* Does it fit, with what shall stay free? */
static bool fits(const struct maker *maker,
                 const struct fba *fba,
                 uint64_t len,
                 uint64_t alignment)
{
    const struct sequence_mix *const mix = maker->mix;
    struct model model = fba->model;
    const uint64_t slack = mix->slack + mix->slack_per_block * (fba->granted + 1);

    return fba->block_count < BLOCKS && model_alloc(&model, len + slack, alignment);
}

/* A request that is granted. `op` says what kind, and its len what it asks for. */
static void make_block(struct maker *maker,
                       struct fba *fba,
                       struct sequence_op op,
                       uint64_t bytes)
{
    op.handle = some_handle(maker, fba);
    fba->blocks[fba->block_count++] = (struct block){
        .index = maker->sequence->count,
        .memory = model_alloc(&fba->model, bytes, op.alignment),
        .len = bytes,
    };
    fba->granted++;
    add(maker, fba, op);
}

static bool make_alloc(struct maker *maker, struct fba *fba)
{
    const uint64_t len = some_len(maker);
    const uint64_t alignment = (uint64_t)1
                               << between(maker, maker->mix->alignment_least,
                                          maker->mix->alignment_most);

    if (!fits(maker, fba, len, alignment)) {
        return false;
    }
    make_block(maker, fba,
               (struct sequence_op){
                   .kind = SEQUENCE_ALLOC, .len = len, .alignment = alignment},
               len);
    return true;
}

static bool make_array(struct maker *maker, struct fba *fba)
{
    const uint64_t n = (some_len(maker) + 3) / sizeof(int32_t);
    const uint64_t bytes = n * sizeof(int32_t);

    if (!fits(maker, fba, bytes, sizeof(int32_t))) {
        return false;
    }
    make_block(maker, fba,
               (struct sequence_op){
                   .kind = SEQUENCE_ARRAY, .len = n, .alignment = sizeof(int32_t)},
               bytes);
    return true;
}

/* The last one more often than each of the others. */
static struct block *some_block(struct maker *maker, struct fba *fba)
{
    const size_t last = fba->block_count - 1;

    return &fba->blocks[between(maker, 0, 1) == 0 ? last : between(maker, 0, last)];
}

static void drop_block(struct fba *fba, const struct block *block)
{
    const size_t place = (size_t)(block - fba->blocks);

    fba->block_count--;
    for (size_t i = place; i < fba->block_count; i++) {
        fba->blocks[i] = fba->blocks[i + 1];
    }
}

static void make_free(struct maker *maker, struct fba *fba)
{
    if (fba->block_count == 0) {
        return;
    }
    struct block *const block = some_block(maker, fba);
    add(maker, fba,
        (struct sequence_op){.kind = SEQUENCE_FREE,
                             .handle = some_handle(maker, fba),
                             .block = block->index});
    model_free(&fba->model, block->memory, block->len);
    drop_block(fba, block);
}

static uint64_t some_new_len(struct maker *maker, const struct fba *fba)
{
    switch (between(maker, 0, 7)) {
    case 0:
        return fba->model.capacity + between(maker, 1, 64);
    case 1:
        return SIZE_MAX - between(maker, 0, 2 * fba->model.capacity);
    default:
        return some_len(maker);
    }
}

static void make_resize(struct maker *maker, struct fba *fba)
{
    if (fba->block_count == 0) {
        return;
    }
    struct block *const block = some_block(maker, fba);
    const uint64_t new_len = some_new_len(maker, fba);
    struct model model = fba->model;
    /* It fits only if what shall stay free is used: whether it does is not asked. */
    if (model_resize(&model, block->memory, block->len, new_len) && left(fba) != 0 &&
        new_len > block->len &&
        new_len - block->len + maker->mix->slack +
                maker->mix->slack_per_block * fba->granted >
            left(fba)) {
        return;
    }
    add(maker, fba,
        (struct sequence_op){.kind = SEQUENCE_RESIZE,
                             .handle = some_handle(maker, fba),
                             .block = block->index,
                             .len = new_len});
    if (model_resize(&fba->model, block->memory, block->len, new_len)) {
        block->len = new_len;
    }
}

/* ---- Requests that do not fit ---- */

static uint64_t some_long_len(struct maker *maker, const struct fba *fba)
{
    static const unsigned powers[] = {31, 32, 33, 48, 62, 63};
    const uint64_t more = between(maker, 0, 40);

    switch (between(maker, 0, 5)) {
    case 0:
        return left(fba) + maker->mix->slack_per_block * (fba->granted + 1) + 1 + more;
    case 1:
        return fba->model.capacity + 1 + more;
    case 2:
        return SIZE_MAX - more;
    case 3:
        return SIZE_MAX - fba->model.used + 1 + more;
    case 4:
        return SIZE_MAX - (fba->model.buffer + fba->model.used) + more - 20;
    default:
        return ((uint64_t)1 << powers[between(maker, 0, 5)]) + more;
    }
}

static void make_refusal(struct maker *maker, struct fba *fba)
{
    const bool is_aligned = maker->mix->has_huge_alignments && next(maker) % 2 == 0;
    const uint64_t len = is_aligned && next(maker) % 2 == 0 ? some_len(maker)
                                                            : some_long_len(maker, fba);
    const uint64_t alignment = (uint64_t)1 << (is_aligned ? between(maker, 13, 63) : 0);
    struct model model = fba->model;

    /* What wraps around may be anything, 0 too. */
    if (len > 0 && model_alloc(&model, len, alignment) == 0) {
        add(maker, fba,
            (struct sequence_op){.kind = SEQUENCE_ALLOC,
                                 .handle = some_handle(maker, fba),
                                 .len = len,
                                 .alignment = alignment});
    }
}

/* ---- The whole ---- */

/* Nothing more fits. False: there is no way to go on with this FBA. */
static bool make_room(struct maker *maker, struct fba *fba)
{
    const struct sequence_shares *const shares = &maker->mix->shares;

    if (maker->mix->slack == 0 && left(fba) > 0 && fba->block_count < BLOCKS) {
        make_block(maker, fba,
                   (struct sequence_op){
                       .kind = SEQUENCE_ALLOC, .len = left(fba), .alignment = 1},
                   left(fba));
        return true;
    }
    if (shares->inits > 0 && (shares->resets == 0 || next(maker) % 4 == 0)) {
        make_init_again(maker, fba);
    } else if (shares->resets > 0) {
        make_reset(maker, fba);
    } else {
        return false;
    }
    return true;
}

/* One operation, or none. False: this FBA is used up. */
static bool make_operation(struct maker *maker, struct fba *fba)
{
    const struct sequence_shares *const shares = &maker->mix->shares;
    uint64_t drawn = between(maker, 0, 99);
    const struct {
        unsigned share;
        void (*make)(struct maker *, struct fba *);
    } choices[] = {
        {shares->frees, make_free},     {shares->resizes, make_resize},
        {shares->resets, make_reset},   {shares->inits, make_init_again},
        {shares->handles, make_handle}, {shares->refusals, make_refusal},
    };

    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
        if (drawn < choices[i].share) {
            choices[i].make(maker, fba);
            return true;
        }
        drawn -= choices[i].share;
    }
    return (drawn < shares->arrays ? make_array(maker, fba) : make_alloc(maker, fba)) ||
           make_room(maker, fba);
}

static void begin_round(struct maker *maker)
{
    const struct sequence_mix *const mix = maker->mix;

    for (size_t i = 0; i < mix->fbas; i++) {
        maker->fbas[i] = (struct fba){.number = maker->round * mix->fbas + i};
        make_init(maker, &maker->fbas[i], maker->fbas[i].number);
    }
}

static void make_memories(struct maker *maker)
{
    const struct sequence_mix *const mix = maker->mix;
    struct sequence *const sequence = maker->sequence;
    const uint64_t unit = mix->offset_unit;

    sequence->fba_count = mix->fbas * mix->rounds;
    sequence->memory_count = sequence->fba_count;
    for (size_t i = 0; i < sequence->memory_count; i++) {
        sequence->memories[i] = (struct sequence_memory){
            .offset = unit *
                      between(maker, mix->offset_least / unit, mix->offset_most / unit),
            .bytes = mix->capacity_most,
        };
    }
}

void sequence_random(struct sequence *sequence,
                     const struct sequence_mix *mix,
                     uint64_t seed)
{
    struct maker maker = {.sequence = sequence, .mix = mix, .state = seed};

    assert(mix->fbas >= 1 && mix->fbas <= FBAS);
    assert(mix->fbas * mix->rounds <= SEQUENCE_FBAS);
    *sequence = (struct sequence){0};
    make_memories(&maker);
    for (maker.round = 0; maker.round < mix->rounds; maker.round++) {
        const size_t end = (maker.round + 1) * mix->operations / mix->rounds;
        bool goes_on = true;
        begin_round(&maker);
        while (goes_on && sequence->count < end) {
            goes_on =
                make_operation(&maker, &maker.fbas[between(&maker, 0, mix->fbas - 1)]);
        }
    }
}
