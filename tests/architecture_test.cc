// Keeps the rooms apart: which folder may include what, who may read a clock, and what a file may
// be called and how long it may get. A finding names the file, the line and the remedy.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace assistants_mock::tests {
namespace {

namespace fs = std::filesystem;

struct SourceFile {
  std::string path;  // from the root of the repository
  std::vector<std::string> lines;
};

using Findings = std::vector<std::string>;

std::string finding(const SourceFile& file, std::size_t line, const std::string& remedy) {
  return file.path + ":" + std::to_string(line) + ": " + remedy;
}

bool is_under(std::string_view path, std::string_view folder) {
  return path.starts_with(folder);
}

// ---- Includes ----------------------------------------------------------------------------------

struct Include {
  std::size_t line;
  bool quoted;
  std::string what;
};

std::vector<Include> includes_of(const SourceFile& file) {
  static const std::regex form(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"].*)");
  std::vector<Include> includes;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    std::smatch match;
    if (std::regex_match(file.lines[i], match, form))
      includes.push_back({i + 1, match[1] == "\"", match[2]});
  }
  return includes;
}

// <vector>, <cstdint>: no folder and no suffix.
bool is_standard(const Include& include) {
  return !include.quoted && include.what.find_first_of("/.") == std::string::npos;
}

// The rooms, lowest first: a room may include itself and what stands before it.
constexpr std::array<std::string_view, 11> rooms{
    "state_machine/",      "scenarios/",         "mock_server/search/",  "mock_server/store/",
    "mock_server/engine/", "mock_server/api/",   "mock_server/tenants/", "mock_server/control/",
    "mock_server/http/",   "mock_server/check/",
    "mock_server/",  // what joins the rooms, and cli/
};

std::optional<std::size_t> room_of(std::string_view path) {
  const auto* room = std::ranges::find_if(rooms, [&](auto name) { return is_under(path, name); });
  if (room == rooms.end()) return std::nullopt;
  return static_cast<std::size_t>(room - rooms.begin());
}

bool is_public(std::string_view path) {
  return path.find("/include/assistants_mock/") != path.npos;
}

Findings backward_includes(const SourceFile& file) {
  Findings findings;
  const auto own = room_of(file.path);
  for (const Include& include : includes_of(file)) {
    const auto other = include.quoted ? room_of(include.what) : std::nullopt;
    if (!own || !other) continue;
    if (*other > *own)
      findings.push_back(finding(file, include.line,
                                 std::string(rooms[*own]) + " must not include " + include.what +
                                     "; pass in what it needs, or move this code up"));
    if (is_public(file.path))
      findings.push_back(finding(file, include.line,
                                 "a public header must not include " + include.what +
                                     ", which is not installed; forward-declare it"));
  }
  return findings;
}

Findings impure_state_machine(const SourceFile& file) {
  Findings findings;
  if (!is_under(file.path, "state_machine/")) return findings;
  for (const Include& include : includes_of(file))
    if (!is_standard(include) && !include.what.starts_with("state_machine/"))
      findings.push_back(finding(file, include.line,
                                 "state_machine/ includes the standard library and itself only; "
                                 "give it a plain value instead of " +
                                     include.what));
  return findings;
}

// scenarios/include/
constexpr std::array<std::string_view, 5> scenarios_public_headers = {
    "assistants_mock/case_profile.h", "assistants_mock/fault.h", "assistants_mock/scenario_book.h",
    "assistants_mock/scenario_generator.h", "assistants_mock/times.h"};

Findings unplaced_quotes(const SourceFile& file) {
  Findings findings;
  if (is_under(file.path, "tests/")) return findings;
  const bool sees_mock_server = is_under(file.path, "mock_server/");
  for (const Include& include : includes_of(file)) {
    if (!include.quoted || room_of(include.what)) continue;
    if (std::ranges::find(scenarios_public_headers, include.what) != scenarios_public_headers.end())
      continue;
    if (sees_mock_server && include.what.starts_with("assistants_mock/")) continue;
    findings.push_back(finding(file, include.line,
                               "write the path of " + include.what +
                                   " from the root of the repository, in a room it may include"));
  }
  return findings;
}

