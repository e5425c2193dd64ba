# The handout: packed, searched, and used where nothing but a compiler is. It has a build
# of its own, so once is enough.
if(CMAKE_CROSSCOMPILING OR GRADER_SANITIZE OR NOT CMAKE_C_COMPILER_ID STREQUAL "GNU")
  return()
endif()

set(handout "${PROJECT_BINARY_DIR}/handout")
cmake_host_system_information(RESULT arch QUERY OS_PLATFORM)
set(archive "${handout}/fba-handout-${arch}.tar.gz")

add_test(NAME handout.is_packed COMMAND "${PROJECT_SOURCE_DIR}/tools/handout.sh"
                                        "${handout}/build" "${handout}")
set_tests_properties(handout.is_packed PROPERTIES FIXTURES_SETUP handout TIMEOUT 900)
foreach(topic Handout InUse)
  string(TOLOWER ${topic} name)
  add_test(
    NAME handout.${name}
    COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/handout/test_handout.py"
            $<TARGET_FILE_DIR:grader> "${PROJECT_SOURCE_DIR}" "${archive}" ${topic})
  set_tests_properties(handout.${name} PROPERTIES FIXTURES_REQUIRED handout TIMEOUT 1800)
endforeach()

# Without a network the sources of one library cannot be had; in CI they must.
if(NOT "$ENV{CI}" STREQUAL "true")
  set_tests_properties(handout.is_packed PROPERTIES SKIP_RETURN_CODE 4)
  set_tests_properties(handout.handout handout.inuse PROPERTIES SKIP_RETURN_CODE 77)
endif()
