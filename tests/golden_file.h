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

namespace assistants_mock {

inline std::filesystem::path source_path(std::string_view path) {
  return std::filesystem::path(ASSISTANTS_MOCK_SOURCE_DIR) / path;
}

// Empty when there is no such file.
inline std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline bool updating_fixtures() {
  return std::getenv("UPDATE_FIXTURES") != nullptr;
}

// `path` starts at the root of the repository.
inline void expect_golden(std::string_view path, const std::string& actual) {
  const std::filesystem::path file = source_path(path);
  if (updating_fixtures()) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << actual;
    return;
  }
  EXPECT_TRUE(std::filesystem::exists(file)) << path << " is missing: UPDATE_FIXTURES=1 records it";
  EXPECT_EQ(actual, file_text(file)) << "differs from " << path;
}

// The part of a document between the lines "<!-- MARK -->" and "<!-- end of MARK -->", which is
// made from the code. Updating replaces it.
inline void expect_generated_part(std::string_view path, const std::string& mark,
                                  const std::string& actual) {
  const std::filesystem::path file = source_path(path);
  std::string document = file_text(file);
  const std::string from = "<!-- " + mark + " -->\n";
  const std::string to = "<!-- end of " + mark + " -->";
  const std::size_t begin = document.find(from);
  const std::size_t end = document.find(to);
  ASSERT_TRUE(begin != std::string::npos && end != std::string::npos && begin < end)
      << path << " lacks the lines " << from << to;
  const std::size_t part = begin + from.size();
  if (updating_fixtures())
    std::ofstream(file, std::ios::binary) << document.replace(part, end - part, actual);
  else
    EXPECT_EQ(actual, document.substr(part, end - part))
        << path << ", part " << mark << ": UPDATE_FIXTURES=1 writes it anew";
}

}  // namespace assistants_mock
