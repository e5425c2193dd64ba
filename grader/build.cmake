# grader_build: the half of the grader that makes a program of a submission.

pkg_check_modules(LIBMD REQUIRED IMPORTED_TARGET GLOBAL libmd)

add_library(
  grader_build OBJECT
  audit.c
  audit_scan.c
  audit_section.c
  build.c
  child.c
  child_wait.c
  compile.c
  compiler.c
  diagnostics.c
  error.c
  file.c
  image.c
  landlock.c
  link.c
  messages.c
  namespaces.c
  private_user.c
  sandbox.c
  sandbox_view.c
  stage.c
  symbols.c
  syscall_filter.c
  text.c
  time_stamp.c
  tool.c
  workdir.c)
target_include_directories(grader_build PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}")
target_link_libraries(
  grader_build
  PUBLIC grader_options PkgConfig::LIBELF PkgConfig::LIBMD
         PkgConfig::LIBSECCOMP cjson)
