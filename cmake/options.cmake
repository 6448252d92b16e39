# What a person may choose, and the flags that follow from it.

option(SAHELSIM_BUILD_TESTS "Build the tests" ${PROJECT_IS_TOP_LEVEL})
option(SAHELSIM_BUILD_BENCHMARKS "Build the benchmarks" ${PROJECT_IS_TOP_LEVEL})
option(SAHELSIM_BUILD_PYTHON "Build the Python module, where pybind11 and Python's development files are found" ${PROJECT_IS_TOP_LEVEL})
option(SAHELSIM_WARNINGS_AS_ERRORS "Treat warnings in our code as errors" ${PROJECT_IS_TOP_LEVEL})
set(SAHELSIM_SANITIZERS "" CACHE STRING "Sanitizers to build with, e.g. address,undefined")
set(SAHELSIM_MPI AUTO CACHE STRING "Sweeps over several processes by MPI: ON, OFF, or AUTO, if there is one")
option(SAHELSIM_COVERAGE "Count which lines run" OFF)

# Never "native": results and programs should move between machines.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
  set(default_architecture x86-64-v3)
else()
  set(default_architecture "")
endif()
set(SAHELSIM_ARCHITECTURE "${default_architecture}" CACHE STRING "-march of the build; x86-64-v2 for processors before 2013")

# Debian's Python has the packages that the tests need, whatever other Python stands first in the PATH.
set(SAHELSIM_PYTHON /usr/bin/python3 CACHE FILEPATH "Python with xarray, h5py, PyYAML and pytest, for which the module is built")

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Kind of build" FORCE)
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(PROJECT_IS_TOP_LEVEL)
  set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
  find_program(SAHELSIM_CCACHE ccache)
  if(SAHELSIM_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
    # Without these, ccache passes by every file that uses a precompiled header.
    set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${SAHELSIM_CCACHE})
  endif()
endif()

# Flags that decide the last bit of a result or the layout of an Eigen array. A program that uses the library must be
# built with the same ones, so they travel with it.
add_library(sahelsim_arithmetic INTERFACE)
target_compile_options(sahelsim_arithmetic INTERFACE
  # A fused multiply-add rounds once where two operations round twice.
  -ffp-contract=off
  $<$<BOOL:${SAHELSIM_ARCHITECTURE}>:-march=${SAHELSIM_ARCHITECTURE}>)
# Release keeps our own assertions; Eigen's test every access to an element, which the debug and sanitizer builds do.
target_compile_definitions(sahelsim_arithmetic INTERFACE $<$<CONFIG:Release>:EIGEN_NO_DEBUG>)

# Flags for our own code only.
add_library(sahelsim_options INTERFACE)
target_compile_options(sahelsim_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  $<$<BOOL:${SAHELSIM_WARNINGS_AS_ERRORS}>:-Werror>)
target_compile_definitions(sahelsim_options INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
if(SAHELSIM_SANITIZERS)
  target_compile_options(sahelsim_options INTERFACE
    -fsanitize=${SAHELSIM_SANITIZERS} -fno-sanitize-recover=all -fno-omit-frame-pointer
    # gcc sees uninitialised values in instrumented code where there are none (gcc.gnu.org/PR105562).
    -Wno-maybe-uninitialized)
  target_link_options(sahelsim_options INTERFACE -fsanitize=${SAHELSIM_SANITIZERS})
endif()
if(SAHELSIM_COVERAGE)
  target_compile_options(sahelsim_options INTERFACE --coverage)
  target_link_options(sahelsim_options INTERFACE --coverage)
endif()
