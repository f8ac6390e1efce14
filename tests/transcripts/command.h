#pragma once
// One command of a transcript, and how its line is read.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assistants_mock::tests {

// A line of a transcript, and the indented lines below it.
struct Command {
  std::string line;
  std::string body = {};
};

// What stands after the command's first word.
std::string arguments(const Command& command);

// The first word of `text`, which is taken off it.
std::string take_word(std::string& text);
// The same if that word is `wanted`; otherwise nothing happens.
bool take_word_if(std::string& text, std::string_view wanted);

// "a=1 b=two words" as ("a", "1") and ("b", "two words"). Throws std::invalid_argument when it does
// not begin with a key.
using Fields = std::vector<std::pair<std::string, std::string>>;
Fields fields_of(std::string text);

}  // namespace assistants_mock::tests
