# What the program needs besides the libraries.
assistants_mock_dependency(cli
  PACKAGE CLI11 TARGETS CLI11::CLI11
  REPOSITORY https://github.com/CLIUtils/CLI11.git TAG v2.1.2
  SET CLI11_BUILD_TESTS=OFF CLI11_BUILD_EXAMPLES=OFF CLI11_BUILD_DOCS=OFF)
