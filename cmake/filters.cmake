# add_filters(TARGET SOURCE HEADER): the filters of system calls that the program made of
# SOURCE prints become HEADER, which sources of TARGET include. It is built first and run
# here, under the emulator if it is for another processor.

function(add_filters target source header)
  get_filename_component(maker "${source}" NAME_WE)
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/filters")
  add_executable(${maker} "${source}" "${PROJECT_SOURCE_DIR}/tools/filters/print_filter.c")
  target_include_directories(${maker} PRIVATE "${PROJECT_SOURCE_DIR}/tools/filters")
  target_link_libraries(${maker} PRIVATE grader_options PkgConfig::LIBSECCOMP)
  set_target_properties(${maker} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${folder}")
  add_custom_command(
    OUTPUT "${folder}/${header}"
    COMMAND ${maker} > "${folder}/${header}"
    DEPENDS ${maker}
    VERBATIM)
  target_sources(${target} PRIVATE "${folder}/${header}")
  target_include_directories(${target} PRIVATE "${folder}")
endfunction()