// A library that only some folders may know.
struct Fence {
  std::string_view prefix;
  std::vector<std::string_view> allowed;
};

const std::vector<Fence>& fences() {
  static const std::vector<Fence> all{
      {"httplib", {"mock_server/http/", "tests/"}},
      {"yaml-cpp/", {"scenarios/", "tests/"}},
      {"CLI/", {"mock_server/cli/"}},
      {"gtest/", {"tests/"}},
      {"rapidcheck",
       {"tests/", "scenarios/generator/", "scenarios/include/assistants_mock/scenario_generator.h",
        "mock_server/check/"}},
      {"valijson/", {"tests/"}},
      {"zip", {"mock_server/search/zip_archive", "tests/"}},
      {"libstemmer", {"mock_server/search/words"}},
      {"random", {"mock_server/store/id_source"}},
      {"openssl/", {"mock_server/store/blob_directory"}},
  };
  return all;
}

Findings fenced_libraries(const SourceFile& file) {
  Findings findings;
  for (const Include& include : includes_of(file)) {
    for (const Fence& fence : fences()) {
      if (include.quoted || !include.what.starts_with(fence.prefix)) continue;
      const bool allowed = std::ranges::any_of(
          fence.allowed, [&](auto folder) { return is_under(file.path, folder); });
      if (allowed) continue;
      std::string where = "only in";
      for (auto folder : fence.allowed) where += " " + std::string(folder);
      findings.push_back(
          finding(file, include.line, "<" + include.what + "> may be included " + where));
    }
  }
  return findings;
}

// ---- Words -------------------------------------------------------------------------------------

// A word of the code, comments left out, that only some folders may use.
struct Ban {
  std::string word;
  std::string_view within;  // the folder that the ban holds in; empty is everywhere
  std::vector<std::string_view> allowed;
  std::string remedy;
};

const std::vector<Ban>& bans() {
  static const std::vector<std::string_view> clock_readers{
      "mock_server/engine/time_driver",   // what `now` is
      "mock_server/http/",                // deadlines of sockets
      "mock_server/check/machine_clock",  // what clients under check take
      "mock_server/cli/check_progress",   // how long a check will still take
      "tests/bench/",
  };
  static const std::string take_now =
      "reads a clock; take `now` as a parameter (only time_driver knows the time)";
  static const std::string no_sleep =
      "sleeps in a test; advance the server's time, or wait on what is to happen";
  static const std::vector<std::string_view> knows_versions{"mock_server/api/", "tests/"};
  static const std::vector<std::string_view> sets_versions{
      "mock_server/api/",     "mock_server/cli/",
      "mock_server/control/",  // tells how the server was started
      "mock_server/include/", "mock_server/mock_server.cc", "tests/"};
  static const std::string no_version =
      "tells versions of the API apart; below mock_server/api/ there is one language";
  static const std::vector<Ban> all{
      {"steady_clock", "", clock_readers, take_now},
      {"system_clock", "", clock_readers, take_now},
      {"high_resolution_clock", "", clock_readers, take_now},
      {"gettimeofday", "", {}, take_now},
      {"clock_gettime", "", {}, take_now},
      {"random_device", "", {}, "asks for chance; take ids from IdSource"},
      {"sleep_for", "tests/", {"tests/bench/"}, no_sleep},  // which measures, and tests nothing
      {"sleep_until", "tests/", {}, no_sleep},
      {"usleep", "tests/", {}, no_sleep},
      {"nanosleep", "tests/", {}, no_sleep},
      {"ApiVersion", "", knows_versions, no_version},
      {"api_version", "", knows_versions, no_version},
      {"assistants=v1", "", sets_versions, no_version},
      {"first_version", "", sets_versions, no_version},
      {"FirstVersion", "", sets_versions, no_version},
  };
  return all;
}

std::string without_comment(const std::string& line) {
  return line.substr(0, line.find("//"));
}

