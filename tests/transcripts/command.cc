#include "tests/transcripts/command.h"

#include <algorithm>
#include <stdexcept>

namespace assistants_mock::tests {
namespace {

bool is_key(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char character) {
    return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') ||
           character == '_';
  });
}

}  // namespace

std::string take_word(std::string& text) {
  const std::size_t end = std::min(text.find(' '), text.size());
  const std::string word = text.substr(0, end);
  text.erase(0, std::min(end + 1, text.size()));
  return word;
}

bool take_word_if(std::string& text, std::string_view wanted) {
  std::string rest = text;
  if (take_word(rest) != wanted) return false;
  text = rest;
  return true;
}

std::string arguments(const Command& command) {
  std::string text = command.line;
  take_word(text);
  return text;
}

Fields fields_of(std::string text) {
  Fields fields;
  while (!text.empty()) {
    const std::string word = take_word(text);
    const std::size_t mark = word.find('=');
    if (mark != std::string::npos && is_key(std::string_view(word).substr(0, mark)))
      fields.emplace_back(word.substr(0, mark), word.substr(mark + 1));
    else if (!fields.empty())
      fields.back().second += " " + word;
    else
      throw std::invalid_argument("not key=value: " + word);
  }
  return fields;
}

}  // namespace assistants_mock::tests
