/* In place of grader/sandbox/namespaces.c: none is entered. */
#include "namespaces.h"

#include "bare.h"

BARE_MARK;

unsigned namespaces_enter(void)
{
    return 0;
}
