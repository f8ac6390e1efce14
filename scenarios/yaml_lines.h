#pragma once
// YAML, line by line.
#include <string>
#include <string_view>
#include <utility>

#include "scenarios/yaml_text.h"

namespace assistants_mock::scenarios {

// Lines of a block of YAML. Every line stands `indent` columns in; the first of a list's item has
// the dash there instead.
class YamlLines {
 public:
  // "key: value"
  void value(std::string_view key, std::string_view value) {
    line(yaml_key(key, indent_) + " " + std::string(value));
  }
  // "key:", and what `block` writes, further in.
  template <class Block>
  void block(std::string_view key, Block block) {
    line(yaml_key(key, indent_));
    indent_ += 2;
    block();
    indent_ -= 2;
  }
  // "- " before the first line of what `item` writes.
  template <class Item>
  void item(Item item) {
    dash_ = true;
    indent_ += 2;
    item();
    indent_ -= 2;
  }
  void line(std::string_view text) {
    const std::size_t dash = dash_ ? 2 : 0;
    text_ += std::string(indent_ - dash, ' ') + (dash_ ? "- " : "") + std::string(text) + "\n";
    dash_ = false;
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  std::size_t indent_ = 0;
  bool dash_ = false;
};

}  // namespace assistants_mock::scenarios
