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
set_tests_properties(sandbox.settings PROPERTIES TIMEOUT 1500)

# What the kernel sees of a submission's process, and what /proc shows of it.
add_test(NAME sandbox.calls
         COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/sandbox/test_calls.py"
                 $<TARGET_FILE:grader>)
set_tests_properties(sandbox.calls PROPERTIES TIMEOUT 600)
# What one test has asked is not in the report on another.
add_test(NAME sandbox.parting
         COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/sandbox/test_parting.py"
                 $<TARGET_FILE:grader>)
add_test(NAME sandbox.always_on
         COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/sandbox/test_always_on.py"
                 "${PROJECT_BINARY_DIR}" "${PROJECT_SOURCE_DIR}")

# The hostile corpus where the sandbox has other means: as an ordinary user, and with
# namespaces refused.
set(as_user "${CMAKE_CURRENT_SOURCE_DIR}/sandbox/as_user.sh")
set(hostile "${CMAKE_CURRENT_SOURCE_DIR}/corpus/run.py" --grader $<TARGET_FILE:grader>
            "${CMAKE_CURRENT_SOURCE_DIR}/corpus/hostile")
add_test(NAME sandbox.hostile_user COMMAND "${as_user}" "${Python3_EXECUTABLE}"
                                           ${hostile})
add_test(NAME sandbox.hostile_refused COMMAND refuse namespaces "${Python3_EXECUTABLE}"
                                              ${hostile})
set_tests_properties(sandbox.hostile_user sandbox.hostile_refused
                     PROPERTIES TIMEOUT 900 SKIP_RETURN_CODE 77)
