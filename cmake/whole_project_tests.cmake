# Tests of the project rather than of one room. They say the same in every build, so sanitizer
# builds leave them out.
if(ASSISTANTS_MOCK_SANITIZE)
  return()
endif()
include(GoogleTest)
assistants_mock_test(architecture_test SOURCES tests/architecture_test.cc)

# Installs what was built, moves it elsewhere, and builds and runs the example against it.
if(ASSISTANTS_MOCK_INSTALL)
  add_test(NAME InstalledPackage.ExampleBuildsAndRuns
           COMMAND ${CMAKE_COMMAND} -DBUILD_DIR=${PROJECT_BINARY_DIR}
                   -DGENERATOR=${CMAKE_GENERATOR} -DCXX_COMPILER=${CMAKE_CXX_COMPILER}
                   -DBUILD_TYPE=${CMAKE_BUILD_TYPE}
                   -P ${PROJECT_SOURCE_DIR}/tests/install/build_and_run_example.cmake)
endif()
