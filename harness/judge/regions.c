#include "regions.h"

#include "fatal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* What an object holds when a test gets it: no zeroes, as memory that was in use. */
#define FRESH_BYTE 0xA5
#define MARGIN_BYTE 0xD7

/*
 * What is cleared by writing over it, in pieces of at most so many bytes; more is given
 * back to the kernel. Pages that stay where they are cost the next test no fault, which
 * under some hypervisors takes 10 us, and each clearing the time to write them.
 */
#define REWRITTEN_BYTES 0x20000
#define REWRITTEN_PIECE_BYTES 0x8000

#define LARGE_BYTES 0x4000
#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

static unsigned char *slot_start(const struct region *region, size_t slot)
{
    return region->base + slot * WIRE_SLOT_STRIDE;
}

int region_open_shared(struct region *region)
{
    int descriptor = -1;
    void *base = MAP_FAILED;
    void *const wanted = (void *)WIRE_REGION_BASE;

    descriptor = memfd_create("region", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (descriptor < 0 || ftruncate(descriptor, (off_t)WIRE_REGION_BYTES) != 0) {
        goto out;
    }
    /* Without the seals, a subject that truncates the file kills the judge: SIGBUS. */
    if (fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) !=
        0) {
        goto out;
    }
    base = mmap(wanted, WIRE_REGION_BYTES, PROT_READ | PROT_WRITE,
                MAP_SHARED | MAP_FIXED_NOREPLACE, descriptor, 0);
    if (base == MAP_FAILED) {
        goto out;
    }
    *region = (struct region){.base = base, .descriptor = descriptor};
    return 0;

out:
    if (descriptor >= 0) {
        const int saved = errno;
        close(descriptor);
        errno = saved;
    }
    return -1;
}

