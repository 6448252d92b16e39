# Documentation that a program writes must be what the program would write today.
if(TARGET data_dictionary)
  add_test(NAME docs/data-dictionary COMMAND ${CMAKE_COMMAND}
    -D PROGRAM=$<TARGET_FILE:data_dictionary>
    -D FILE=${PROJECT_SOURCE_DIR}/docs/data-dictionary.md
    -D "CURE=cmake --build --preset release --target update_data_dictionary"
    -P ${CMAKE_CURRENT_SOURCE_DIR}/docs/compare_output.cmake)
  sahelsim_test_properties(docs/data-dictionary LABELS docs)
endif()
