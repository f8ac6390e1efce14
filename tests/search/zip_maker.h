#pragma once
// Zip archives made in memory for tests.
#include <string>
#include <utility>
#include <vector>

namespace assistants_mock::tests {

struct ZipEntry {
  std::string name;
  std::string bytes;
};

// Compressed, in this order.
std::string zip_of(const std::vector<ZipEntry>& entries);

// A Word document whose body holds `body` as it is.
std::string docx_of(const std::string& body);

}  // namespace assistants_mock::tests
