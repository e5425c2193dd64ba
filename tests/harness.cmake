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

foreach(module channel channel_batch channel_renewal channel_row channel_zygote check_calls sequence regions patience verdict judge_results test_case events judge_calls served ledger parting picture shrink)
  add_unit_test(${module} harness_helpers judge_modules)
endforeach()

# Its attempts end as the test says.
target_link_options(test_shrink PRIVATE -Wl,--wrap=trial_run,--wrap=trial_was_slow)

# The model alone: the judge's other half has functions of the solution's names.
add_library(model STATIC "${PROJECT_SOURCE_DIR}/harness/fixed_buffer/model.c")
target_include_directories(model PUBLIC "${PROJECT_SOURCE_DIR}/harness/fixed_buffer")
target_link_libraries(model PRIVATE grader_options)
add_unit_test(model model reference_fba)

# Diagnosis: each mistake that is known, against all others.
add_unit_test(diagnose harness_helpers judge_modules)
target_compile_definitions(
  test_diagnose
  PRIVATE "LESSON_PATH=\"${PROJECT_SOURCE_DIR}/exercises/06_fixed_buffer/lesson.md\"")

# Of the runtime what an emulator can run. It names its functions from assembler, by an
# address that is part of the program.
add_unit_test(arch wire)
target_include_directories(test_arch PRIVATE "${PROJECT_SOURCE_DIR}/harness/subject")
target_compile_options(test_arch PRIVATE -fno-pie)
target_link_options(test_arch PRIVATE -no-pie)

# The real runtime. Seccomp, and with it the subject, does not run under an emulator.
if(NOT CMAKE_CROSSCOMPILING)
  set(runtime "${PROJECT_BINARY_DIR}/lib/fixed_buffer/runtime.o")

  # Links `object` as a submission would be; further arguments go to the linker.
  function(add_subject name object)
    add_custom_command(
      OUTPUT ${name}
      COMMAND
        "${CMAKE_LINKER}" -static -nostdlib --no-dynamic-linker --build-id=none -z
        noexecstack -z max-page-size=4096 -T "${PROJECT_BINARY_DIR}/lib/subject.ld" -o
        ${name} "${runtime}" ${object} ${ARGN}
      DEPENDS runtime_fixed_buffer "${runtime}" ${object}
      VERBATIM)
    add_custom_target(${name}_linked ALL DEPENDS ${name})
  endfunction()

  function(add_submission name source)
    add_library(${name} OBJECT "${source}")
    target_compile_features(${name} PRIVATE c_std_17)
    target_compile_options(
      ${name} PRIVATE -O1 -g -ffreestanding -fno-pie -fno-stack-protector
                      -fno-omit-frame-pointer -U_FORTIFY_SOURCE -fsanitize=undefined)
    target_include_directories(
      ${name} PRIVATE "${PROJECT_SOURCE_DIR}/exercises/06_fixed_buffer")
  endfunction()

  add_submission(probe_submission unit/subjects/probe.c)
  add_subject(probe_subject $<TARGET_OBJECTS:probe_submission>
              --defsym=malloc=subject_trap_0)
  add_submission(reference_submission "${PROJECT_SOURCE_DIR}/reference/fba.c")
  add_subject(reference_subject $<TARGET_OBJECTS:reference_submission>)

  add_library(real_subject STATIC unit/real_subject.c)
  target_link_libraries(
    real_subject
    PUBLIC harness_helpers
    PRIVATE grader_options)
  target_compile_definitions(
    real_subject PRIVATE "PROBE_PATH=\"${CMAKE_CURRENT_BINARY_DIR}/probe_subject\"")
  add_dependencies(real_subject probe_subject_linked)

  add_unit_test(renewal real_subject harness_helpers judge_modules)
  add_unit_test(subject_key real_subject harness_helpers judge_modules)
  add_unit_test(subject_process real_subject harness_helpers judge_modules)
  target_sources(test_subject_process
                 PRIVATE "${PROJECT_SOURCE_DIR}/grader/sandbox/time_stamp.c")
  target_include_directories(test_subject_process
                             PRIVATE "${PROJECT_SOURCE_DIR}/grader/sandbox")

  add_test(NAME runtime.can_be_linked_with_anything
           COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/unit/check_runtime.py"
                   "${runtime}")
  add_test(
    NAME judge.reference_passes
    COMMAND
      "${CMAKE_CURRENT_SOURCE_DIR}/run_suites.sh" sh -c
      [[subject=$1; shift; exec "$0" --subject-fd 4 "$@" 4<"$subject"]]
      $<TARGET_FILE:judge_fixed_buffer> "${CMAKE_CURRENT_BINARY_DIR}/reference_subject")
endif()
