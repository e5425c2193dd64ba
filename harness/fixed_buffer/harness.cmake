set(EXERCISE_JUDGE
    exercise.c
    judge_calls.c
    describe_calls.c
    ledger.c
    model.c
    picture.c
    picture_ranges.c
    served.c
    suite.c
    suite_allocators.c
    suites/capacity.c
    suites/alignment.c
    suites/reset.c
    suites/out_of_memory.c
    suites/polymorphism.c
    suites/individual_free.c)
set(EXERCISE_SUBJECT subject_calls.c)
set(EXERCISE_EXPORTS fba_init fba_allocator fba_reset build_array)
set(EXERCISE_SOLUTION reference/fba.c)
set(EXERCISE_LIBRARIES reference_allocators)
