#pragma once
// Lines that a page shows, as a shell runs them.
#include <filesystem>
#include <string>

namespace assistants_mock::tests {

struct Ran {
  int status = -1;
  std::string output;  // of both kinds
};

Ran run(const std::string& line, const std::filesystem::path& folder);

}  // namespace assistants_mock::tests
