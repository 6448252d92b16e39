# Writes version.cpp with the version and the commit, at each build, so that the commit is the one that is built. The
# file is left alone, and nothing is compiled anew, where neither has changed.

set(SAHELSIM_VERSION_SOURCE ${PROJECT_BINARY_DIR}/version.cpp)
find_package(Git QUIET)
set(write_version ${CMAKE_COMMAND}
  -D SOURCE_DIR=${PROJECT_SOURCE_DIR}
  -D PROJECT_VERSION=${PROJECT_VERSION}
  -D GIT_EXECUTABLE=${GIT_EXECUTABLE}
  -D OUTPUT=${SAHELSIM_VERSION_SOURCE}
  -P ${PROJECT_SOURCE_DIR}/cmake/write_version.cmake)
add_custom_target(sahelsim_version
  COMMAND ${write_version} BYPRODUCTS ${SAHELSIM_VERSION_SOURCE} COMMENT "Looking up the commit" VERBATIM)
# clang-tidy reads the file without a build.
execute_process(COMMAND ${write_version} COMMAND_ERROR_IS_FATAL ANY)
