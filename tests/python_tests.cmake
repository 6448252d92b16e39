# tests/python/test_<name>.py becomes the ctest python/<name>; tests marked slow run apart. Files marked analysis are about
# the Python package and have that label, since sanitizers see nothing of it.
file(GLOB python_tests RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} CONFIGURE_DEPENDS python/test_*.py architecture/test_*.py)

set(pytest ${SAHELSIM_PYTHON} -m pytest -q -p no:cacheprovider -c ${CMAKE_CURRENT_SOURCE_DIR}/pytest.ini)
set(any_slow FALSE)
foreach(source IN LISTS python_tests)
  file(STRINGS ${source} slow_marks REGEX "pytest[.]mark[.]slow" LIMIT_COUNT 1)
  if(slow_marks)
    set(any_slow TRUE)
  endif()
  cmake_path(GET source PARENT_PATH group)
  cmake_path(GET source STEM stem)
  string(REGEX REPLACE "^test_" "" name ${stem})
  add_test(NAME ${group}/${name} COMMAND ${pytest} -m "not slow" ${CMAKE_CURRENT_SOURCE_DIR}/${source})
  # pytest's 5: every test of the file is a slow one.
  sahelsim_test_properties(${group}/${name} LABELS ${group} SKIP_RETURN_CODE 5)
  file(STRINGS ${source} analysis_marks REGEX "^pytestmark = pytest[.]mark[.]analysis" LIMIT_COUNT 1)
  if(analysis_marks)
    set_property(TEST ${group}/${name} APPEND PROPERTY LABELS analysis)
  endif()
endforeach()
if(any_slow)
  add_test(NAME python/slow COMMAND ${pytest} -m slow ${CMAKE_CURRENT_SOURCE_DIR}/python)
  sahelsim_test_properties(python/slow LABELS slow)
  set_property(TEST python/slow PROPERTY TIMEOUT 2400)  # all slow tests of all files
endif()
