# link_statically(PREFIX ARCHIVES name... [SHARED name...] USES function...): the imported
# target PkgConfig::PREFIX is linked from static archives, and shared libraries that these
# need, if all of them are installed and bring what is used.
#
# The grader and the judge are started for each grading, and looking for a shared library
# takes a quarter of a millisecond, where a page fault is dear, or a twentieth.

include(CheckCSourceCompiles)

function(link_statically prefix)
  cmake_parse_arguments(PARSE_ARGV 1 argument "" "" "ARCHIVES;SHARED;USES")
  if(CMAKE_CROSSCOMPILING)
    return() # the archives found are this machine's
  endif()
  set(archives "")
  foreach(name IN LISTS argument_ARCHIVES)
    find_library(ARCHIVE_${name} "lib${name}.a")
    mark_as_advanced(ARCHIVE_${name})
    if(NOT ARCHIVE_${name})
      return()
    endif()
    list(APPEND archives "${ARCHIVE_${name}}")
  endforeach()
  list(APPEND archives ${argument_SHARED})

  list(JOIN argument_USES "(void), " declared)
  list(JOIN argument_USES "() + " called)
  set(CMAKE_REQUIRED_LIBRARIES ${archives})
  set(CMAKE_REQUIRED_QUIET TRUE)
  check_c_source_compiles(
    "int ${declared}(void); int main(void) { return ${called}(); }"
    ${prefix}_LINKS_STATICALLY)
  if(${prefix}_LINKS_STATICALLY)
    set_target_properties(PkgConfig::${prefix} PROPERTIES INTERFACE_LINK_LIBRARIES "${archives}")
  endif()
endfunction()