int region_open_private(struct region *region)
{
    /* One slot more, and a hint: slot 0 shall be aligned, and have a guard
     * before it. */
    const size_t bytes = WIRE_REGION_BYTES + WIRE_SLOT_STRIDE;
    unsigned char *const raw =
        mmap((void *)(WIRE_REGION_BASE - WIRE_SLOT_STRIDE), bytes, PROT_NONE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (raw == MAP_FAILED) {
        return -1;
    }
    const uintptr_t misaligned = (uintptr_t)raw % WIRE_SLOT_STRIDE;
    const size_t skip = WIRE_SLOT_STRIDE - misaligned;
    const size_t slots = misaligned == 0 ? WIRE_SLOTS : WIRE_SLOTS - 1;

    *region = (struct region){.base = raw + skip, .descriptor = -1};
    for (size_t slot = 0; slot < slots; slot++) {
        if (mprotect(slot_start(region, slot), WIRE_SLOT_BYTES,
                     PROT_READ | PROT_WRITE) != 0) {
            return -1;
        }
    }
    return 0;
}

void region_close(struct region *region)
{
    if (region->base != NULL && region->descriptor >= 0) {
        munmap(region->base, WIRE_REGION_BYTES);
        close(region->descriptor);
    }
    *region = (struct region){.descriptor = -1};
}

static void name_object(const struct region *region,
                        struct region_object *object,
                        const char *name)
{
    size_t same = 1;

    for (size_t i = 0; i < region->object_count; i++) {
        const char *const other = region->objects[i].name;
        const size_t length = strlen(name);
        if (strncmp(other, name, length) == 0 &&
            strspn(other + length, "0123456789") == strlen(other + length)) {
            same++;
        }
    }
    if (same == 1) {
        snprintf(object->name, sizeof object->name, "%s", name);
    } else {
        snprintf(object->name, sizeof object->name, "%s%zu", name, same);
    }
}

/* The margins of an object: what of its slot lies beside it, at most REGION_MARGIN. */
struct margins {
    unsigned char *before, *after;
    size_t before_bytes, after_bytes;
};

static struct margins margins_of(const struct region *region, size_t slot)
{
    const struct region_object *const object = &region->objects[slot];
    unsigned char *const start = slot_start(region, slot);
    unsigned char *const end = object->start + object->bytes;
    const size_t room_before = (size_t)(object->start - start);
    const size_t room_after = (size_t)(start + WIRE_SLOT_BYTES - end);
    struct margins margins = {
        .before_bytes = room_before < REGION_MARGIN ? room_before : REGION_MARGIN,
        .after_bytes = room_after < REGION_MARGIN ? room_after : REGION_MARGIN,
        .after = end,
    };

    margins.before = object->start - margins.before_bytes;
    return margins;
}

/* Has the pages of a large object made at once: one by one, at their first use, they
 * cost twice as much. A kernel that does not know how (before Linux 5.14) leaves it. */
static void prepare(const struct region_object *object)
{
    const uintptr_t page = 4096;
    const uintptr_t begin = (uintptr_t)object->start & ~(page - 1);
    const uintptr_t end = ((uintptr_t)object->start + object->bytes) & ~(page - 1);

    if (end > begin + LARGE_BYTES) {
        madvise((void *)begin, end - begin, MADV_POPULATE_WRITE);
    }
}

void *region_place(struct region *region,
                   size_t bytes,
                   enum region_placement placement,
                   size_t offset,
                   const char *name)
{
    const size_t slot = region->object_count;

    if (slot == WIRE_SLOTS) {
        fatal("a test places more than %u objects", WIRE_SLOTS);
    }
    if (bytes > WIRE_SLOT_BYTES || offset > WIRE_SLOT_BYTES - bytes) {
        fatal("a test places %zu bytes at offset %zu, more than a slot has", bytes,
              offset);
    }
    struct region_object *const object = &region->objects[slot];
    name_object(region, object, name);
    object->bytes = bytes;
    object->start =
        slot_start(region, slot) +
        (placement == REGION_AT_START ? offset : WIRE_SLOT_BYTES - bytes - offset);
    region->object_count++;
    prepare(object);

    const struct margins margins = margins_of(region, slot);
    memset(margins.before, MARGIN_BYTE, margins.before_bytes);
    memset(object->start, FRESH_BYTE, bytes);
    memset(margins.after, MARGIN_BYTE, margins.after_bytes);
    return object->start;
}

static void zero(const struct region *region, const struct region_piece *piece)
{
    memset(region->base + piece->start, 0, piece->bytes);
}

/* The kernel counts in 512 bytes, here as everywhere. */
static bool has_only_known_pieces(const struct region *region)
{
    size_t bytes = 0;
    struct stat status;

    for (size_t i = 0; i < region->piece_count; i++) {
        bytes += region->pieces[i].bytes;
    }
    return fstat(region->descriptor, &status) == 0 &&
           (size_t)status.st_blocks * 512 == bytes;
}

/* Finds the first piece at or behind `from`. false: there is none. */
static bool find_piece(const struct region *region,
                       size_t from,
                       struct region_piece *piece)
{
    const off_t start = lseek(region->descriptor, (off_t)from, SEEK_DATA);
    const off_t end = start < 0 ? -1 : lseek(region->descriptor, start, SEEK_HOLE);

    if (start >= 0 && end > start) {
        *piece = (struct region_piece){(size_t)start, (size_t)(end - start)};
        return true;
    }
    if (errno != ENXIO) {
        fatal("the shared region cannot be read: %s", strerror(errno));
    }
    return false;
}

static void give_back(const struct region *region, const struct region_piece *piece)
{
    if (fallocate(region->descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
                  (off_t)piece->start, (off_t)piece->bytes) != 0) {
        fatal("the shared region cannot be cleared: %s", strerror(errno));
    }
}

/* Of all that there is, keeps what is small and writes over it. */
static void clear_pieces(struct region *region)
{
    struct region_piece piece;
    size_t kept = 0;

    region->piece_count = 0;
    for (size_t from = 0; find_piece(region, from, &piece);
         from = piece.start + piece.bytes) {
        if (region->piece_count == REGION_PIECES ||
            piece.bytes > REWRITTEN_PIECE_BYTES ||
            kept + piece.bytes > REWRITTEN_BYTES) {
            give_back(region, &piece);
            continue;
        }
        zero(region, &piece);
        kept += piece.bytes;
        region->pieces[region->piece_count++] = piece;
    }
}

/* All of it, not only what was placed: a subject may have written anywhere. No memory
 * goes away by itself, so that nothing is new if there is as much as was left. */
static void clear_shared(struct region *region)
{
    if (!has_only_known_pieces(region)) {
        clear_pieces(region);
        return;
    }
    for (size_t i = 0; i < region->piece_count; i++) {
        zero(region, &region->pieces[i]);
    }
}

void region_clear(struct region *region)
{
    region->object_count = 0;
    if (region->descriptor >= 0) {
        clear_shared(region);
    } else if (madvise(region->base, WIRE_REGION_BYTES - WIRE_SLOT_STRIDE,
                       MADV_DONTNEED) != 0) {
        fatal("the private region cannot be cleared: %s", strerror(errno));
    }
}

const struct region_object *region_find(const struct region *region,
                                        uint64_t start,
                                        uint64_t bytes)
{
    for (size_t i = 0; i < region->object_count; i++) {
        const struct region_object *const object = &region->objects[i];
        const uint64_t object_start = (uint64_t)(uintptr_t)object->start;
        if (start >= object_start && start - object_start <= object->bytes &&
            bytes <= object->bytes - (start - object_start)) {
            return object;
        }
    }
    return NULL;
}

static const unsigned char *first_change(const unsigned char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] != MARGIN_BYTE) {
            return bytes + i;
        }
    }
    return NULL;
}

