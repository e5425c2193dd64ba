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

__asm__(".globl serve_call, receive, run_child, send_notice, request, reply\n"
        ".set serve_call, nothing\n"
        ".set receive, nothing\n"
        ".set run_child, nothing\n"
        ".set send_notice, nothing\n"
        ".set request, nothing\n"
        ".set reply, nothing\n");
