/*
 * The table in lesson.md, "Three allocators side by side": each row is a test, named
 * after it, and a last test compares the rows themselves: one that is changed in
 * the lesson alone fails. The numbers in "Check yourself" are tests as well.
 */
#include "arena.h"
#include "fba.h"
#include "gpa.h"
#include "run_tests.h"
#include "tally.h"

#include <ctype.h>
#include <stdalign.h>
#include <stdio.h>
#include <string.h>

#define CAPACITY 256

/* One of each, empty. Arena and GPA stand on allocators that count. */
struct three {
    alignas(64) unsigned char buffer[CAPACITY];
    fixed_buffer_allocator fba;
    arena arena;
    gpa gpa;
    struct tally arena_backing, arena_notes, gpa_backing, gpa_notes;
    allocator of_fba, of_arena, of_gpa;
};

static void three_init(struct three *three)
{
    fba_init(&three->fba, three->buffer, CAPACITY);
    tally_init(&three->arena_backing);
    tally_init(&three->arena_notes);
    tally_init(&three->gpa_backing);
    tally_init(&three->gpa_notes);
    arena_init(&three->arena, tally_allocator(&three->arena_backing),
               tally_allocator(&three->arena_notes));
    gpa_init(&three->gpa, tally_allocator(&three->gpa_backing),
             tally_allocator(&three->gpa_notes));
    three->of_fba = fba_allocator(&three->fba);
    three->of_arena = arena_allocator(&three->arena);
    three->of_gpa = gpa_allocator(&three->gpa);
}

static void three_release(struct three *three)
{
    arena_deinit(&three->arena);
    gpa_deinit(&three->gpa);
    tally_release(&three->arena_backing);
    tally_release(&three->arena_notes);
    tally_release(&three->gpa_backing);
    tally_release(&three->gpa_notes);
}

static unsigned char *take(allocator a, size_t len)
{
    const alloc_result result = allocator_alloc(a, 1, len, 1);
    ck_assert_int_eq(result.error, ALLOC_OK);
    return result.memory;
}

static bool fits(allocator a, size_t len)
{
    return allocator_alloc(a, 1, len, 1).error == ALLOC_OK;
}

START_TEST(a_block_comes_from)
{
    struct three three;
    three_init(&three);
    for (int i = 1; i <= 3; i++) {
        const unsigned char *block = take(three.of_fba, 8);
        ck_assert(block >= three.buffer && block + 8 <= three.buffer + CAPACITY);
        take(three.of_arena, 8);
        ck_assert_uint_eq(three.arena_backing.alloc_calls, 1);
        take(three.of_gpa, 8);
        ck_assert_uint_eq(three.gpa_backing.alloc_calls, (size_t)i);
    }
    three_release(&three);
}
END_TEST

START_TEST(grows_when_it_is_full)
{
    struct three three;
    three_init(&three);
    take(three.of_fba, CAPACITY);
    ck_assert(!fits(three.of_fba, 1));

    take(three.of_arena, 1);
    const size_t chunk = arena_capacity(&three.arena);
    ck_assert(fits(three.of_arena, chunk));
    ck_assert_uint_eq(three.arena_backing.live_blocks, 2);
    ck_assert_uint_gt(arena_capacity(&three.arena), chunk);

    take(three.of_gpa, CAPACITY);
    ck_assert(fits(three.of_gpa, 1));
    ck_assert_uint_eq(three.gpa_backing.live_blocks, 2);
    three_release(&three);
}
END_TEST

/* Takes three blocks of 16 and frees one. Whether its 16 bytes are free again. */
static bool comes_back(allocator a, int which, unsigned char *blocks[3])
{
    for (int i = 0; i < 3; i++) {
        blocks[i] = take(a, 16);
    }
    allocator_free(a, blocks[which], 16, 1);
    return take(a, 16) == blocks[which];
}

START_TEST(takes_back_one_block)
{
    unsigned char *blocks[3];
    for (int which = 0; which < 3; which++) {
        struct three three;
        three_init(&three);
        ck_assert(comes_back(three.of_fba, which, blocks) == (which == 2));
        ck_assert(comes_back(three.of_arena, which, blocks) == (which == 2));

        for (int i = 0; i < 3; i++) {
            blocks[i] = take(three.of_gpa, 16);
        }
        allocator_free(three.of_gpa, blocks[which], 16, 1);
        ck_assert_uint_eq(three.gpa_backing.live_blocks, 2);
        three_release(&three);
    }
}
END_TEST

START_TEST(takes_back_all_at_once)
{
    struct three three;
    three_init(&three);
    for (int i = 0; i < 16; i++) {
        take(three.of_fba, 16);
        take(three.of_arena, 16);
        take(three.of_gpa, 16);
    }
    fba_reset(&three.fba);
    ck_assert(fits(three.of_fba, CAPACITY));
    ck_assert(arena_reset(&three.arena, ARENA_FREE_ALL));
    ck_assert_uint_eq(three.arena_backing.live_blocks, 0);
    ck_assert_uint_eq(three.gpa_backing.live_blocks, 16);
    gpa_deinit(&three.gpa);
    ck_assert_uint_eq(three.gpa_backing.live_blocks, 0);
    three_release(&three);
}
END_TEST

