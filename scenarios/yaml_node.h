#pragma once
// A YAML text as a tree that knows where each of its values was written. Aliases are filled in and
// carry the place of what they stand for; no map has a key twice.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/mistake_list.h"

namespace assistants_mock::scenarios {

struct YamlEntry;

struct YamlNode {
  enum class Kind { null, scalar, sequence, map };
  Kind kind = Kind::null;
  Place place;
  bool plain = false;  // a scalar without quotes, whose type its text tells
  std::string text;    // of a scalar
  std::vector<YamlNode> items;
  std::vector<YamlEntry> entries;  // of a map, in the order they were written
  bool lacks_entries = false;      // some could not be read, which is told already

  bool is_null() const { return kind == Kind::null; }
  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_sequence() const { return kind == Kind::sequence; }
  bool is_map() const { return kind == Kind::map; }
};

struct YamlEntry {
  std::string key;
  Place key_place;
  YamlNode value;
};

// A value with nothing in it yet.
inline YamlNode empty_node(YamlNode::Kind kind, Place place) {
  YamlNode node;
  node.kind = kind;
  node.place = place;
  return node;
}

inline YamlNode scalar_node(std::string text, bool plain, Place place) {
  YamlNode node = empty_node(YamlNode::Kind::scalar, place);
  node.text = std::move(text);
  node.plain = plain;
  return node;
}

// The value under `key`, or nothing.
inline const YamlNode* find(const YamlNode& map, std::string_view key) {
  for (const YamlEntry& entry : map.entries)
    if (entry.key == key) return &entry.value;
  return nullptr;
}

}  // namespace assistants_mock::scenarios
