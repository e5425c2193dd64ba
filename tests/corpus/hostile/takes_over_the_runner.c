/*
 * hostile: defines the functions by which Check runs tests and counts failures
 * attack: l03
 * kind: EARN
 * expect: status graded, points 100
 * fails: none
 * naive: passes
 */
#include "fba.h"

#include "allocator.c"

void srunner_run_all(void *runner, int mode);
void srunner_run_all(void *runner, int mode)
{
    (void)runner, (void)mode;
}

int srunner_ntests_failed(void *runner);
int srunner_ntests_failed(void *runner)
{
    (void)runner;
    return 0;
}
