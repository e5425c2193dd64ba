# The half of the grader that makes a program of a submission. The tests run real
# compilers and link the real runtime; a compiler that is not installed is passed over.

add_library(build_bench STATIC unit/build_bench.c)
target_link_libraries(build_bench PUBLIC grader_options grader_library PkgConfig::CHECK)
target_include_directories(build_bench PUBLIC unit)
target_compile_definitions(
  build_bench
  PUBLIC "EXERCISE_DIR=\"${PROJECT_SOURCE_DIR}/exercises/06_fixed_buffer\""
          "RUNTIME_PATH=\"${PROJECT_BINARY_DIR}/lib/fixed_buffer/runtime.o\""
          "LINK_SCRIPT_PATH=\"${PROJECT_BINARY_DIR}/lib/subject.ld\""
          "LIBGCC_PATH=\"${PROJECT_BINARY_DIR}/lib/libgcc.a\""
          "COMPILER_VIEW_PATH=\"${PROJECT_BINARY_DIR}/lib/compiler_view.so\"")
add_dependencies(build_bench runtime_fixed_buffer compiler_view)

foreach(module error text diagnostics messages child sandbox workdir
        stage compile audit audit_scan image symbols link build where)
  add_unit_test(${module} build_bench)
endforeach()
