#include "mock_server/cli/client_environment.h"

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <map>
#include <string_view>

namespace assistants_mock::cli {
namespace {

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

// The first of Azure's that had version 2 of assistants (docs/wire/endpoints.md, "Azure's
// spelling").
constexpr const char* usual_api_version = "2024-05-01-preview";

bool is_unset(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr || *value == '\0';
}

// Azure's clients put /openai behind their endpoint.
std::string without_version(std::string base_url) {
  constexpr std::string_view version = "/v1";
  if (base_url.ends_with(version)) base_url.resize(base_url.size() - version.size());
  return base_url;
}

}  // namespace

std::vector<std::string> client_environment(const std::string& base_url, const std::string& key) {
  std::map<std::string, std::string, std::less<>> ours = {
      {"OPENAI_BASE_URL", base_url},
      {"OPENAI_API_KEY", key},
      {"AZURE_OPENAI_ENDPOINT", without_version(base_url)},
      {"AZURE_OPENAI_API_KEY", key},
      {"NO_PROXY", "127.0.0.1,localhost,::1"},
      {"no_proxy", "127.0.0.1,localhost,::1"}};
  // No secret, and the client may look at it itself.
  if (is_unset("OPENAI_API_VERSION")) ours.emplace("OPENAI_API_VERSION", usual_api_version);
  // Of a token and a key the Python client sends the token.
  constexpr std::array<std::string_view, 4> withheld = {"AZURE_OPENAI_AD_TOKEN", "OPENAI_ADMIN_KEY",
                                                        "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"};
  std::vector<std::string> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view line = *entry;
    const std::string_view name = line.substr(0, line.find('='));
    if (!ours.contains(name) && std::ranges::find(withheld, name) == withheld.end())
      environment.emplace_back(line);
  }
  for (const auto& [name, value] : ours) environment.push_back(name + "=" + value);
  return environment;
}

pid_t start(Start start) {
  posix_spawnattr_t attributes{};
  posix_spawnattr_init(&attributes);
  sigset_t none{};
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(
      &attributes,
      static_cast<short>(POSIX_SPAWN_SETSIGMASK | (start.own_group ? POSIX_SPAWN_SETPGROUP : 0)));
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  if (start.output >= 0) {
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, start.output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, start.errors, STDERR_FILENO);
  }
  pid_t child = 0;
  const int error =
      posix_spawnp(&child, start.command[0].c_str(), &actions, &attributes,
                   pointers(start.command).data(), pointers(start.environment).data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return error == 0 ? child : -error;
}

}  // namespace assistants_mock::cli
