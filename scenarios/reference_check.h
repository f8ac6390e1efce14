#pragma once
// Whether the ${…} of a rule's texts can ever have a value.
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "scenarios/mistake_list.h"
#include "scenarios/pattern_reader.h"
#include "scenarios/source_text.h"
#include "scenarios/yaml_node.h"

namespace assistants_mock::scenarios {

// One rule's view: the groups of its message pattern and the tools called so far.
class ReferenceCheck {
 public:
  // Refers to both, which have to live as long.
  ReferenceCheck(const SourceText& source, MistakeList& mistakes)
      : source_(source), mistakes_(mistakes) {}

  // The rule has a message pattern with these groups.
  void has_groups(PatternGroups groups) { groups_ = std::move(groups); }
  // The rule has a message pattern that did not compile: every name could be a group of it.
  void has_unknown_groups() { any_group_ = true; }

  void function_is_called(const std::string& name);
  bool is_called(std::string_view name) const;
  // The function called so far that `name` probably meant, as "; did you mean …?", or nothing.
  std::string nearest_function(std::string_view name) const;

  // A search that finds at most so much.
  void search_is_made(std::size_t most_results);
  void file_is_made(const std::string& name);
  bool is_made(std::string_view file) const;
  // The file made so far that `name` probably meant, as "; did you mean …?", or nothing.
  std::string nearest_file(std::string_view name) const;

  // Adds a mistake for each reference of a text, or of the texts inside a list or map, that names
  // nothing; at the place of the reference itself.
  void check(const YamlNode& node);

 private:
  void check_text(const YamlNode& scalar);
  // What is wrong with it, or nothing.
  std::optional<std::string> fault_of(std::string_view path) const;
  std::optional<std::string> fault_of_output(std::string_view path) const;
  std::optional<std::string> fault_of_result(std::string_view path) const;
  std::optional<std::string> fault_of_link(std::string_view file) const;
  bool is_group(std::string_view path) const;
  std::string known_names(std::string_view path) const;
  Place place_in(const YamlNode& scalar, std::size_t offset) const;

  const SourceText& source_;
  MistakeList& mistakes_;
  std::optional<PatternGroups> groups_;
  bool any_group_ = false;
  std::set<std::string, std::less<>> functions_;
  std::optional<std::size_t> most_results_;  // nothing: no search is made so far
  std::set<std::string, std::less<>> files_;
};

}  // namespace assistants_mock::scenarios
