# The corpora: right designs, named mistakes and hostile submissions, graded and compared
# with what each file states of itself (tests/corpus/README.md).
if(CMAKE_CROSSCOMPILING)
  return()
endif()

foreach(corpus correct mistakes hostile)
  add_test(NAME corpus.${corpus}
           COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/corpus/run.py" --grader
                   $<TARGET_FILE:grader> "${CMAKE_CURRENT_SOURCE_DIR}/corpus/${corpus}")
  set_tests_properties(corpus.${corpus} PROPERTIES TIMEOUT 1500)
endforeach()

# A seed only searches. `tests/corpus/seeds.py` alone tries fifty of them.
foreach(corpus correct mistakes)
  add_test(NAME corpus.seeds_${corpus}
           COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/corpus/seeds.py"
                   --grader $<TARGET_FILE:grader> --seeds 3
                   "${CMAKE_CURRENT_SOURCE_DIR}/corpus/${corpus}")
  set_tests_properties(corpus.seeds_${corpus} PROPERTIES TIMEOUT 1500)
endforeach()

# Submissions that stop in a known place.
add_test(NAME places
         COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/places/run.py" --grader
                 $<TARGET_FILE:grader>)
set_tests_properties(places PROPERTIES TIMEOUT 1500)

# The control of the hostile corpus: what each attack does where nobody thinks of harm.
add_test(NAME corpus.naive
         COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/corpus/run_naive.py")
set_tests_properties(corpus.naive PROPERTIES TIMEOUT 900)

foreach(check same_bytes hangs_end nothing_left interrupted loaded)
  add_test(NAME robustness.${check}
           COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/robustness/run.py"
                   --grader $<TARGET_FILE:grader> ${check})
  # Each has the machine to itself: one measures, one fills it.
  set_tests_properties(robustness.${check} PROPERTIES TIMEOUT 600 RUN_SERIAL ON)
endforeach()

add_test(NAME robustness.many
         COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/robustness/many.py"
                 --grader $<TARGET_FILE:grader>)
set_tests_properties(robustness.many PROPERTIES TIMEOUT 900 RUN_SERIAL ON)

# Submissions are linked with the suites as they are built here, without a sanitizer.
if(NOT GRADER_SANITIZE)
  add_test(NAME corpus.direct
           COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/corpus/run_direct.py"
                   --build "${PROJECT_BINARY_DIR}")
  set_tests_properties(corpus.direct PROPERTIES TIMEOUT 1500)
endif()

# Every counterexample is a program that shows the mistake it was found for.
add_test(NAME corpus.examples
         COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/corpus/run_examples.py"
                 --grader $<TARGET_FILE:grader>)
set_tests_properties(corpus.examples PROPERTIES TIMEOUT 1500)
