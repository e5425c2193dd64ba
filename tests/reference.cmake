# The reference, the wrappers of allocator.h, the lesson and its examples.

set(lesson_dir "${PROJECT_SOURCE_DIR}/exercises/06_fixed_buffer")

add_library(tally STATIC unit/tally.c)
target_link_libraries(tally PRIVATE grader_options)
target_include_directories(tally PUBLIC unit "${lesson_dir}")

foreach(module allocator fba arena gpa lesson_table)
  add_unit_test(${module} reference_allocators reference_fba tally)
endforeach()
target_compile_definitions(test_lesson_table
                           PRIVATE "LESSON_PATH=\"${lesson_dir}/lesson.md\"")

# Each program of the lesson prints what the lesson says. A further one is added here and
# shown in lesson.md.
set(examples
    01_create
    02_alignment
    03_full
    04_reset
    05_last_block
    06_any_allocator
    07_growing_list
    08_leak
    09_too_small
    10_after_reset
    11_no_growth
    12_alignment_overhead)
foreach(example IN LISTS examples)
  add_executable(example_${example} "${lesson_dir}/examples/${example}.c")
  target_link_libraries(example_${example} PRIVATE grader_options reference_fba
                                                   reference_allocators)
  add_test(
    NAME example.${example}
    COMMAND
      Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/examples/run_example.py"
      "${lesson_dir}/examples/${example}.out" ${CMAKE_CROSSCOMPILING_EMULATOR}
      $<TARGET_FILE:example_${example}>)
endforeach()

add_test(NAME lesson.blocks_are_the_examples
         COMMAND Python3::Interpreter
                 "${CMAKE_CURRENT_SOURCE_DIR}/examples/lesson_blocks.py" "${lesson_dir}")
add_test(NAME lesson.drift_is_noticed
         COMMAND Python3::Interpreter
                 "${CMAKE_CURRENT_SOURCE_DIR}/examples/test_lesson_blocks.py")

# What a student does first: compile the starter, and play.
add_test(NAME exercise.starter_compiles_without_a_warning
         COMMAND "${CMAKE_C_COMPILER}" -std=c17 -O1 -g -ffreestanding -Wall -Wextra
                 -Wpedantic -Werror -fsyntax-only "${lesson_dir}/fba.c")
if(NOT CMAKE_CROSSCOMPILING)
  add_test(NAME exercise.prompt_tells_the_truth
           COMMAND Python3::Interpreter
                   "${CMAKE_CURRENT_SOURCE_DIR}/examples/test_prompt.py" "${lesson_dir}"
                   $<TARGET_FILE:grader> "${PROJECT_SOURCE_DIR}/reference/fba.c")
  foreach(who IN ITEMS starter reference)
    add_test(NAME exercise.${who}_plays
             COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/examples/play.sh" ${who}
                     "${CMAKE_C_COMPILER}" "${CMAKE_CURRENT_BINARY_DIR}/play_${who}")
  endforeach()
endif()
