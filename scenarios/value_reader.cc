// Reads single values and words what is wrong with them.
#include "scenarios/value_reader.h"

#include <array>
#include <variant>

#include "scenarios/duration_text.h"
#include "scenarios/nearest_word.h"
#include "scenarios/yaml_values.h"

namespace assistants_mock::scenarios {

namespace {

bool is_name(std::string_view text, std::string_view more, std::size_t most) {
  if (text.empty() || text.size() > most) return false;
  for (char letter : text) {
    const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                       (letter >= '0' && letter <= '9') || letter == '_' || letter == '-';
    if (!plain && more.find(letter) == more.npos) return false;
  }
  return true;
}

bool has_size(std::size_t size, const YamlNode& node, const Asked& asked, std::size_t least,
              std::size_t most, MistakeList& mistakes) {
  if (size >= least && size <= most) return true;
  if (size < least)
    add_needed(node, asked, mistakes);
  else
    mistakes.add(node.place, asked.name + " has " + std::to_string(size) + " entries, at most " +
                                 std::to_string(most) + " are possible");
  return false;
}

}  // namespace

Asked asked(const Field& field) {
  return {"'" + std::string(field.key) + "'", field.value};
}

void add_needed(const YamlNode& found, const Asked& asked, MistakeList& mistakes,
                std::string_view more) {
  mistakes.add(found.place, asked.name + " needs " + std::string(info(asked.value).wording) +
                                ", found " + in_words(found) + std::string(more));
}

std::optional<std::string> read_text(const YamlNode& node, const Asked& asked,
                                     MistakeList& mistakes, std::size_t most_bytes) {
  if (!node.is_scalar()) {
    add_needed(node, asked, mistakes,
               node.is_null() ? "; an empty text is \"\", and null has to be in quotes" : "");
    return std::nullopt;
  }
  if (const auto value = scalar_value(node); !value || !value->is_string()) {
    add_needed(node, asked, mistakes, "; put it in quotes");
    return std::nullopt;
  }
  if (node.text.size() > most_bytes) {
    mistakes.add(node.place, asked.name + " is too long: " + std::to_string(node.text.size()) +
                                 " bytes, at most " + std::to_string(most_bytes) + " are possible");
    return std::nullopt;
  }
  return node.text;
}

std::optional<std::string> read_word(const YamlNode& node, const Asked& asked,
                                     std::span<const std::string_view> words,
                                     MistakeList& mistakes) {
  for (std::string_view word : words)
    if (node.is_scalar() && node.text == word) return node.text;
  add_needed(node, asked, mistakes, did_you_mean(node.text, words));
  return std::nullopt;
}

std::optional<std::string> read_name(const YamlNode& node, const Asked& asked,
                                     std::string_view more, std::size_t most,
                                     MistakeList& mistakes) {
  if (node.is_scalar() && is_name(node.text, more, most)) return node.text;
  add_needed(node, asked, mistakes);
  return std::nullopt;
}

std::optional<Duration> read_duration(const YamlNode& node, const Asked& asked,
                                      MistakeList& mistakes) {
  if (!node.is_scalar()) {
    add_needed(node, asked, mistakes);
    return std::nullopt;
  }
  const std::variant<Duration, std::string> read = parse_duration(node.text);
  if (const auto* length = std::get_if<Duration>(&read)) return *length;
  add_needed(node, asked, mistakes, "; " + std::get<std::string>(read));
  return std::nullopt;
}

std::optional<Duration> read_duration_or_forever(const YamlNode& node, const Asked& asked,
                                                 MistakeList& mistakes) {
  constexpr std::array<std::string_view, 1> words = {"forever"};
  if (node.is_scalar() && node.text == words[0]) return std::nullopt;
  if (node.is_scalar() && !nearest_word(node.text, words).empty()) {
    read_word(node, asked, words, mistakes);
    return std::nullopt;
  }
  return read_duration(node, asked, mistakes);
}

std::optional<int> read_integer(const YamlNode& node, const Asked& asked, int least, int most,
                                MistakeList& mistakes) {
  const std::optional<Json> value = node.is_scalar() ? scalar_value(node) : std::nullopt;
  if (!value || !value->is_number_integer()) {
    add_needed(node, asked, mistakes);
    return std::nullopt;
  }
  if (*value < least || *value > most) {
    add_needed(node, asked, mistakes,
               *value < least ? "" : "; at most " + std::to_string(most) + " is possible");
    return std::nullopt;
  }
  return value->get<int>();
}

std::optional<Json> read_number(const YamlNode& node, const Asked& asked, double most,
                                MistakeList& mistakes) {
  const std::optional<Json> value = node.is_scalar() ? scalar_value(node) : std::nullopt;
  if (value && value->is_number() && *value >= 0 && *value <= most) return value;
  add_needed(node, asked, mistakes);
  return std::nullopt;
}

std::optional<bool> read_truth(const YamlNode& node, const Asked& asked, MistakeList& mistakes) {
  const std::optional<Json> value = node.is_scalar() ? scalar_value(node) : std::nullopt;
  if (value && value->is_boolean()) return value->get<bool>();
  add_needed(node, asked, mistakes);
  return std::nullopt;
}

bool is_list(const YamlNode& node, const Asked& asked, std::size_t least, std::size_t most,
             MistakeList& mistakes) {
  if (node.is_sequence()) return has_size(node.items.size(), node, asked, least, most, mistakes);
  add_needed(node, asked, mistakes);
  return false;
}

bool is_map(const YamlNode& node, const Asked& asked, std::size_t least, std::size_t most,
            MistakeList& mistakes) {
  if (node.is_map()) return has_size(node.entries.size(), node, asked, least, most, mistakes);
  add_needed(node, asked, mistakes);
  return false;
}

}  // namespace assistants_mock::scenarios
