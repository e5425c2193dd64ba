# The entry points of the platforms, each in the folders that its platform has.
if(CMAKE_CROSSCOMPILING OR GRADER_SANITIZE OR NOT CMAKE_C_COMPILER_ID STREQUAL "GNU")
  return()
endif()

add_test(
  NAME platforms.entry_points
  COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/platforms/test_platforms.py"
          $<TARGET_FILE_DIR:grader> "${PROJECT_SOURCE_DIR}")
set_tests_properties(platforms.entry_points PROPERTIES TIMEOUT 900)

# The archive for Gradescope from end to end, in a root folder of its own.
add_test(NAME platforms.gradescope
         COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/platforms/gradescope_chroot.sh"
                 "${PROJECT_SOURCE_DIR}" "${PROJECT_BINARY_DIR}/gradescope")
set_tests_properties(platforms.gradescope PROPERTIES TIMEOUT 1800 SKIP_RETURN_CODE 77)
