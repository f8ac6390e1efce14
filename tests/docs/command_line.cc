#include "tests/docs/command_line.h"

#include <sys/wait.h>

#include <array>
#include <cstdio>

namespace assistants_mock::tests {

Ran run(const std::string& line, const std::filesystem::path& folder) {
  FILE* pipe = ::popen(("cd '" + folder.string() + "' && " + line + " 2>&1").c_str(), "r");
  Ran ran;
  if (pipe == nullptr) return ran;
  std::array<char, 4096> bytes{};
  while (const std::size_t count = std::fread(bytes.data(), 1, bytes.size(), pipe))
    ran.output.append(bytes.data(), count);
  const int status = ::pclose(pipe);
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

}  // namespace assistants_mock::tests
