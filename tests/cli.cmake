# The command line from end to end: the built grader on real and on bad input.
foreach(topic bad_input formats report terminal watch)
  add_test(
    NAME cli.${topic}
    COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/cli/test_${topic}.py"
            $<TARGET_FILE_DIR:grader> "${PROJECT_SOURCE_DIR}")
  set_tests_properties(cli.${topic} PROPERTIES TIMEOUT 600)
endforeach()

# The page about what students see shows what they see.
add_test(NAME cli.student_view_is_current
         COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/tools/student_view.py" --check
                 --grader $<TARGET_FILE:grader>)
set_tests_properties(cli.student_view_is_current PROPERTIES TIMEOUT 600)
