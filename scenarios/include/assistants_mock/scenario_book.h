#pragma once
// A scenario that was read and found right, ready to be played. A value: cheap to copy, never
// changes, may be used from any thread.
//
//   ScenarioBook::load("weather_tool")          // one of the shipped library, by name
//   ScenarioBook::load("tests/my_chat.yaml")    // a file
//   ScenarioBook::parse("runs: [{do: [{say: Hi}]}]")
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace assistants_mock::scenarios {

struct Scenario;

// One thing wrong in a scenario text. `line` and `column` count from 1, columns in bytes.
struct Mistake {
  std::string file;
  int line = 0;
  int column = 0;
  std::string what;  // what was found, what would do, the nearest valid word
};

// Every mistake of a text, in the order of the lines. what() is one line each, as compilers do:
// "chat.yaml:3:7: error: unknown key 'sya'; …".
class ScenarioError : public std::runtime_error {
 public:
  explicit ScenarioError(std::vector<Mistake> mistakes);
  const std::vector<Mistake>& mistakes() const { return mistakes_; }

 private:
  std::vector<Mistake> mistakes_;
};

class ScenarioBook {
 public:
  // The scenario `echo`: says back what it was told, so that a first try works.
  ScenarioBook();

  // A name of the library, or the path of a file when `name_or_path` has a slash or ends in .yaml
  // or .yml. Throws ScenarioError when the text is wrong, the file cannot be read, or the library
  // has no such name (the error then names the nearest one).
  static ScenarioBook load(std::string_view name_or_path);

  // Whether load() takes it for the path of a file.
  static bool is_path(std::string_view name_or_path);

  // One of the library by its name, and never a file. Throws as load() does.
  static ScenarioBook shipped(std::string_view name);

  // `file` is how mistakes name the text.
  static ScenarioBook parse(std::string_view yaml, std::string_view file = "scenario.yaml");

  // From a value made in code; not checked.
  explicit ScenarioBook(Scenario scenario);

  const Scenario& scenario() const { return *scenario_; }
  std::shared_ptr<const Scenario> shared() const { return scenario_; }

  struct LibraryEntry {
    std::string name;
    std::string folder;   // of scenarios/library: what kind of case it is, such as tool_calls
    std::string teaches;  // what a client's author learns
    std::string reveals;  // the mistake in a client; empty in first_steps, and so is `source`
    std::string source;   // links to where that was seen, or words
  };
  // The names that load() knows, in their order.
  static std::vector<std::string_view> library_names();

  // The shipped scenarios in the order of their names.
  static std::vector<LibraryEntry> library();

 private:
  std::shared_ptr<const Scenario> scenario_;
};

}  // namespace assistants_mock::scenarios