Findings banned_words(const SourceFile& file) {
  Findings findings;
  if (file.path == "tests/architecture_test.cc") return findings;  // has to name them
  for (const Ban& ban : bans()) {
    const bool allowed =
        std::ranges::any_of(ban.allowed, [&](auto folder) { return is_under(file.path, folder); });
    if (allowed || !is_under(file.path, ban.within)) continue;
    const std::regex word("\\b" + ban.word + "\\b");
    for (std::size_t i = 0; i < file.lines.size(); ++i)
      if (file.lines[i].find(ban.word) != std::string::npos &&
          std::regex_search(without_comment(file.lines[i]), word))
        findings.push_back(finding(file, i + 1, ban.word + " " + ban.remedy));
  }
  return findings;
}

// ---- Files -------------------------------------------------------------------------------------

constexpr std::size_t most_lines = 500;

Findings unfit_file(const SourceFile& file) {
  Findings findings;
  static const std::regex vague("(^|.*_)(utils?|helpers?|common|manager|misc)(_.*|$)");
  const std::string stem = fs::path(file.path).stem().string();
  if (std::regex_match(stem, vague))
    findings.push_back(finding(file, 1, "'" + stem + "' says nothing; name it by what it is for"));
  if (file.lines.size() > most_lines)
    findings.push_back(finding(file, most_lines + 1,
                               "longer than " + std::to_string(most_lines) +
                                   " lines; find its second responsibility and move it out"));
  if (file.path.ends_with(".h") && (file.lines.size() < 2 || file.lines[0] != "#pragma once" ||
                                    !file.lines[1].starts_with("//")))
    findings.push_back(finding(
        file, 1, "a header starts with #pragma once and then says in a comment what it is for"));
  return findings;
}

// ---- The tree ----------------------------------------------------------------------------------

Findings findings_in(const SourceFile& file) {
  Findings findings;
  for (auto rule : {backward_includes, impure_state_machine, unplaced_quotes, fenced_libraries,
                    banned_words, unfit_file})
    for (std::string& found : rule(file)) findings.push_back(std::move(found));
  return findings;
}

SourceFile source(std::string path, const std::string& text) {
  SourceFile file{std::move(path), {}};
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) file.lines.push_back(line);
  return file;
}

