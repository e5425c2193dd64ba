/*
 * hostile: gives a function further names, of things in the runtime
 * attack: l14
 * kind: EARN
 * expect: status graded, points 100
 * fails: none
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"

__attribute__((visibility("protected"))) void nothing(void);
void nothing(void)
{
}

__asm__(".globl serve_call, receive, child_begin, request, reply\n"
        ".set serve_call, nothing\n"
        ".set receive, nothing\n"
        ".set child_begin, nothing\n"
        ".set request, nothing\n"
        ".set reply, nothing\n");
