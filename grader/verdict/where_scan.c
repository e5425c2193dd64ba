#include "where_scan.h"

#include "file.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <libelf.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A submission is compiled as one unit; an object may hold some more. */
#define UNITS_MOST 64u

/* How good a place is to show. */
enum rank {
    RANK_UNKNOWN,
    RANK_HEADER,
    RANK_SUBMISSION
};

/* A place in the source. The names are the library's. */
struct place {
    const char *file; /* a path, or NULL */
    int line, column;
};

struct scan {
    const struct manifest *manifest;
    Dwarf *dwarf;
    struct where_record best; /* of the query that is being answered */
    enum rank rank;           /* of it */
};

static enum rank rank_of(const struct manifest *manifest, const char *name)
{
    if (strcmp(name, manifest->submission_file) == 0) {
        return RANK_SUBMISSION;
    }
    for (size_t i = 0; i < manifest->header_count; i++) {
        if (strcmp(name, manifest->headers[i]) == 0) {
            return RANK_HEADER;
        }
    }
    return RANK_UNKNOWN;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* Keeps a place if it is better than those that were seen before, further inside. */
static void offer(struct scan *scan, const struct place *place, const char *function)
{
    if (place->file == NULL || place->line <= 0) {
        return;
    }
    const char *name = base_name(place->file);
    const enum rank rank = rank_of(scan->manifest, name);
    if (rank <= scan->rank) {
        return;
    }
    scan->rank = rank;
    scan->best = (struct where_record){
        .line = (uint32_t)place->line,
        .column = place->column < 0 ? 0 : (uint32_t)place->column,
    };
    strncpy(scan->best.file, name, sizeof scan->best.file - 1);
    if (function != NULL) {
        strncpy(scan->best.function, function, sizeof scan->best.function - 1);
    }
}

static int number_of(Dwarf_Die *die, unsigned name)
{
    Dwarf_Attribute attribute;
    Dwarf_Word value = 0;
    if (dwarf_formudata(dwarf_attr(die, name, &attribute), &value) != 0 ||
        value > INT32_MAX) {
        return 0;
    }
    return (int)value;
}

/* Where a function that the compiler has put in place of its call was called. */
static struct place call_of(Dwarf_Die *unit, Dwarf_Die *inlined)
{
    Dwarf_Files *files = NULL;
    size_t count = 0;
    const int index = number_of(inlined, DW_AT_call_file);
    struct place call = {.line = number_of(inlined, DW_AT_call_line),
                         .column = number_of(inlined, DW_AT_call_column)};
    if (dwarf_getsrcfiles(unit, &files, &count) == 0 && (size_t)index < count) {
        call.file = dwarf_filesrc(files, (size_t)index, NULL, NULL);
    }
    return call;
}

static struct place place_of(Dwarf_Die *unit, uint64_t address)
{
    struct place place = {0};
    Dwarf_Line *line = dwarf_getsrc_die(unit, address);
    if (line != NULL) {
        place.file = dwarf_linesrc(line, NULL, NULL);
        dwarf_lineno(line, &place.line);
        dwarf_linecol(line, &place.column);
    }
    return place;
}

/* At its first instruction nothing of a function has been run: it stands for the whole
 * function, and its declaration is where to look. */
static bool is_beginning(Dwarf_Die *function, uint64_t address)
{
    Dwarf_Addr begin = 0;
    return dwarf_lowpc(function, &begin) == 0 && begin == address;
}

static struct place declaration_of(Dwarf_Die *function)
{
    struct place place = {.file = dwarf_decl_file(function)};
    dwarf_decl_line(function, &place.line);
    dwarf_decl_column(function, &place.column);
    return place;
}

/* From the instruction outwards to the function that holds it. */
static void offer_frames(
    struct scan *scan, Dwarf_Die *unit, uint64_t address, Dwarf_Die *scopes, int count)
{
    struct place place = place_of(unit, address);
    for (int i = 0; i < count; i++) {
        const int tag = dwarf_tag(&scopes[i]);
        if (tag == DW_TAG_subprogram) {
            if (is_beginning(&scopes[i], address)) {
                place = declaration_of(&scopes[i]);
            }
            offer(scan, &place, dwarf_diename(&scopes[i]));
            return;
        }
        if (tag == DW_TAG_inlined_subroutine) {
            offer(scan, &place, dwarf_diename(&scopes[i]));
            place = call_of(unit, &scopes[i]);
        }
    }
    offer(scan, &place, NULL);
}

/* The first call finds the innermost scope, whose list goes on with where its function
 * was written; the second one lists what is around it. */
static void offer_address(struct scan *scan, Dwarf_Die *unit, uint64_t address)
{
    Dwarf_Die *innermost = NULL;
    Dwarf_Die *scopes = NULL;
    int count = dwarf_getscopes(unit, address, &innermost);
    if (count > 0) {
        count = dwarf_getscopes_die(&innermost[0], &scopes);
    }
    offer_frames(scan, unit, address, scopes, count);
    free(innermost);
    free(scopes);
}

/* Not by the index of addresses, which some compilers leave out. */
static bool find_unit(Dwarf *dwarf, uint64_t address, Dwarf_Die *unit)
{
    Dwarf_CU *next = NULL;
    for (size_t i = 0; i < UNITS_MOST; i++) {
        if (dwarf_get_units(dwarf, next, &next, NULL, NULL, unit, NULL) != 0) {
            return false;
        }
        if (dwarf_haspc(unit, address) == 1) {
            return true;
        }
    }
    return false;
}

static struct where_record answer(struct scan *scan, const struct where_query *query)
{
    Dwarf_Die unit;
    scan->rank = RANK_UNKNOWN;
    scan->best = (struct where_record){0};
    for (size_t i = 0; i < RESULTS_PLACES && scan->rank < RANK_SUBMISSION; i++) {
        const uint64_t address = query->places[i];
        if (address != 0 && scan->dwarf != NULL &&
            find_unit(scan->dwarf, address, &unit)) {
            offer_address(scan, &unit, address);
        }
    }
    return scan->best;
}

int where_scan(void *context, int output)
{
    const struct where_request *request = context;
    struct scan scan = {.manifest = request->manifest};
    int status = 0;
    elf_version(EV_CURRENT);
    Elf *elf = elf_memory(request->image, request->length);
    if (elf != NULL) {
        scan.dwarf = dwarf_begin_elf(elf, DWARF_C_READ, NULL);
    }
    for (size_t i = 0; i < request->count && status == 0; i++) {
        const struct where_record record = answer(&scan, &request->queries[i]);
        status = file_write(output, (const char *)&record, sizeof record);
    }
    dwarf_end(scan.dwarf);
    elf_end(elf);
    return status == 0 ? 0 : 1;
}