std::vector<SourceFile> source_tree() {
  const fs::path root = ASSISTANTS_MOCK_SOURCE_DIR;
  std::vector<SourceFile> files;
  for (const char* folder : {"state_machine", "scenarios", "mock_server", "tests"}) {
    for (auto entry = fs::recursive_directory_iterator(root / folder);
         entry != fs::recursive_directory_iterator(); ++entry) {
      if (entry->path().filename() == "node_modules") entry.disable_recursion_pending();
      const auto extension = entry->path().extension();
      if (extension != ".h" && extension != ".cc") continue;
      std::ostringstream text;
      text << std::ifstream(entry->path()).rdbuf();
      files.push_back(source(fs::relative(entry->path(), root).string(), text.str()));
    }
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

TEST(Architecture, HoldsInTheWholeTree) {
  const auto files = source_tree();
  ASSERT_GT(files.size(), 40U) << "the source tree was not found";
  for (const SourceFile& file : files)
    for (const std::string& found : findings_in(file)) ADD_FAILURE() << found;
}

// Each rule, shown something that breaks it and something near it that does not.

Findings found(const std::string& path, const std::string& text) {
  return findings_in(source(path, text));
}

TEST(Architecture, RefusesAnIncludeOfAHigherRoom) {
  EXPECT_EQ(found("mock_server/store/store.cc", "\n#include \"mock_server/api/api.h\"\n"),
            Findings{"mock_server/store/store.cc:2: mock_server/store/ must not include "
                     "mock_server/api/api.h; pass in what it needs, or move this code up"});
  EXPECT_EQ(found("mock_server/api/api.cc", "#include \"mock_server/http/sse.h\"\n").size(), 1U);
  EXPECT_EQ(found("mock_server/engine/run_engine.cc", "#include \"mock_server/api/a.h\"\n").size(),
            1U);
  EXPECT_EQ(found("scenarios/playback.cc", "#include \"mock_server/store/store.h\"\n").size(), 1U);
  EXPECT_EQ(found("scenarios/playback.cc", "#include \"assistants_mock/mock_server.h\"\n").size(),
            1U);
}

TEST(Architecture, AllowsAnIncludeOfALowerRoom) {
  EXPECT_EQ(found("mock_server/http/front.cc",
                  "#include \"mock_server/api/request.h\"\n#include <httplib.h>\n"),
            Findings{});
  EXPECT_EQ(found("mock_server/mock_server.cc", "#include \"mock_server/http/http_front.h\"\n"),
            Findings{});
  EXPECT_EQ(found("scenarios/scenario_book.cc", "#include \"assistants_mock/scenario_book.h\"\n"),
            Findings{});
}

TEST(Architecture, RefusesALibraryInTheStateMachine) {
  EXPECT_EQ(
      found("state_machine/run.cc", "#include <vector>\n#include <nlohmann/json.hpp>\n").size(),
      1U);
}

TEST(Architecture, RefusesALibraryBeyondItsFence) {
  EXPECT_EQ(found("mock_server/api/api.cc", "#include <httplib.h>\n"),
            Findings{"mock_server/api/api.cc:1: <httplib.h> may be included only in "
                     "mock_server/http/ tests/"});
  EXPECT_EQ(found("mock_server/api/api.cc", "#include <yaml-cpp/yaml.h>\n").size(), 1U);
  EXPECT_EQ(found("mock_server/engine/run_engine.cc", "#include <random>\n").size(), 1U);
}

TEST(Architecture, RefusesAnInstalledHeaderThatNeedsOneThatIsNot) {
  const std::string path = "mock_server/include/assistants_mock/mock_server.h";
  const std::string opening = "#pragma once\n// A server.\n";
  EXPECT_EQ(found(path, opening + "#include \"mock_server/store/store.h\"\n").size(), 1U);
  EXPECT_EQ(found(path, opening + "#include \"assistants_mock/scenario_book.h\"\n"), Findings{});
}

TEST(Architecture, RefusesAClockOutsideTheTimeDriver) {
  const std::string line = "auto t = std::chrono::steady_clock::now();\n";
  EXPECT_EQ(found("mock_server/engine/run_engine.cc", line).size(), 1U);
  EXPECT_EQ(found("mock_server/engine/time_driver.cc", line), Findings{});
  EXPECT_EQ(found("mock_server/engine/run_engine.cc", "// never steady_clock\n"), Findings{});
}

TEST(Architecture, RefusesASleepInATest) {
  const std::string line = "std::this_thread::sleep_for(1s);\n";
  EXPECT_EQ(found("tests/mock_server/polling_test.cc", line).size(), 1U);
  EXPECT_EQ(found("mock_server/cli/file_watch.cc", line), Findings{});
}

// Nothing below the edge of the server knows a version: not by its type, not by an include, not by
// the words of the header.
TEST(Architecture, RefusesAVersionBelowTheEdge) {
  for (const std::string line :
       {"if (version == ApiVersion::first) return;\n",
        "#include \"mock_server/api/api_version.h\"\n", "const char* old = \"assistants=v1\";\n"}) {
    for (const std::string path :
         {"mock_server/engine/run_engine.cc", "mock_server/store/store.cc",
          "mock_server/search/words.cc", "state_machine/run.cc", "scenarios/playback.cc"})
      EXPECT_NE(found(path, line), Findings{}) << path << ": " << line;
    EXPECT_EQ(found("mock_server/api/wire_json.cc", line), Findings{});
  }
  EXPECT_EQ(found("mock_server/store/resources.h",
                  "#pragma once\n// Plain.\nFirstVersion first_version;\n")
                .size(),
            2U);
  EXPECT_EQ(found("mock_server/cli/main.cc", "FirstVersion first_version;\n"), Findings{});
}

TEST(Architecture, RefusesVagueNamesAndLongFiles) {
  EXPECT_EQ(found("scenarios/yaml_utils.cc", "").size(), 1U);
  EXPECT_EQ(found("scenarios/commonplace.cc", ""), Findings{});
  EXPECT_EQ(found("scenarios/parser.cc", std::string(501, '\n')).size(), 1U);
  EXPECT_EQ(found("scenarios/parser.cc", std::string(500, '\n')), Findings{});
  EXPECT_EQ(found("scenarios/parser.h", "#include <vector>\n").size(), 1U);
}

}  // namespace
}  // namespace assistants_mock::tests
