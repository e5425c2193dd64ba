# The entry points of the platforms, each in the folders that its platform has.
if(CMAKE_CROSSCOMPILING OR GRADER_SANITIZE OR NOT CMAKE_C_COMPILER_ID STREQUAL "GNU")
  return()
endif()

add_test(
  NAME platforms.entry_points
  COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/platforms/test_platforms.py"
          $<TARGET_FILE_DIR:grader> "${PROJECT_SOURCE_DIR}")
set_tests_properties(platforms.entry_points PROPERTIES TIMEOUT 900)
