#include "tests/transcripts/aliases.h"

#include <algorithm>
#include <array>

namespace assistants_mock::tests {
namespace {

constexpr std::array<std::string_view, 7> prefixes{"asst_", "thread_", "msg_", "run_",
                                                   "step_", "call_",   "file-"};

// Ids that were made; those of a scenario are as they are (docs/wire/objects.md, "Ids").
bool is_id(std::string_view prefix, std::string_view word) {
  const std::size_t length = word.size() - prefix.size();
  return length == 24 || (prefix == "file-" && length == 22);
}

bool is_alphanumeric(char character) {
  return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z') ||
         (character >= 'A' && character <= 'Z');
}

std::string_view alphanumerics(std::string_view text) {
  const auto* end = std::ranges::find_if_not(text, is_alphanumeric);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

// Replaces each word "PREFIX_…" of `text` that `replace(prefix, word)` has something for.
template <class Replace>
std::string replaced(std::string_view text, Replace replace) {
  std::string result;
  bool inside_a_word = false;
  while (!text.empty()) {
    std::size_t taken = 1;
    for (const std::string_view prefix : prefixes) {
      if (inside_a_word || !text.starts_with(prefix)) continue;
      const std::string_view rest = alphanumerics(text.substr(prefix.size()));
      taken = prefix.size() + rest.size();
      result += replace(prefix, text.substr(0, taken));
    }
    if (taken == 1) result += text.front();
    inside_a_word = is_alphanumeric(text[taken - 1]);
    text.remove_prefix(taken);
  }
  return result;
}

}  // namespace

std::string Aliases::shown(std::string_view text) {
  return replaced(text, [&](std::string_view prefix, std::string_view word) {
    if (!is_id(prefix, word)) return std::string(word);
    const auto known = alias_of_.find(word);
    if (known != alias_of_.end()) return known->second;
    const int number = ++counts_[std::string(prefix)];
    const std::string alias = std::string(prefix) + std::to_string(number);
    id_of_.emplace(alias, word);
    return alias_of_.emplace(word, alias).first->second;
  });
}

std::string Aliases::meant(std::string_view text) const {
  return replaced(text, [&](std::string_view, std::string_view word) {
    const auto known = id_of_.find(word);
    return known == id_of_.end() ? std::string(word) : known->second;
  });
}

}  // namespace assistants_mock::tests
