# Mutants of right designs (docs/mutation.md). Here only a sample of them is graded, so
# that the tool works when it is needed; `make mutate` grades all.
if(CMAKE_CROSSCOMPILING)
  return()
endif()

# clang's bindings belong to the distribution's Python, which need not be the first.
find_program(SYSTEM_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
set(mutation "${CMAKE_CURRENT_SOURCE_DIR}/mutation")
add_test(NAME mutation.points COMMAND "${SYSTEM_PYTHON}" "${mutation}/test_points.py")
add_test(NAME mutation.sample COMMAND "${SYSTEM_PYTHON}" "${mutation}/mutate.py" --every 25
                                      --grader $<TARGET_FILE:grader>)
set_tests_properties(mutation.points mutation.sample PROPERTIES TIMEOUT 900
                                                                SKIP_RETURN_CODE 77)
