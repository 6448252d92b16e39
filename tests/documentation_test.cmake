# Documentation that a program writes must be what the program would write today.
if(TARGET data_dictionary)
  add_test(NAME docs/data-dictionary COMMAND ${CMAKE_COMMAND}
    -D PROGRAM=$<TARGET_FILE:data_dictionary>
    -D FILE=${PROJECT_SOURCE_DIR}/docs/data-dictionary.md
    -D "CURE=cmake --build --preset release --target update_data_dictionary"
    -P ${CMAKE_CURRENT_SOURCE_DIR}/docs/compare_output.cmake)
  sahelsim_test_properties(docs/data-dictionary LABELS docs)
  add_test(NAME docs/intervention-types COMMAND ${CMAKE_COMMAND}
    -D PROGRAM=$<TARGET_FILE:intervention_types>
    -D FILE=${PROJECT_SOURCE_DIR}/docs/intervention-types.md
    -D "CURE=cmake --build --preset release --target update_intervention_types"
    -P ${CMAKE_CURRENT_SOURCE_DIR}/docs/compare_output.cmake)
  sahelsim_test_properties(docs/intervention-types LABELS docs)
endif()
