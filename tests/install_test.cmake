# Installs into a scratch folder and builds a project against it.
set(consumer_link_flags "")
if(SAHELSIM_SANITIZERS)
  set(consumer_link_flags -fsanitize=${SAHELSIM_SANITIZERS})
elseif(SAHELSIM_COVERAGE)
  set(consumer_link_flags --coverage)
endif()
set(installed_python "")
if(SAHELSIM_PYTHON_MODULE)
  set(installed_python -D PYTHON=${SAHELSIM_PYTHON} -D PYTHON_DIR=${SAHELSIM_PYTHON_INSTALL_DIR})
endif()
add_test(NAME install/consumer COMMAND ${CMAKE_COMMAND}
  -D BUILD_DIR=${PROJECT_BINARY_DIR}
  -D SCRATCH_DIR=${CMAKE_CURRENT_BINARY_DIR}/install-scratch
  -D CONSUMER_DIR=${CMAKE_CURRENT_SOURCE_DIR}/install
  -D GENERATOR=${CMAKE_GENERATOR}
  -D COMPILER=${CMAKE_CXX_COMPILER}
  -D LINK_FLAGS=${consumer_link_flags}
  ${installed_python}
  -P ${CMAKE_CURRENT_SOURCE_DIR}/install/run.cmake)
sahelsim_test_properties(install/consumer LABELS install)
