/*
 * design: the struct is a record of bytes in another order; results have garbage
 *   between their members; the array is written byte by byte
 * expect: status graded, points 100
 */
#include "fba.h"
#include <string.h>

static uint64_t get(const void *s, int slot)
{
    const unsigned char *p = (const unsigned char *)s + slot * 8;
    uint64_t v = 0;
    for (int i = 0; i < 8; i++)
        v = v << 8 | p[i];
    return v;
}

static void put(void *s, int slot, uint64_t v)
{
    unsigned char *p = (unsigned char *)s + slot * 8;
    for (int i = 7; i >= 0; i--, v >>= 8)
        p[i] = (unsigned char)v;
}

enum {
    LO,
    HI,
    CAP
}; /* free are the addresses from LO to HI */

static alloc_result alloc(void *s, size_t len, size_t al)
{
    uint64_t lo = get(s, LO), hi = get(s, HI);
    uint64_t up = lo ? ((lo - 1) | (al - 1)) + 1 : 0;
    alloc_result r;
    memset(&r, 0xa5, sizeof r);
    if (up < lo || up > hi || hi - up < len) {
        r.error = 1;
        r.memory = 0;
        return r;
    }
    put(s, LO, up + len);
    r.error = 0;
    r.memory = (void *)(uintptr_t)up;
    return r;
}

static void rel(void *s, void *m, size_t len, size_t al)
{
    (void)al;
    if ((uintptr_t)m + len == get(s, LO))
        put(s, LO, (uintptr_t)m);
}

static bool res(void *s, void *m, size_t len, size_t al, size_t nl)
{
    (void)al;
    uint64_t lo = get(s, LO);
    if ((uintptr_t)m + len != lo)
        return len >= nl;
    if (get(s, HI) - (uintptr_t)m < nl)
        return false;
    return put(s, LO, (uintptr_t)m + nl), true;
}

void fba_init(fixed_buffer_allocator *s, void *b, size_t c)
{
    put(s, LO, (uintptr_t)b);
    put(s, HI, (uintptr_t)b + c);
    put(s, CAP, c);
}

void fba_reset(fixed_buffer_allocator *s)
{
    put(s, LO, get(s, HI) - get(s, CAP));
}

allocator fba_allocator(fixed_buffer_allocator *s)
{
    static allocator_vtable v;
    allocator_vtable t = {alloc, res, rel};
    if (memcmp(&v, &t, sizeof v) != 0)
        memcpy(&v, &t, sizeof v);
    allocator a;
    a.vtable = &v;
    a.ctx = s;
    return a;
}

alloc_result build_array(allocator a, size_t n)
{
    alloc_result r = allocator_alloc(a, n, sizeof(int32_t), _Alignof(int32_t));
    unsigned char *p = r.error ? NULL : r.memory;
    for (size_t i = 0; p && i < n; i++, p += 4) {
        p[3] = (unsigned char)(i >> 24);
        p[2] = (unsigned char)(i >> 16);
        p[1] = (unsigned char)(i >> 8);
        p[0] = (unsigned char)i;
    }
    return r;
}
