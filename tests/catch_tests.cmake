file(GLOB_RECURSE test_sources RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} CONFIGURE_DEPENDS *.cpp)
list(FILTER test_sources EXCLUDE REGEX "^(main[.]cpp$|install/|fuzz/|python/)")

# Catch2's own code, without our warnings and without the sanitizers, with which it takes a minute to compile.
add_library(sahelsim_test_main OBJECT main.cpp)
target_link_libraries(sahelsim_test_main PUBLIC Catch2::Catch2 sahelsim_arithmetic)
target_compile_options(sahelsim_test_main PRIVATE -O1 -g0)
target_compile_definitions(sahelsim_test_main PUBLIC CATCH_CONFIG_FAST_COMPILE)

if(NOT test_sources)
  return()
endif()
add_executable(sahelsim_tests ${test_sources})
target_include_directories(sahelsim_tests PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(sahelsim_tests PRIVATE sahelsim_test_main sahelsim sahelsim_options yaml-cpp)
target_precompile_headers(sahelsim_tests PRIVATE <catch2/catch.hpp>)
target_compile_definitions(sahelsim_tests PRIVATE
  SAHELSIM_SCENARIO_SOURCE_DIR="${PROJECT_SOURCE_DIR}/scenarios"
  SAHELSIM_TEST_DIR="${CMAKE_CURRENT_SOURCE_DIR}")

# Catch2 can tag every test with the name of its file (-#), which must therefore be unique.
set(seen "")
foreach(source IN LISTS test_sources)
  cmake_path(GET source STEM stem)
  if(stem IN_LIST seen)
    message(FATAL_ERROR "tests/${source}: another test file is called ${stem}.cpp too")
  endif()
  list(APPEND seen ${stem})
  file(STRINGS ${source} test_cases REGEX "TEST_CASE|SCENARIO" LIMIT_COUNT 1)
  if(NOT test_cases)
    continue() # helpers
  endif()
  cmake_path(GET source PARENT_PATH group)
  string(REGEX REPLACE "^test_" "" name ${stem})
  set(test ${group}/${name})
  add_test(NAME ${test} COMMAND sahelsim_tests -\# "[#${stem}]~[slow]")
  sahelsim_test_properties(${test} LABELS "${group}")
endforeach()
add_test(NAME slow COMMAND sahelsim_tests "[slow]")
sahelsim_test_properties(slow LABELS slow)
