// Holds references against what a rule knows, and finds them again in the file.
#include "scenarios/reference_check.h"

#include <algorithm>
#include <array>
#include <vector>

#include "scenarios/json_path.h"
#include "scenarios/nearest_word.h"
#include "scenarios/template_text.h"
#include "scenarios/yaml_values.h"

namespace assistants_mock::scenarios {

namespace {

constexpr std::array<std::string_view, 8> fixed_names = {
    "message",      "model",          "instructions", "times",
    "assistant.id", "assistant.name", "thread.id",    "run.id"};
constexpr std::string_view metadata_prefix = "metadata.";
constexpr std::string_view outputs_prefix = "outputs.";
constexpr std::string_view link_prefix = "link.";
constexpr std::string_view results_name = "results";
constexpr std::string_view cite_name = "cite";

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

std::string nearest_of(const std::set<std::string, std::less<>>& known, std::string_view name) {
  constexpr std::size_t most_compared = 100;
  std::vector<std::string_view> names;
  for (const std::string& one : known)
    if (names.size() < most_compared) names.push_back(one);
  return did_you_mean(name, names);
}

// How often "${" stands in `text`.
std::size_t openings(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find("${"); at != text.npos; at = text.find("${", at + 2)) ++count;
  return count;
}

}  // namespace

void ReferenceCheck::function_is_called(const std::string& name) {
  functions_.insert(name);
}

bool ReferenceCheck::is_called(std::string_view name) const {
  return functions_.contains(name);
}

std::string ReferenceCheck::nearest_function(std::string_view name) const {
  return nearest_of(functions_, name);
}

void ReferenceCheck::search_is_made(std::size_t most_results) {
  most_results_ = std::max(most_results_.value_or(0), most_results);
}

void ReferenceCheck::file_is_made(const std::string& name) {
  files_.insert(name);
}

bool ReferenceCheck::is_made(std::string_view file) const {
  return files_.contains(file);
}

std::string ReferenceCheck::nearest_file(std::string_view name) const {
  return nearest_of(files_, name);
}

void ReferenceCheck::check(const YamlNode& node) {
  if (node.is_scalar()) check_text(node);
  for (const YamlNode& item : node.items) check(item);
  for (const YamlEntry& entry : node.entries) check(entry.value);
}

void ReferenceCheck::check_text(const YamlNode& scalar) {
  for (const TemplateReference& reference : template_references(scalar.text)) {
    if (mistakes_.is_full()) return;
    if (const std::optional<std::string> fault = fault_of(reference.path))
      mistakes_.add(place_in(scalar, reference.offset), *fault);
  }
}

std::optional<std::string> ReferenceCheck::fault_of(std::string_view path) const {
  if (path.empty()) return "'${' needs a name and a closing '}'; a literal '${' is written '$${'";
  if (is_group(path) || std::ranges::find(fixed_names, path) != fixed_names.end())
    return std::nullopt;
  if (path.starts_with(outputs_prefix)) return fault_of_output(path.substr(outputs_prefix.size()));
  if (path.starts_with(metadata_prefix) && path.size() > metadata_prefix.size())
    return std::nullopt;
  if (path.starts_with("results[") || path.starts_with("cite[")) return fault_of_result(path);
  if (path.starts_with(link_prefix)) return fault_of_link(path.substr(link_prefix.size()));
  const std::string found = "no value is called " + in_single_quotes(path);
  if (is_number(path) && !groups_)
    return found + ": the rule has no message pattern whose groups could be numbered";
  if (is_number(path))
    return found + ": the rule's message pattern has " + std::to_string(groups_->count) + " groups";
  return found + known_names(path);
}

