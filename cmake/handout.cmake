# handout: what tools/handout.sh packs for students, in BUILD/handout/.
#
#     exercise.json               the manifest that students get
#     grader.o judge_HARNESS.o    one relocatable object for each program, nameless
#     libcjson.a                  built from the distribution's source, because its
#                                 package has no static library
#     compiler_view.so            without symbols
#
# HANDOUT_CJSON is the folder with that source.

set(handout "${PROJECT_BINARY_DIR}/handout")
set(handout_mask 0xA5) # what the judge's texts are changed by

# No message of ours may hold a path of this machine.
target_compile_options(grader_options
                       INTERFACE "-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=")

add_library(handout_cjson STATIC "${HANDOUT_CJSON}/cJSON.c")
target_compile_options(handout_cjson PRIVATE -g0)
set_target_properties(handout_cjson PROPERTIES OUTPUT_NAME cjson ARCHIVE_OUTPUT_DIRECTORY
                                                                 "${handout}")

add_library(handout_compiler_view MODULE
            "${PROJECT_SOURCE_DIR}/grader/compiler_view/compiler_view.c")
target_compile_options(
  handout_compiler_view PRIVATE $<TARGET_PROPERTY:compiler_view,COMPILE_OPTIONS>)
target_compile_definitions(handout_compiler_view PRIVATE _GNU_SOURCE)
target_compile_features(handout_compiler_view PRIVATE c_std_17)
target_link_options(handout_compiler_view
                    PRIVATE $<TARGET_PROPERTY:compiler_view,LINK_OPTIONS> -s)
set_target_properties(
  handout_compiler_view PROPERTIES PREFIX "" OUTPUT_NAME compiler_view
                                             LIBRARY_OUTPUT_DIRECTORY "${handout}")

add_library(handout_unmask OBJECT "${PROJECT_SOURCE_DIR}/tools/handout/unmask.c")
target_compile_definitions(handout_unmask PRIVATE MASK=${handout_mask})
target_link_libraries(handout_unmask PRIVATE grader_options)

add_custom_target(handout DEPENDS handout_cjson handout_compiler_view)

# add_handout_object(PROGRAM TARGETS target... [OPTIONS option...]): BUILD/handout/PROGRAM.o
# of the objects of the targets.
function(add_handout_object program)
  cmake_parse_arguments(PARSE_ARGV 1 argument "" "" "TARGETS;OPTIONS")
  set(tool "${PROJECT_SOURCE_DIR}/tools/handout_object.py")
  set(object "${handout}/${program}.o")
  list(TRANSFORM argument_TARGETS REPLACE "(.+)" "$<TARGET_OBJECTS:\\1>"
       OUTPUT_VARIABLE objects)
  add_custom_command(
    OUTPUT "${object}"
    COMMAND "${tool}" ${argument_OPTIONS} "${object}" ${objects}
    DEPENDS "${tool}" ${argument_TARGETS} ${objects}
    COMMAND_EXPAND_LISTS VERBATIM)
  add_custom_target(handout_${program} DEPENDS "${object}")
  add_dependencies(handout handout_${program})
endfunction()

# The grader in two forms: for instructors' platforms, and for students.
set(manifest "${PROJECT_SOURCE_DIR}/exercises/06_fixed_buffer/exercise.json")
set(manifest_tool "${PROJECT_SOURCE_DIR}/tools/handout_manifest.py")
set(handout_manifest "${handout}/exercise.json")
execute_process(COMMAND "${manifest_tool}" "${manifest}" "${handout_manifest}"
                        COMMAND_ERROR_IS_FATAL ANY)
file(SHA256 "${handout_manifest}" handout_sha256)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${manifest}" "${manifest_tool}")
get_property(rooms GLOBAL PROPERTY GRADER_ROOMS)
add_library(handout_student OBJECT "${PROJECT_SOURCE_DIR}/grader/exercise/handout.c")
target_compile_definitions(handout_student PRIVATE HANDOUT_MANIFEST="${handout_sha256}")
target_link_libraries(handout_student PRIVATE grader_options grader_base PkgConfig::LIBMD)
add_handout_object(grader_platform TARGETS grader ${rooms})
add_handout_object(
  grader
  TARGETS grader ${rooms} handout_student
  OPTIONS --without grader_exercise.dir/exercise/handout.c.o)

get_property(
  targets
  DIRECTORY "${PROJECT_SOURCE_DIR}"
  PROPERTY BUILDSYSTEM_TARGETS)
list(FILTER targets INCLUDE REGEX "^runtime_")
foreach(target IN LISTS targets)
  string(REPLACE "runtime_" "" harness ${target})
  get_target_property(libraries ${harness}_judge INTERFACE_LINK_LIBRARIES)
  list(REMOVE_ITEM libraries judge_common)
  list(FILTER libraries EXCLUDE REGEX "[:<]")
  # The judge has some functions of the C library's in its own form: judge/clock.h,
  # judge/check_calls.h.
  add_handout_object(
    judge_${harness}
    TARGETS judge_remote judge_common ${harness}_judge ${libraries} handout_unmask
    OPTIONS --mask ${handout_mask} --keep clock_gettime --keep gettimeofday --keep mkstemp
            --keep fdopen --keep timer_create --keep unlink)
  add_dependencies(handout ${target})
endforeach()
