# The formats of the platforms: validators that refuse every known trap, and every corpus
# file's report in every format.
add_library(sample_report STATIC unit/sample_report.c)
target_link_libraries(
  sample_report
  PUBLIC small_exercise
  PRIVATE grader_options PkgConfig::CHECK)
foreach(module report_read audience seed format)
  add_unit_test(${module} sample_report)
endforeach()

if(CMAKE_CROSSCOMPILING)
  return()
endif()

add_test(NAME formats.traps
         COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/formats/test_traps.py")
set_tests_properties(formats.traps PROPERTIES TIMEOUT 120)

add_test(NAME formats.audience
         COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/formats/test_audience.py"
                 --grader $<TARGET_FILE:grader>)
set_tests_properties(formats.audience PROPERTIES TIMEOUT 1200)

add_test(NAME formats.corpora
         COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/formats/run.py" --grader
                 $<TARGET_FILE:grader>)
set_tests_properties(formats.corpora PROPERTIES TIMEOUT 3600)
