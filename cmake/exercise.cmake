# add_exercise(ID HARNESS): the programs of one exercise.
#
#     exercises/ID/           what students get; exercise.json is its manifest
#     harness/HARNESS/        harness.cmake sets, relative to that folder,
#         EXERCISE_JUDGE        sources of the judge's half, the suites among them
#         EXERCISE_SUBJECT      sources of the subject's half
#         EXERCISE_EXPORTS      functions of a submission that the subject's half stands
#                               in for
#         EXERCISE_SOLUTION     the reference solution, relative to the project
#         EXERCISE_LIBRARIES    targets that the judge's half is linked with
#         EXERCISE_FOLDERS      folders of the judge's half that have headers
#
# makes
#     bin/judge_HARNESS           the judge
#     bin/direct_HARNESS          the same suites, linked with the solution
#     lib/HARNESS/runtime.o       what a submission is linked with
#     lib/HARNESS/direct/*        what tests/direct.py links a submission with
#     lib/subject.ld, lib/libgcc.a, and from grader/ lib/compiler_view.so
#     share/exercises             the exercises themselves

# The names a submission may be bound to; all others of runtime.o are made local.
set(SUBJECT_EXPORTS memcpy memmove memset memcmp __memcpy_chk
                    __memmove_chk __memset_chk __stack_chk_guard __stack_chk_fail abort
                    __assert_fail "__ubsan_handle_*"
                    "subject_trap_[0-9]*" "subject_entry_point" "subject_image_end"
                    "subject_code_start" "subject_code_end" "subject_data_start"
                    "subject_data_end")

function(add_exercise id harness)
  set(folder "${PROJECT_SOURCE_DIR}/harness/${harness}")
  set(library_folder "${PROJECT_BINARY_DIR}/lib/${harness}")
  include("${folder}/harness.cmake")
  list(TRANSFORM EXERCISE_JUDGE PREPEND "${folder}/")
  list(TRANSFORM EXERCISE_SUBJECT PREPEND "${folder}/")
  list(TRANSFORM EXERCISE_FOLDERS PREPEND "${folder}/")

  # The judge's half, once; two programs are linked with it.
  add_library(${harness}_judge OBJECT ${EXERCISE_JUDGE})
  target_include_directories(
    ${harness}_judge PUBLIC "${folder}" ${EXERCISE_FOLDERS}
                            "${PROJECT_SOURCE_DIR}/exercises/${id}")
  target_link_libraries(
    ${harness}_judge
    PUBLIC judge_common ${EXERCISE_LIBRARIES}
    PRIVATE grader_options)

  add_executable(judge_${harness})
  target_link_libraries(judge_${harness} PRIVATE grader_options judge_remote judge_common
                                                 ${harness}_judge)

  # The subject's half: linked with the runtime, and all names but the exports hidden.
  add_library(${harness}_subject OBJECT ${EXERCISE_SUBJECT})
  target_include_directories(${harness}_subject
                             PRIVATE "${PROJECT_SOURCE_DIR}/exercises/${id}")
  target_link_libraries(${harness}_subject PRIVATE subject_options)

  set(runtime "${library_folder}/runtime.o")
  set(keep ${SUBJECT_EXPORTS} ${EXERCISE_EXPORTS})
  list(TRANSFORM keep PREPEND "--keep-global-symbol=")
  add_custom_command(
    OUTPUT "${runtime}"
    COMMAND ${CMAKE_COMMAND} -E make_directory "${library_folder}"
    COMMAND "${CMAKE_LINKER}" -r -o "${runtime}.all" $<TARGET_OBJECTS:subject_runtime>
            $<TARGET_OBJECTS:${harness}_subject>
    COMMAND "${CMAKE_OBJCOPY}" --wildcard --strip-debug ${keep} "${runtime}.all"
            "${runtime}"
    DEPENDS subject_runtime ${harness}_subject $<TARGET_OBJECTS:subject_runtime>
            $<TARGET_OBJECTS:${harness}_subject>
    COMMAND_EXPAND_LISTS VERBATIM)
  add_custom_target(runtime_${harness} ALL DEPENDS "${runtime}")
  add_dependencies(grader judge_${harness} runtime_${harness}) # it runs the two

  add_direct_runner(${harness} "${library_folder}")
  add_installation()
