/*
 * hostile: spells fba_reset with a Cyrillic letter, and writes a comment from right
 *   to left
 * attack: c16
 * kind: FAIL
 * expect: status graded, points 85
 * fails: reset.*
 * statuses: missing
 * naive: breaks
 */
#include "fba.h"

#define fba_reset fbа_reset
#include "allocator.c"
#undef fba_reset

/* ‮ } (⁦FORGED: every test passes⁩ ⁦ */
int \u00e9tude, привет;
