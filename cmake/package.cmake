# What `cmake --install` puts where, and the CMake package through which another project finds it.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/sahelsim)

install(TARGETS sahelsim sahelsim_arithmetic EXPORT sahelsim ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
if(TARGET sahelsim_program)
  install(TARGETS sahelsim_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/sim/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/sahelsim
  FILES_MATCHING PATTERN "*.h" PATTERN cli EXCLUDE PATTERN python EXCLUDE)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/scenarios/ DESTINATION ${CMAKE_INSTALL_DATADIR}/sahelsim/scenarios)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

install(EXPORT sahelsim NAMESPACE sahelsim:: DESTINATION ${package_dir} FILE sahelsimTargets.cmake)
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/sahelsimConfig.cmake.in
  ${PROJECT_BINARY_DIR}/sahelsimConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/sahelsimConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/sahelsimConfig.cmake ${PROJECT_BINARY_DIR}/sahelsimConfigVersion.cmake
  ${PROJECT_SOURCE_DIR}/cmake/FindRandom123.cmake DESTINATION ${package_dir})
