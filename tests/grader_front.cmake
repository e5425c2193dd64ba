# The grader's front half: manifest, results, score, report, view and command line.

add_library(small_exercise STATIC unit/small_exercise.c)
target_include_directories(small_exercise PUBLIC unit)
target_link_libraries(
  small_exercise
  PUBLIC grader_library
  PRIVATE grader_options PkgConfig::CHECK)

foreach(module manifest results score report terminal view options catalogue installation
               output nearest judge_run details)
  add_unit_test(${module} small_exercise)
endforeach()

# What is drawn of the buffers in unit/pictures/shapes.jsonl.
add_library(pictures STATIC unit/pictures.c)
target_include_directories(pictures PUBLIC unit)
target_compile_definitions(
  pictures PRIVATE "PICTURES_FOLDER=\"${CMAKE_CURRENT_SOURCE_DIR}/unit/pictures\"")
target_link_libraries(
  pictures
  PUBLIC grader_library
  PRIVATE grader_options PkgConfig::CHECK)
foreach(module picture_text picture_svg)
  add_unit_test(${module} pictures)
endforeach()
add_test(NAME unit.picture_svg_is_xml
         COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/unit/check_svg.py"
                 $<TARGET_FILE:test_picture_svg>
                 "${CMAKE_CURRENT_SOURCE_DIR}/unit/pictures/shapes.jsonl")

# It looks for the files that stand beside it, so they must have been built.
add_dependencies(test_installation judge_fixed_buffer runtime_fixed_buffer)

# The suites, the headers and exercise.json say the same.
add_test(
  NAME manifest.fixed_buffer_is_current
  COMMAND
    Python3::Interpreter "${PROJECT_SOURCE_DIR}/tools/manifest.py"
    "${PROJECT_SOURCE_DIR}/exercises/06_fixed_buffer" --judge
    $<TARGET_FILE:judge_fixed_buffer> --check)
