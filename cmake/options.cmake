# Compiler flags that every translation unit of the project gets, and the switches of a build.

option(EPODE_TESTS "Build the tests" ON)
option(EPODE_FUZZ "Build the fuzz targets with libFuzzer, and no other tests (needs clang)" OFF)
option(EPODE_PROBE_ONLY "Build only the library and the probe of tests/determinism" OFF)
option(EPODE_WERROR "Warnings are errors" ON)
set(EPODE_SANITIZE "" CACHE STRING "Sanitizers for -fsanitize=, e.g. address,undefined")
set(EPODE_MARCH "" CACHE STRING "Value for -march=, empty for the compiler's baseline")
set(EPODE_FLAGS_LAST "" CACHE STRING "Compiler flags after all others, for the negative controls")

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_C_FLAGS_DEBUG "-O1 -g")
set(CMAKE_C_FLAGS_RELEASE "-O2")

# Equal bits everywhere: no fused multiply-add, no fast-math, no errno from sqrt (decision D1).
add_compile_options(-ffp-contract=off -fno-math-errno)
add_compile_options(-Wall -Wextra -Wconversion -Wshadow -Wvla -Wstrict-prototypes
                    -Wmissing-prototypes -Wundef -Wwrite-strings -Wdouble-promotion -Wno-psabi)
if(EPODE_WERROR)
    add_compile_options(-Werror)
endif()
if(EPODE_MARCH)
    add_compile_options(-march=${EPODE_MARCH})
endif()
if(EPODE_SANITIZE)
    add_compile_options(-fsanitize=${EPODE_SANITIZE} -fno-sanitize-recover=all
                        -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${EPODE_SANITIZE})
endif()
if(EPODE_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(EPODE_FLAGS_LAST)
    add_compile_options(${EPODE_FLAGS_LAST})
endif()
