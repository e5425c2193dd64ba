# The sandbox: its layers one by one, and the grader in the settings that it must work in.
# Seccomp and landlock are the real kernel's, so nothing of this runs under an emulator.
if(CMAKE_CROSSCOMPILING)
  return()
endif()

foreach(module landlock private_user syscall_filter)
  add_unit_test(${module} grader_library)
endforeach()
# Where the kernel has no landlock; in CI that is a failure all the same.
set_tests_properties(unit.landlock PROPERTIES SKIP_RETURN_CODE 77)
add_unit_test(outer_filter judge_modules)

# Runs a program where something is refused (tests/sandbox/refuse.c).
add_executable(refuse sandbox/refuse.c)
target_link_libraries(refuse PRIVATE grader_options PkgConfig::LIBSECCOMP)
add_test(
  NAME sandbox.settings
  COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/sandbox/test_settings.py"
          $<TARGET_FILE_DIR:grader> "${PROJECT_SOURCE_DIR}" $<TARGET_FILE:refuse>)
set_tests_properties(sandbox.settings PROPERTIES TIMEOUT 600)
