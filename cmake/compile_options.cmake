# compile_options: the warnings and the hardening of everything we build for ourselves.
# The subject's runtime is compiled with options of its own: it has no libc.

option(GRADER_WERROR "Treat warnings as errors (developers and CI)" OFF)
option(GRADER_SANITIZE "Build our own programs with ASan and UBSan (tests)" OFF)

add_library(grader_options INTERFACE)
target_compile_features(grader_options INTERFACE c_std_17)
target_compile_definitions(grader_options INTERFACE _GNU_SOURCE)
target_compile_options(
  grader_options
  INTERFACE -Wall
            -Wextra
            -Wpedantic
            -Wshadow
            -Wconversion
            -Wsign-conversion
            -Wstrict-prototypes
            -Wmissing-prototypes
            -Wold-style-definition
            -Wpointer-arith
            -Wcast-qual
            -Wcast-align
            -Wwrite-strings
            -Wformat=2
            -Wundef
            -Wvla
            -Wswitch-enum
            -Wimplicit-fallthrough
            -Wnull-dereference
            -Wdouble-promotion
            -fno-common
            -UNDEBUG # asserts state our own invariants; they stay on
            $<$<BOOL:${GRADER_WERROR}>:-Werror>)
target_compile_options(
  grader_options
  INTERFACE -fstack-protector-strong
            $<$<CONFIG:Release,RelWithDebInfo>:-U_FORTIFY_SOURCE>
            $<$<CONFIG:Release,RelWithDebInfo>:-D_FORTIFY_SOURCE=2>)
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
  target_compile_options(
    grader_options INTERFACE -fstack-clash-protection -fcf-protection)
endif()
target_link_options(grader_options INTERFACE -Wl,-z,relro,-z,now)

if(GRADER_SANITIZE)
  set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all)
  target_compile_options(grader_options INTERFACE ${sanitizers}
                                                  -fno-omit-frame-pointer)
  target_link_options(grader_options INTERFACE ${sanitizers})
endif()

set(CMAKE_C_EXTENSIONS OFF)
