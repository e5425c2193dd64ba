# The harness: its modules one by one, the judge against a fake subject, and the real
# runtime with small subjects that try to break out.

# Everything of the judge; main stays behind, because a test brings its own.
add_library(judge_modules STATIC $<TARGET_OBJECTS:judge_common>
                                 $<TARGET_OBJECTS:judge_remote>
                                 $<TARGET_OBJECTS:fixed_buffer_judge>)
target_link_libraries(judge_modules PUBLIC fixed_buffer_judge reference_allocators)

# Helpers of the tests: fake_subject.h and leaving.h.
add_library(harness_helpers STATIC unit/fake_children.c unit/fake_subject.c
                                   unit/leaving.c)
target_include_directories(harness_helpers PUBLIC unit)
target_link_libraries(
  harness_helpers
  PUBLIC judge_modules PkgConfig::CHECK
  PRIVATE grader_options)
target_link_options(harness_helpers PUBLIC -Wl,--wrap=_ck_assert_failed)

foreach(module channel channel_zygote regions patience verdict judge_results test_case events judge_calls served)
  add_unit_test(${module} harness_helpers judge_modules)
endforeach()
