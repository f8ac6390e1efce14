// Holds the keys of a map against the table.
#include "scenarios/field_reader.h"

#include <cassert>
#include <vector>

#include "scenarios/nearest_word.h"
#include "scenarios/yaml_values.h"

namespace assistants_mock::scenarios {

namespace {

std::string in_title(std::string_view title) {
  return " in " + std::string(title);
}

void check_required(Section section, const YamlNode& node, MistakeList& mistakes) {
  if (node.lacks_entries) return;
  for (const Field& field : fields_of(section))
    if (field.required && find(node, field.key) == nullptr)
      mistakes.add(node.place, "the key '" + std::string(field.key) + "' is missing" +
                                   in_title(info(section).title) + "; it needs " +
                                   std::string(info(field.value).wording));
}

}  // namespace

void add_unknown_key(const YamlEntry& entry, std::string_view title,
                     std::span<const std::string_view> keys, MistakeList& mistakes) {
  if (mistakes.is_full()) return;
  std::string nearest = did_you_mean(entry.key, keys);
  if (nearest.empty()) nearest = ";";
  mistakes.add(entry.key_place, "unknown key " + in_single_quotes(entry.key) + in_title(title) +
                                    nearest + " keys here: " + word_list(keys));
}

FieldReader::FieldReader(Section section, const YamlNode& node, MistakeList& mistakes)
    : section_(section), node_(node), mistakes_(mistakes) {
  const std::vector<std::string_view> keys = keys_of(section);
  if (!node.is_map()) {
    mistakes.add(node.place, std::string(info(section).title) + " needs a map with keys of " +
                                 word_list(keys) + "; found " + in_words(node));
    return;
  }
  for (const YamlEntry& entry : node.entries)
    if (find_field(section, entry.key) == nullptr)
      add_unknown_key(entry, info(section).title, keys, mistakes);
  check_required(section, node, mistakes);
}

const YamlNode* FieldReader::find(std::string_view key) const {
  assert(find_field(section_, key) != nullptr);
  return scenarios::find(node_, key);
}

Asked FieldReader::asked_for(std::string_view key) const {
  const Field* field = find_field(section_, key);
  assert(field != nullptr);
  return asked(*field);
}

std::optional<std::string> FieldReader::text(std::string_view key, std::size_t most_bytes) const {
  const YamlNode* node = find(key);
  if (node == nullptr) return std::nullopt;
  return read_text(*node, asked_for(key), mistakes_, most_bytes);
}

std::optional<std::string> FieldReader::error_code(std::string_view key) const {
  constexpr std::size_t max_code_bytes = 100;
  const YamlNode* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (node->is_scalar() && node->text.empty()) {
    add_needed(*node, asked_for(key), mistakes_);
    return std::nullopt;
  }
  return text(key, max_code_bytes);
}

std::optional<std::string> FieldReader::word(std::string_view key,
                                             std::span<const std::string_view> words) const {
  const YamlNode* node = find(key);
  if (node == nullptr) return std::nullopt;
  return read_word(*node, asked_for(key), words, mistakes_);
}

std::optional<Duration> FieldReader::duration(std::string_view key) const {
  const YamlNode* node = find(key);
  if (node == nullptr) return std::nullopt;
  return read_duration(*node, asked_for(key), mistakes_);
}

std::optional<int> FieldReader::integer(std::string_view key, int least, int most) const {
  const YamlNode* node = find(key);
  if (node == nullptr) return std::nullopt;
  return read_integer(*node, asked_for(key), least, most, mistakes_);
}

std::optional<bool> FieldReader::truth(std::string_view key) const {
  const YamlNode* node = find(key);
  if (node == nullptr) return std::nullopt;
  return read_truth(*node, asked_for(key), mistakes_);
}

}  // namespace assistants_mock::scenarios
