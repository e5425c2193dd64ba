# Fuzz targets. With GRADER_FUZZ (the preset fuzz: clang, libFuzzer, sanitizers) each
# replays its seeds and then searches for a few seconds, or FUZZ_SECONDS of the
# environment. In every other build it replays its seeds only.

option(GRADER_FUZZ "Link the fuzz targets with libFuzzer (clang only)" OFF)
if(GRADER_FUZZ)
  # Of what a target is linked with, all that is ours is to be watched.
  target_compile_options(grader_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

add_library(fuzz_common STATIC fuzz/fuzz.c)
target_include_directories(fuzz_common PUBLIC fuzz)
target_link_libraries(fuzz_common PUBLIC grader_options)
add_custom_target(fuzz)

# fuzz/fuzz_<name>.c and its seeds, fuzz/seeds/<name>/, from inputs of at most `most`
# bytes. Further arguments are what it is linked with.
function(add_fuzz_target name most)
  set(seeds "${CMAKE_CURRENT_SOURCE_DIR}/fuzz/seeds/${name}")
  add_executable(fuzz_${name} fuzz/fuzz_${name}.c)
  target_link_libraries(fuzz_${name} PRIVATE grader_options fuzz_common ${ARGN})
  if(GRADER_FUZZ)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    add_test(
      NAME fuzz.${name}
      COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/fuzz/search.sh" $<TARGET_FILE:fuzz_${name}>
              "${seeds}" "${PROJECT_BINARY_DIR}/fuzz/${name}" ${most})
    set_tests_properties(fuzz.${name} PROPERTIES TIMEOUT 100000)
  else()
    target_sources(fuzz_${name} PRIVATE fuzz/replay.c)
    add_test(NAME fuzz.${name} COMMAND fuzz_${name} "${seeds}")
    set_tests_properties(fuzz.${name} PROPERTIES TIMEOUT 120)
  endif()
  add_dependencies(fuzz fuzz_${name})
endfunction()

# Sends calls of these functions to the target's own __wrap_<function>.
function(wrap_functions target)
  list(TRANSFORM ARGN PREPEND "-Wl,--wrap=")
  target_link_options(${target} PRIVATE ${ARGN})
endfunction()

add_fuzz_target(text 256 grader_library)
add_fuzz_target(messages 8192 grader_library)
add_fuzz_target(manifest 8192 grader_library)
add_fuzz_target(results 8192 grader_library)
add_fuzz_target(audit 16384 grader_library)
add_fuzz_target(image 4096 grader_library)
add_fuzz_target(where 512 grader_library)
add_fuzz_target(report 16384 grader_library)
add_fuzz_target(judge 1024 harness_helpers judge_modules)

wrap_functions(fuzz_manifest fopen)
wrap_functions(fuzz_audit child_start child_finish)
wrap_functions(fuzz_where child_start child_finish)
wrap_functions(fuzz_judge poll kill fatal patience_is_over _mark_point)
# Nobody calls a suite by its name, so an archive would leave the suites out.
target_sources(fuzz_judge PRIVATE fuzz/honest.c fuzz/script.c fuzz/scripted_child.c
                                  $<TARGET_OBJECTS:fixed_buffer_judge>)
