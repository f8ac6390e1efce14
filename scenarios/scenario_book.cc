// Finds a scenario's text: in the library that was built in, or in a file.
#include "assistants_mock/scenario_book.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "scenarios/library_texts.h"
#include "scenarios/nearest_word.h"
#include "scenarios/scenario.h"
#include "scenarios/scenario_parser.h"
#include "scenarios/source_text.h"
#include "scenarios/yaml_values.h"

namespace assistants_mock::scenarios {

namespace {

std::string in_one_text(const std::vector<Mistake>& mistakes) {
  std::string text;
  for (const Mistake& mistake : mistakes) {
    if (!text.empty()) text += '\n';
    text += mistake.file;
    if (mistake.line > 0)
      text += ':' + std::to_string(mistake.line) + ':' + std::to_string(mistake.column);
    text += ": error: " + mistake.what;
  }
  return text;
}

// A mistake that is nowhere in a text, because there is none.
ScenarioError without_place(std::string_view file, std::string what) {
  return ScenarioError({Mistake{std::string(file), 0, 0, std::move(what)}});
}

std::string read_file(std::string_view path) {
  const std::filesystem::path file(path);
  std::error_code error;
  if (std::filesystem::is_directory(file, error))
    throw without_place(path, "this is a folder, not a scenario file");
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw without_place(path, "the file cannot be read: " +
                                  std::generic_category().message(errno == 0 ? EIO : errno));
  // One byte more than is allowed shows that there is too much.
  std::string text(max_file_bytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (in.bad()) throw without_place(path, "the file cannot be read to its end");
  return text;
}

const LibraryText& library_text(std::string_view name) {
  for (const LibraryText& text : library_texts())
    if (text.name == name) return text;
  const std::vector<std::string_view> names = ScenarioBook::library_names();
  std::string nearest = did_you_mean(name, names);
  if (nearest.empty()) nearest = ";";
  throw without_place(name, "the library has no scenario " + in_single_quotes(name) + nearest +
                                " it has " + word_list(names) +
                                "; a file is named with a slash or its ending, .yaml");
}

}  // namespace

ScenarioError::ScenarioError(std::vector<Mistake> mistakes)
    : std::runtime_error(in_one_text(mistakes)), mistakes_(std::move(mistakes)) {}

ScenarioBook::ScenarioBook() : ScenarioBook(load("echo")) {}

ScenarioBook::ScenarioBook(Scenario scenario)
    : scenario_(std::make_shared<const Scenario>(std::move(scenario))) {}

bool ScenarioBook::is_path(std::string_view name) {
  return name.find('/') != name.npos || name.ends_with(".yaml") || name.ends_with(".yml");
}

ScenarioBook ScenarioBook::load(std::string_view name_or_path) {
  if (is_path(name_or_path)) return parse(read_file(name_or_path), name_or_path);
  return shipped(name_or_path);
}

ScenarioBook ScenarioBook::shipped(std::string_view name) {
  const LibraryText& text = library_text(name);
  return parse(text.yaml, std::string(text.name) + ".yaml");
}

ScenarioBook ScenarioBook::parse(std::string_view yaml, std::string_view file) {
  return ScenarioBook(parse_scenario(yaml, file));
}

std::vector<std::string_view> ScenarioBook::library_names() {
  std::vector<std::string_view> names;
  for (const LibraryText& text : library_texts()) names.push_back(text.name);
  return names;
}

std::vector<ScenarioBook::LibraryEntry> ScenarioBook::library() {
  std::vector<LibraryEntry> entries;
  for (const LibraryText& text : library_texts()) {
    Scenario scenario = parse_scenario(text.yaml, std::string(text.name) + ".yaml");
    entries.push_back({std::string(text.name), std::string(text.folder),
                       std::move(scenario.teaches), std::move(scenario.reveals),
                       std::move(scenario.source)});
  }
  return entries;
}

}  // namespace assistants_mock::scenarios
