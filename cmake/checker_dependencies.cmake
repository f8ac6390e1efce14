# What the checker needs besides: chance with a seed.
assistants_mock_dependency(rapidcheck
  PACKAGE rapidcheck TARGETS rapidcheck
  REPOSITORY https://github.com/emil-e/rapidcheck.git
  TAG ff6af6fc683159deb51c543b065eba14dfcf329b  # has no releases
  SET RC_ENABLE_GTEST=ON)