// A function's name may itself have dots, so every dot may be where its path begins.
std::optional<std::string> ReferenceCheck::fault_of_output(std::string_view path) const {
  constexpr std::size_t longest_name = 64;
  std::optional<std::string> fault;
  for (std::size_t end = 1; end <= std::min(path.size(), longest_name); ++end) {
    const std::string_view rest = path.substr(end);
    if (!rest.empty() && rest.front() != '.' && rest.front() != '[') continue;
    if (!is_called(path.substr(0, end))) continue;
    if (rest.empty() || parse_json_path(rest)) return std::nullopt;
    fault = in_single_quotes(rest) +
            " is no path into an output, such as .temperature or .days[0].rain";
  }
  if (fault) return fault;
  const std::string_view name = path.substr(0, path.find_first_of(".["));
  return "no earlier step of this rule calls the function " + in_single_quotes(name) +
         nearest_function(name);
}

std::optional<std::string> ReferenceCheck::fault_of_result(std::string_view path) const {
  if (!most_results_) return "no earlier step of this rule calls file_search";
  const bool cites = path.starts_with(cite_name);
  const auto numbered = numbered_name(path, cites ? cite_name : results_name);
  if (!numbered)
    return in_single_quotes(path) + " names no result; results are numbered from 0, as in " +
           (cites ? "cite[0]" : "results[0].text");
  if (numbered->number >= *most_results_)
    return "there is no result " + std::to_string(numbered->number) +
           ": the searches of this rule find at most " + std::to_string(*most_results_) +
           ", numbered from 0";
  if (cites && numbered->rest.empty()) return std::nullopt;
  if (cites)
    return "nothing can follow in " + in_single_quotes(path) + "; a citation is written cite[0]";
  if (numbered->rest.empty())
    return in_single_quotes(path) +
           " needs what of the result is meant: " + word_list(result_fields()) +
           ", as in results[0].text";
  const std::string_view field = numbered->rest.substr(numbered->rest.starts_with('.') ? 1 : 0);
  if (numbered->rest.starts_with('.') &&
      std::ranges::find(result_fields(), field) != result_fields().end())
    return std::nullopt;
  std::string nearest = did_you_mean(field, result_fields());
  if (nearest.empty()) nearest = ";";
  return "a result has no " + in_single_quotes(numbered->rest) + nearest +
         " it has: " + word_list(result_fields());
}

std::optional<std::string> ReferenceCheck::fault_of_link(std::string_view file) const {
  if (is_made(file)) return std::nullopt;
  return "no earlier step of this rule makes the file " + in_single_quotes(file) +
         nearest_file(file);
}

bool ReferenceCheck::is_group(std::string_view path) const {
  if (any_group_) return true;
  if (!groups_) return false;
  if (!is_number(path)) return groups_->names.contains(path);
  // Written as the group's number is: no leading zeros, which name nothing.
  for (int group = 0; group <= groups_->count; ++group)
    if (path == std::to_string(group)) return true;
  return false;
}

std::string ReferenceCheck::known_names(std::string_view path) const {
  std::vector<std::string_view> names;
  if (groups_) names.assign(groups_->names.begin(), groups_->names.end());
  names.insert(names.end(), fixed_names.begin(), fixed_names.end());
  names.push_back("metadata.KEY");
  names.push_back("outputs.FUNCTION");
  if (most_results_) names.insert(names.end(), {"results[N].text", "cite[N]"});
  if (!files_.empty()) names.push_back("link.NAME");
  std::string nearest = did_you_mean(path, names);
  if (nearest.empty()) nearest = ";";
  return nearest + " names here: " + word_list(names);
}

// Every way to write a text leaves "${" as it is, escapes such as "\x24" aside: so the same number
// of them stands before a reference in the file as in the text.
Place ReferenceCheck::place_in(const YamlNode& scalar, std::size_t offset) const {
  const std::size_t before = openings(std::string_view(scalar.text).substr(0, offset));
  std::size_t at = source_.text().find("${", source_.offset_of(scalar.place));
  for (std::size_t skipped = 0; skipped < before && at != std::string_view::npos; ++skipped)
    at = source_.text().find("${", at + 2);
  const std::string_view start = std::string_view(scalar.text).substr(offset, 8);
  const std::string_view first_word = start.substr(0, start.find_first_of(" \t\n'\"\\"));
  if (at == std::string_view::npos || !source_.text().substr(at).starts_with(first_word))
    return scalar.place;
  return source_.place_of(at);
}

}  // namespace assistants_mock::scenarios
