# Fills in sim/engine/version.cpp.in: PROJECT_VERSION, and SAHELSIM_GIT_HASH, which is "unknown" outside a git repository
# and ends in "-dirty" where tracked files were changed.

set(SAHELSIM_GIT_HASH unknown)
if(GIT_EXECUTABLE)
  # The folder may belong to another user, as in a container: reading from it is safe all the same.
  set(git ${GIT_EXECUTABLE} -c safe.directory=${SOURCE_DIR} -C ${SOURCE_DIR})
  execute_process(COMMAND ${git} rev-parse --show-toplevel OUTPUT_VARIABLE top ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
  file(REAL_PATH ${SOURCE_DIR} real_source_dir)
  # An unpacked archive may lie inside somebody else's repository, whose commit says nothing about it.
  if(top STREQUAL real_source_dir)
    execute_process(COMMAND ${git} rev-parse --verify HEAD
      OUTPUT_VARIABLE hash RESULT_VARIABLE failed ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(NOT failed)
      execute_process(COMMAND ${git} status --porcelain --untracked-files=no OUTPUT_VARIABLE changes ERROR_QUIET)
      set(SAHELSIM_GIT_HASH ${hash})
      if(changes)
        string(APPEND SAHELSIM_GIT_HASH -dirty)
      endif()
    endif()
  endif()
endif()
configure_file(${SOURCE_DIR}/sim/engine/version.cpp.in ${OUTPUT} @ONLY)