const unsigned char *region_stray_write(const struct region *region)
{
    for (size_t slot = 0; slot < region->object_count; slot++) {
        const struct margins margins = margins_of(region, slot);
        const unsigned char *change =
            first_change(margins.before, margins.before_bytes);
        if (change == NULL) {
            change = first_change(margins.after, margins.after_bytes);
        }
        if (change != NULL) {
            return change;
        }
    }
    return NULL;
}

/* Words for an address in the slot of `object` or in the guards around that slot. */
static void describe_near(const struct region_object *object,
                          uint64_t address,
                          char *text,
                          size_t text_bytes)
{
    const uint64_t start = (uint64_t)(uintptr_t)object->start;
    const uint64_t end = start + object->bytes;

    if (address < start) {
        snprintf(text, text_bytes, "%" PRIu64 " byte%s before %s", start - address,
                 start - address == 1 ? "" : "s", object->name);
    } else if (address < end) {
        snprintf(text, text_bytes, "%s+%" PRIu64, object->name, address - start);
    } else if (address == end) {
        snprintf(text, text_bytes, "%s+%" PRIu64 " (just past its end)", object->name,
                 address - start);
    } else {
        snprintf(text, text_bytes, "%" PRIu64 " byte%s past the end of %s",
                 address - end, address - end == 1 ? "" : "s", object->name);
    }
}

const struct region_object *region_near(const struct region *region, uint64_t address)
{
    /* How far from a slot an address still counts as a slip from that slot. */
    const uint64_t near = WIRE_SLOT_STRIDE - WIRE_SLOT_BYTES;

    for (size_t slot = 0; slot < region->object_count; slot++) {
        const uint64_t start = (uint64_t)(uintptr_t)slot_start(region, slot);
        if (address >= start - near / 2 &&
            address < start + WIRE_SLOT_BYTES + near / 2) {
            return &region->objects[slot];
        }
    }
    return NULL;
}

char *region_describe(const struct region *region,
                      uint64_t address,
                      char *text,
                      size_t text_bytes)
{
    const struct region_object *const object = region_near(region, address);

    if (address == 0) {
        snprintf(text, text_bytes, "NULL");
    } else if (object != NULL) {
        describe_near(object, address, text, text_bytes);
    } else {
        snprintf(text, text_bytes, "0x%" PRIx64, address);
    }
    return text;
}
