# Mutants of right designs (docs/mutation.md). Here only a sample of them is graded, so
# that the tool works when it is needed; `make mutate` grades all.
if(CMAKE_CROSSCOMPILING)
  return()
endif()

set(mutation "${CMAKE_CURRENT_SOURCE_DIR}/mutation")
add_test(NAME mutation.points COMMAND Python3::Interpreter "${mutation}/test_points.py")
add_test(NAME mutation.sample
         COMMAND Python3::Interpreter "${mutation}/mutate.py" --every 25 --grader
                 $<TARGET_FILE:grader>)
set_tests_properties(mutation.points mutation.sample PROPERTIES TIMEOUT 900
                                                                SKIP_RETURN_CODE 77)