static void note_leak(const gpa_leak *leak, void *user)
{
    *(gpa_leak *)user = *leak;
}

START_TEST(notices_a_forgotten_block)
{
    struct three three;
    three_init(&three);
    take(three.of_fba, 10);
    fba_reset(&three.fba);
    ck_assert(fits(three.of_fba, CAPACITY));

    const unsigned char *forgotten = take(three.of_arena, 10);
    ck_assert(arena_reset(&three.arena, ARENA_RETAIN_CAPACITY));
    ck_assert_ptr_eq(take(three.of_arena, 10), forgotten);

    forgotten = take(three.of_gpa, 10);
    gpa_leak leak = {0};
    ck_assert_uint_eq(gpa_leaks(&three.gpa, note_leak, &leak), 1);
    ck_assert_ptr_eq(leak.memory, forgotten);
    three_release(&three);
}
END_TEST

/* A block is freed, its place is taken by another one, and it is freed again. Whether
 * the second owner has lost the place to a third. */
static bool second_free_robs(allocator a)
{
    unsigned char *block = take(a, 16);
    allocator_free(a, block, 16, 1);
    ck_assert_ptr_eq(take(a, 16), block);
    allocator_free(a, block, 16, 1);
    return take(a, 16) == block;
}

START_TEST(notices_a_block_freed_twice)
{
    struct three three;
    three_init(&three);
    ck_assert(second_free_robs(three.of_fba));
    ck_assert(second_free_robs(three.of_arena));

    unsigned char *block = take(three.of_gpa, 16);
    allocator_free(three.of_gpa, block, 16, 1);
    allocator_free(three.of_gpa, block, 16, 1);
    ck_assert_uint_eq(three.gpa.invalid_frees, 1);
    ck_assert_uint_eq(three.gpa_backing.free_calls, 1);
    three_release(&three);
}
END_TEST

START_TEST(notes_it_keeps)
{
    struct three three;
    three_init(&three);
    memset(three.buffer, 0x5a, CAPACITY);
    for (size_t i = 1; i <= 100; i++) {
        take(three.of_fba, 2);
        take(three.of_arena, 20);
        take(three.of_gpa, 20);
        ck_assert_uint_eq(three.arena_notes.live_blocks,
                          three.arena_backing.live_blocks);
        ck_assert_uint_eq(three.gpa_notes.live_blocks, i);
    }
    ck_assert_uint_lt(three.arena_notes.live_blocks, 100);
    ck_assert_uint_gt(three.arena_notes.live_blocks, 1);
    for (size_t i = 0; i < CAPACITY; i++) {
        ck_assert_uint_eq(three.buffer[i], 0x5a);
    }
    three_release(&three);
}
END_TEST

/* Everything below lives in arrays of this function. */
START_TEST(works_without_a_heap)
{
    alignas(64) unsigned char blocks[1024];
    alignas(64) unsigned char notes[1024];
    fixed_buffer_allocator for_blocks, for_notes;
    fba_init(&for_blocks, blocks, sizeof(blocks));
    fba_init(&for_notes, notes, sizeof(notes));
    ck_assert(fits(fba_allocator(&for_blocks), 1024));

    fba_reset(&for_blocks);
    arena arena_on_fba;
    arena_init(&arena_on_fba, fba_allocator(&for_blocks), fba_allocator(&for_notes));
    const unsigned char *block = take(arena_allocator(&arena_on_fba), 100);
    ck_assert(block >= blocks && block < blocks + sizeof(blocks));
    arena_deinit(&arena_on_fba);

    fba_reset(&for_blocks);
    fba_reset(&for_notes);
    gpa gpa_on_fba;
    gpa_init(&gpa_on_fba, fba_allocator(&for_blocks), fba_allocator(&for_notes));
    block = take(gpa_allocator(&gpa_on_fba), 100);
    ck_assert(block >= blocks && block < blocks + sizeof(blocks));
    ck_assert_uint_eq(gpa_deinit(&gpa_on_fba), 1);
}
END_TEST

/* Questions 1 and 2: where the second block begins, and how many bytes are left. */
START_TEST(answers_1_and_2)
{
    static const size_t expected[][3] = {{0, 16, 40}, {4, 12, 44}};
    for (int i = 0; i < 2; i++) {
        alignas(16) unsigned char memory[80];
        unsigned char *buffer = memory + expected[i][0];
        fixed_buffer_allocator fba;
        fba_init(&fba, buffer, 64);
        const allocator a = fba_allocator(&fba);
        take(a, 10);
        const unsigned char *second = allocator_alloc(a, 1, 8, 8).memory;
        ck_assert_ptr_eq(second, buffer + expected[i][1]);
        ck_assert(!fits(a, expected[i][2] + 1));
        ck_assert(fits(a, expected[i][2]));
    }
}
END_TEST

