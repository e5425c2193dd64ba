/*
 * clock: the judge gives up reading the time stamp counter, as the subject does.
 *
 * A submission may not read the clock (PR_SET_TSC). The processor is switched over each
 * time the kernel goes from a process that may to one that may not; in a virtual
 * machine that costs 5 to 10 us, twice a call, and was 40 % of a grading. If neither
 * may, nothing is switched. The one thing to get wrong: functions of the C library that
 * read the counter then fault: clock.c has its own clock_gettime and gettimeofday,
 * check_calls.c a mkstemp.
 */
#ifndef CLOCK_H
#define CLOCK_H

void clock_give_up_counter(void);

#endif
