# What the tests need besides: assistants_mock_deps::gtest (without main), gtest_main,
# rapidcheck_gtest and valijson.
assistants_mock_dependency(gtest
  PACKAGE GTest TARGETS GTest::gtest
  REPOSITORY https://github.com/google/googletest.git TAG release-1.12.1
  SET INSTALL_GTEST=OFF)
assistants_mock_dependency(gtest_main
  PACKAGE GTest TARGETS GTest::gtest_main
  REPOSITORY https://github.com/google/googletest.git TAG release-1.12.1)
assistants_mock_dependency(rapidcheck_gtest
  PACKAGE rapidcheck TARGETS rapidcheck_gtest
  REPOSITORY https://github.com/emil-e/rapidcheck.git
  TAG ff6af6fc683159deb51c543b065eba14dfcf329b  # has no releases
  SET RC_ENABLE_GTEST=ON)
assistants_mock_dependency(valijson
  PACKAGE valijson TARGETS ValiJSON::valijson valijson
  REPOSITORY https://github.com/tristanpenman/valijson.git TAG v1.0
  SET valijson_BUILD_TESTS=OFF valijson_BUILD_EXAMPLES=OFF)
