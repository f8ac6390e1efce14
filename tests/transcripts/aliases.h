#pragma once
// Short names for the ids of a conversation, in the order of their appearance: run_1, msg_2.
#include <map>
#include <string>
#include <string_view>

namespace assistants_mock::tests {

class Aliases {
 public:
  // `text` with every id replaced by its alias; ids seen for the first time get their alias here.
  std::string shown(std::string_view text);

  // `text` with every alias replaced by its id. What only looks like an alias stays.
  std::string meant(std::string_view text) const;

 private:
  std::map<std::string, std::string, std::less<>> alias_of_;
  std::map<std::string, std::string, std::less<>> id_of_;
  std::map<std::string, int, std::less<>> counts_;  // by prefix
};

}  // namespace assistants_mock::tests
