# The Python package: its modules, and sahelsim._core, the simulator as a module for the interpreter SAHELSIM_PYTHON.
#
# In the build tree the package is build/<preset>/python/sahelsim: PYTHONPATH=build/release/python.

set(python_package_dir ${PROJECT_BINARY_DIR}/python/sahelsim)

# Links, so that a change in the sources needs no build. Beside the modules, the templates of pages.
file(GLOB python_modules RELATIVE ${PROJECT_SOURCE_DIR}/analysis/sahelsim CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/analysis/sahelsim/*.py ${PROJECT_SOURCE_DIR}/analysis/sahelsim/templates/*)
file(MAKE_DIRECTORY ${python_package_dir}/templates)
foreach(module IN LISTS python_modules)
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/analysis/sahelsim/${module} ${python_package_dir}/${module} SYMBOLIC)
endforeach()

# Which Python, and what it lacks.
set(SAHELSIM_PYTHON_MODULE FALSE)
set(python_lacks "")
set(Python_EXECUTABLE ${SAHELSIM_PYTHON})
find_package(Python 3.9 QUIET COMPONENTS Interpreter)
if(SAHELSIM_BUILD_PYTHON AND SAHELSIM_SANITIZERS)
  # The interpreter would have to be built with them too.
  set(python_lacks "not with sanitizers")
elseif(SAHELSIM_BUILD_PYTHON)
  find_package(Python 3.9 QUIET COMPONENTS Interpreter Development.Module NumPy)
  if(Python_Development.Module_FOUND)
    set(PYBIND11_FINDPYTHON ON)  # what it finds by itself may be another Python
    find_package(pybind11 2.10 QUIET CONFIG)
  endif()
  if(NOT Python_Interpreter_FOUND)
    set(python_lacks "there is no Python 3.9 or later at ${SAHELSIM_PYTHON}")
  elseif(NOT Python_Development.Module_FOUND)
    set(python_lacks "${SAHELSIM_PYTHON} has no development files (Debian: python3-dev)")
  elseif(NOT Python_NumPy_FOUND)
    set(python_lacks "${SAHELSIM_PYTHON} has no NumPy (Debian: python3-numpy)")
  elseif(NOT pybind11_FOUND)
    set(python_lacks "pybind11 2.10 was not found (Debian: pybind11-dev)")
  else()
    set(SAHELSIM_PYTHON_MODULE TRUE)
  endif()
else()
  set(python_lacks "SAHELSIM_BUILD_PYTHON is off")
endif()
if(SAHELSIM_PYTHON_MODULE)
  message(STATUS "Python module: for ${SAHELSIM_PYTHON} (Python ${Python_VERSION})")
else()
  message(STATUS "Python module: not built, ${python_lacks}")
endif()

# Where Debian's Python looks: its own packages lie under /usr, what an administrator installs under /usr/local.
if(Python_FOUND)
  set(python_install_dir lib/python${Python_VERSION_MAJOR}.${Python_VERSION_MINOR}/dist-packages)
  if(CMAKE_INSTALL_PREFIX STREQUAL "/usr")
    set(python_install_dir lib/python3/dist-packages)
  endif()
else()
  set(python_install_dir ${CMAKE_INSTALL_DATADIR}/sahelsim/python)
endif()
set(SAHELSIM_PYTHON_INSTALL_DIR ${python_install_dir} CACHE STRING "Folder of Python packages below the prefix")

cmake_path(ABSOLUTE_PATH SAHELSIM_PYTHON_INSTALL_DIR BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX} OUTPUT_VARIABLE installed_python)
# The program starts commands that are in the package: by this Python, and where the package lies from its own folder.
if(TARGET sahelsim_program)
  file(RELATIVE_PATH python_from_program ${CMAKE_INSTALL_FULL_BINDIR} ${installed_python})
  target_compile_definitions(sahelsim_program PRIVATE
    SAHELSIM_PYTHON="${SAHELSIM_PYTHON}"
    SAHELSIM_PYTHON_RELATIVE_DIR="${python_from_program}")
endif()

if(SAHELSIM_PYTHON_MODULE)
  file(GLOB python_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/sim/python/*.cpp)
  # Without its extras: link-time optimisation of a few files of glue takes long and gives nothing.
  pybind11_add_module(sahelsim_python MODULE NO_EXTRAS ${python_sources})
  target_link_libraries(sahelsim_python PRIVATE sahelsim sahelsim_options)
  # The way from the module's folder to the installed library of scenarios.
  file(RELATIVE_PATH scenarios_from_module ${installed_python}/sahelsim ${CMAKE_INSTALL_FULL_DATADIR}/sahelsim/scenarios)
  target_compile_definitions(sahelsim_python PRIVATE SAHELSIM_SCENARIO_RELATIVE_DIR="${scenarios_from_module}")
  set_target_properties(sahelsim_python PROPERTIES
    OUTPUT_NAME _core
    LIBRARY_OUTPUT_DIRECTORY ${python_package_dir})
  install(TARGETS sahelsim_python LIBRARY DESTINATION ${SAHELSIM_PYTHON_INSTALL_DIR}/sahelsim)
endif()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/analysis/sahelsim/ DESTINATION ${SAHELSIM_PYTHON_INSTALL_DIR}/sahelsim
  FILES_MATCHING PATTERN "*.py" PATTERN "templates/*" PATTERN __pycache__ EXCLUDE)
