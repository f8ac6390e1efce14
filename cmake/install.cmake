# find_package(assistants_mock) for other projects: libraries, public headers and the program.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/assistants_mock)
foreach(room IN ITEMS state_machine scenarios generator mock_server checker)
  set_target_properties(assistants_mock_${room} PROPERTIES EXPORT_NAME ${room})
  install(TARGETS assistants_mock_${room} EXPORT assistants_mock_targets
          ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
          INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
endforeach()
install(EXPORT assistants_mock_targets NAMESPACE assistants_mock:: DESTINATION ${package_dir}
        FILE assistants_mock_targets.cmake)
install(DIRECTORY scenarios/include/ mock_server/include/
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
if(TARGET assistants-mock)
  install(TARGETS assistants-mock RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

configure_package_config_file(cmake/assistants_mockConfig.cmake.in
  ${PROJECT_BINARY_DIR}/assistants_mockConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/assistants_mockConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES cmake/dependencies.cmake cmake/checker_dependencies.cmake
              ${PROJECT_BINARY_DIR}/assistants_mockConfig.cmake
              ${PROJECT_BINARY_DIR}/assistants_mockConfigVersion.cmake
        DESTINATION ${package_dir})
