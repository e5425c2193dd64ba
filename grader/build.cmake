# grader_build: the half of the grader that makes a program of a submission.

pkg_check_modules(LIBMD REQUIRED IMPORTED_TARGET libmd)

add_library(
  grader_build OBJECT
  audit.c
  audit_scan.c
  audit_section.c
  build.c
  child.c
  child_wait.c
  compile.c
  diagnostics.c
  error.c
  file.c
  image.c
  link.c
  messages.c
  sandbox.c
  stage.c
  symbols.c
  text.c
  tool.c
  workdir.c)
target_include_directories(grader_build PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}")
target_link_libraries(
  grader_build
  PUBLIC grader_options
  PRIVATE PkgConfig::LIBELF PkgConfig::LIBMD cjson)

# The compiler's helper functions, for submissions that need one (__udivti3 and the like).
# Submissions are compiled by gcc, whatever this project is compiled by. The copy keeps
# the grader from asking gcc for the place in every run.
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
  set(SUBMISSION_COMPILER "${CMAKE_C_COMPILER}")
else()
  find_program(SUBMISSION_COMPILER gcc REQUIRED)
endif()
execute_process(
  COMMAND "${SUBMISSION_COMPILER}" -print-libgcc-file-name
  OUTPUT_VARIABLE SUBMISSION_LIBGCC
  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
configure_file("${SUBMISSION_LIBGCC}" "${PROJECT_BINARY_DIR}/lib/libgcc.a" COPYONLY)
