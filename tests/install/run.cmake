# Run by ctest: install, configure the consumer, build it, run it. Any step that fails ends the test.
file(REMOVE_RECURSE ${SCRATCH_DIR})
set(prefix ${SCRATCH_DIR}/prefix)

function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD_DIR} --prefix ${prefix})
run(${CMAKE_COMMAND} -S ${CONSUMER_DIR} -B ${SCRATCH_DIR}/build -G ${GENERATOR}
  -D CMAKE_PREFIX_PATH=${prefix} -D CMAKE_CXX_COMPILER=${COMPILER} "-DCMAKE_EXE_LINKER_FLAGS=${LINK_FLAGS}")
run(${CMAKE_COMMAND} --build ${SCRATCH_DIR}/build)
run(${SCRATCH_DIR}/build/consumer)

foreach(file scenarios/baseline.yaml)
  if(NOT EXISTS ${prefix}/share/sahelsim/${file})
    message(FATAL_ERROR "share/sahelsim/${file} was not installed")
  endif()
endforeach()
run(${prefix}/bin/sahelsim --version)

# The Python package finds the library that was installed with it.
if(PYTHON)
  file(WRITE ${SCRATCH_DIR}/use.py "
import sahelsim
assert sahelsim.__file__.startswith('${prefix}/'), sahelsim.__file__
assert sahelsim.Simulator('sahelsim:small').step(2) == 2
try:
    sahelsim.run('sahelsim:nowhere')
except sahelsim.InputError as error:
    assert '${prefix}/' in str(error), error
")
  run(${CMAKE_COMMAND} -E env --unset=SAHELSIM_SCENARIOS PYTHONPATH=${prefix}/${PYTHON_DIR} ${PYTHON} ${SCRATCH_DIR}/use.py)
  run(${prefix}/bin/sahelsim compare --help)
endif()
