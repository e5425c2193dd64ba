set(EXERCISE_JUDGE
    exercise.c
    causes.c
    causes_alignment.c
    causes_arithmetic.c
    causes_array.c
    causes_array_answer.c
    causes_capacity.c
    causes_contract.c
    causes_imagine.c
    causes_individual_free.c
    causes_out_of_memory.c
    causes_polymorphism.c
    causes_reset.c
    causes_resize.c
    diagnose.c
    diagnose_array.c
    diagnose_ask.c
    diagnose_ask_array.c
    diagnose_fit.c
    diagnose_probes.c
    diagnose_results.c
    diagnose_words.c
    judge_calls.c
    describe_calls.c
    ledger.c
    model.c
    picture.c
    picture_ranges.c
    sequence.c
    sequence_answers.c
    sequence_bytes.c
    sequence_mix.c
    sequence_play.c
    served.c
    suite.c
    suite_allocators.c
    suite_random.c
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
