#pragma once
// Texts under fixtures/ that a person reviewed. With UPDATE_FIXTURES=1 in the environment a test
// writes them instead of comparing; commit only what you can explain.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace assistants_mock::scenarios {

inline std::filesystem::path source_path(std::string_view path) {
  return std::filesystem::path(ASSISTANTS_MOCK_SOURCE_DIR) / path;
}

// Empty when there is no such file.
inline std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// `path` starts at the root of the repository.
inline void expect_golden(std::string_view path, const std::string& actual) {
  const std::filesystem::path file = source_path(path);
  if (std::getenv("UPDATE_FIXTURES") != nullptr) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << actual;
    return;
  }
  EXPECT_TRUE(std::filesystem::exists(file)) << path << " is missing: UPDATE_FIXTURES=1 records it";
  EXPECT_EQ(actual, file_text(file)) << "differs from " << path;
}

}  // namespace assistants_mock::scenarios