endfunction()

# The direct-linked runner. The suites call functions of the very names that the
# implementation defines, so implementation and subject's half become one object in
# which all but the way in is local.
function(add_direct_runner harness library_folder)
  add_library(${harness}_solution OBJECT "${PROJECT_SOURCE_DIR}/${EXERCISE_SOLUTION}")
  target_include_directories(
    ${harness}_solution
    PRIVATE $<TARGET_PROPERTY:${harness}_judge,INTERFACE_INCLUDE_DIRECTORIES>)
  target_link_libraries(${harness}_solution PRIVATE grader_options)

  add_library(${harness}_direct_subject OBJECT
              ${EXERCISE_SUBJECT} "${PROJECT_SOURCE_DIR}/harness/subject/undefined.c")
  target_include_directories(
    ${harness}_direct_subject
    PRIVATE "${PROJECT_SOURCE_DIR}/harness/subject"
            $<TARGET_PROPERTY:${harness}_judge,INTERFACE_INCLUDE_DIRECTORIES>)
  target_link_libraries(${harness}_direct_subject PRIVATE wire)
  target_compile_options(${harness}_direct_subject PRIVATE -O1 -g -fno-sanitize=all -fno-pie)

  set(direct "${library_folder}/direct")
  set(solution "${direct}/solution.o")
  add_custom_command(
    OUTPUT "${solution}"
    COMMAND ${CMAKE_COMMAND} -E make_directory "${direct}"
    COMMAND "${CMAKE_LINKER}" -r -o "${direct}/subject.o"
            $<TARGET_OBJECTS:${harness}_direct_subject>
    COMMAND "${CMAKE_LINKER}" -r -o "${solution}" "${direct}/subject.o"
            $<TARGET_OBJECTS:${harness}_solution>
    COMMAND "${CMAKE_OBJCOPY}" --keep-global-symbol=subject_call "${solution}"
    DEPENDS ${harness}_direct_subject ${harness}_solution
            $<TARGET_OBJECTS:${harness}_direct_subject>
            $<TARGET_OBJECTS:${harness}_solution>
    COMMAND_EXPAND_LISTS VERBATIM)
  add_executable(direct_${harness} "${solution}")
  set_source_files_properties("${solution}" PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
  target_link_libraries(direct_${harness} PRIVATE grader_options judge_direct judge_common
                                                  ${harness}_judge)
  target_link_options(direct_${harness} PRIVATE -no-pie)

  # For tests that link other implementations: everything of that program but solution.o.
  add_library(${harness}_direct_runner STATIC
              $<TARGET_OBJECTS:judge_direct> $<TARGET_OBJECTS:judge_common>
              $<TARGET_OBJECTS:${harness}_judge>)
  set_target_properties(${harness}_direct_runner PROPERTIES ARCHIVE_OUTPUT_DIRECTORY
                                                            "${direct}")
endfunction()

# What the grader finds beside its own binary (grader/verdict/installation.h).
function(add_installation)
  execute_process(
    COMMAND "${CMAKE_C_COMPILER}" -print-libgcc-file-name
    OUTPUT_VARIABLE libgcc
    OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  set(share "${PROJECT_BINARY_DIR}/share")
  file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/lib" "${share}")
  configure_file("${PROJECT_SOURCE_DIR}/harness/subject/subject.ld"
                 "${PROJECT_BINARY_DIR}/lib/subject.ld" COPYONLY)
  configure_file("${libgcc}" "${PROJECT_BINARY_DIR}/lib/libgcc.a" COPYONLY)
  file(CREATE_LINK "${PROJECT_SOURCE_DIR}/exercises" "${share}/exercises" SYMBOLIC)
endfunction()