START_TEST(answer_3)
{
    const size_t used = 10;
    const size_t capacity = 16;
    const size_t len = SIZE_MAX;
    ck_assert_uint_eq(used + len, 9);
    ck_assert(!(used + len > capacity));
    ck_assert(len > capacity - used);
}
END_TEST

START_TEST(answer_4)
{
    unsigned char buffer[30];
    fixed_buffer_allocator fba;
    for (int a_first = 0; a_first < 2; a_first++) {
        fba_init(&fba, buffer, sizeof(buffer));
        const allocator a = fba_allocator(&fba);
        take(a, 10);
        take(a, 20);
        const size_t offsets[] = {0, 10, 0};
        for (int i = 0; i < 2; i++) {
            const size_t offset = offsets[i + (a_first == 0)];
            allocator_free(a, buffer + offset, offset == 0 ? 10 : 20, 1);
        }
        ck_assert(fits(a, 30) == (a_first == 0));
        ck_assert(fits(a, 20) == (a_first == 1));
    }
}
END_TEST

/* The rows as lesson.md has them, in its order, each with its test. */
static const struct {
    const char *text;
    const test *test;
} rows[] = {
    {"| A block comes from | the buffer you gave it | a chunk shared by many blocks "
     "| a request of its own to the backing allocator |",
     &a_block_comes_from},
    {"| Grows when it is full | no | yes, by another chunk | yes, by another request |",
     &grows_when_it_is_full},
    {"| Takes back one block | the last one | the newest one | any |",
     &takes_back_one_block},
    {"| Takes back all at once | `fba_reset` | `arena_reset` "
     "| `gpa_deinit`, at its end |",
     &takes_back_all_at_once},
    {"| Notices a forgotten block | no, reset takes it back | no, reset takes it back "
     "| yes, `gpa_leaks` lists it |",
     &notices_a_forgotten_block},
    {"| Notices a block freed twice | no | no | yes, it is refused and counted |",
     &notices_a_block_freed_twice},
    {"| Notes it keeps | none | one for each chunk | one for each block |",
     &notes_it_keeps},
    {"| Works without a heap | yes | yes, on top of an FBA | yes, on top of an FBA |",
     &works_without_a_heap},
};
#define ROW_COUNT (sizeof(rows) / sizeof(rows[0]))

/* A test is named after its row: "Notes it keeps" is notes_it_keeps. */
static void expect_named_after(const char *name, const char *row)
{
    const char *label = row + strlen("| ");
    for (size_t i = 0; name[i] != '\0'; i++) {
        const int expected = label[i] == ' ' ? '_' : tolower((unsigned char)label[i]);
        ck_assert_msg(name[i] == expected, "%s is not named after: %s", name, row);
    }
    ck_assert_msg(strncmp(label + strlen(name), " |", 2) == 0, "%s: %s", name, row);
}

/* The next row of the table in which `file` stands, without newline; "" behind it. */
static const char *next_row(FILE *file, char *line, int room)
{
    if (fgets(line, room, file) == NULL || line[0] != '|') {
        return "";
    }
    line[strcspn(line, "\n")] = '\0';
    return line;
}

START_TEST(the_lesson_has_these_rows_and_no_other)
{
    FILE *file = fopen(LESSON_PATH, "r");
    ck_assert_msg(file != NULL, "cannot open %s", LESSON_PATH);
    char line[512];
    do {
        ck_assert_msg(fgets(line, sizeof(line), file) != NULL,
                      "no table in the lesson");
    } while (strcmp(line, "| | Fixed buffer | Arena | General purpose |\n") != 0);
    ck_assert_str_eq(next_row(file, line, sizeof(line)), "|---|---|---|---|");

    for (size_t i = 0; i < ROW_COUNT; i++) {
        ck_assert_str_eq(next_row(file, line, sizeof(line)), rows[i].text);
        expect_named_after((*rows[i].test)->name, rows[i].text);
    }
    ck_assert_str_eq(next_row(file, line, sizeof(line)), "");
    fclose(file);
}
END_TEST

int main(void)
{
    static const test *const others[] = {
        &the_lesson_has_these_rows_and_no_other,
        &answers_1_and_2,
        &answer_3,
        &answer_4,
    };
    const size_t other_count = sizeof(others) / sizeof(others[0]);
    const test *tests[ROW_COUNT + sizeof(others) / sizeof(others[0])];
    for (size_t i = 0; i < ROW_COUNT; i++) {
        tests[i] = rows[i].test;
    }
    memcpy(tests + ROW_COUNT, others, sizeof(others));
    return run_tests("lesson_table", tests, ROW_COUNT + other_count);
}
