#include "tests/docs/citations.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <regex>
#include <set>
#include <string_view>

#include "tests/golden_file.h"

namespace assistants_mock::tests {
namespace {

namespace fs = std::filesystem;

struct Source {
  std::string path;
  std::string text;
};

std::vector<Source> sources() {
  constexpr std::array<std::string_view, 4> endings = {".h", ".cc", ".mjs", ".txt"};
  std::vector<Source> found;
  for (const char* folder : {"state_machine", "scenarios", "mock_server", "tests", "fixtures"}) {
    for (auto entry = fs::recursive_directory_iterator(source_path(folder));
         entry != fs::recursive_directory_iterator(); ++entry) {
      const std::string path = fs::relative(entry->path(), source_path("")).string();
      if (entry->path().filename() == "node_modules") entry.disable_recursion_pending();
      if (std::ranges::find(endings, entry->path().extension()) == endings.end()) continue;
      if (path == "fixtures/clients/checked/mutants.mjs") continue;  // its texts are code
      found.push_back({path, file_text(entry->path())});
    }
  }
  std::ranges::sort(found, {}, &Source::path);
  return found;
}

// Comments of a source, those on neighbouring lines as one; a text file is its lines that begin
// with #.
class Prose {
 public:
  explicit Prose(const Source& source) : text_(source.text) {
    if (source.path.ends_with(".txt"))
      read_text();
    else
      read_code();
  }
  const std::string& comments() const { return comments_; }
  const std::string& literals() const { return literals_; }

 private:
  void read_text() {
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', at), text_.size());
      if (text_[at] == '#') comments_ += text_.substr(at + 1, end - at) + "\n";
      at = end + 1;
    }
  }

  void read_code() {
    while (at_ < text_.size()) {
      const char character = text_[at_];
      if (text_.compare(at_, 2, "//") == 0)
        read_comment();
      else if (text_.compare(at_, 3, "R\"(") == 0)
        read_until(")\"", 3);
      else if (character == '"' || character == '\'')
        read_literal(character);
      else
        pass(character);
    }
  }

  void read_comment() {
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    comments_ += text_.substr(at_ + 2, end - at_ - 2);
    at_ = end + 1;
    code_since_ = false;
  }

  void pass(char character) {
    if (character == '\n' && code_since_) comments_ += '\n';
    if (character != ' ') code_since_ = true;
    ++at_;
  }

  void read_until(std::string_view mark, std::size_t skipped) {
    const std::size_t end = std::min(text_.find(mark, at_ + skipped), text_.size());
    at_ = end + mark.size();
  }

  void read_literal(char quote) {
    const bool separates_digits = quote == '\'' && at_ > 0 && std::isalnum(text_[at_ - 1]) != 0;
    if (separates_digits) return pass(quote);
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n')
      end += text_[end] == '\\' ? 2 : 1;
    if (end < text_.size() && text_[end] == quote)
      literals_ += text_.substr(at_ + 1, end - at_ - 1) + "\n";
    at_ = std::min(end, text_.size()) + 1;
    code_since_ = true;
  }

  const std::string& text_;
  std::size_t at_ = 0;
  bool code_since_ = false;
  std::string comments_;
  std::string literals_;
};

bool is_word_letter(char character) {
  return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_' ||
         character == '.' || character == '-';
}

// Words with the character that follows each.
struct Word {
  std::string_view text;
  char before = ' ';
  char after = ' ';
};

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word_letter(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_word_letter(text[end])) ++end;
    std::string_view word = text.substr(at, end - at);
    while (word.ends_with('.') || word.ends_with('-')) word.remove_suffix(1);
    words.push_back({word, at == 0 ? ' ' : text[at - 1], end == text.size() ? ' ' : text[end]});
    at = end;
  }
  return words;
}

bool is_numbered_row(std::string_view word) {  // T12, S1, M3
  if (word.size() < 2 || word.size() > 3 || std::string_view("TSM").find(word[0]) == word.npos)
    return false;
  return word.find_first_not_of("0123456789", 1) == word.npos;
}

bool is_named_row(const Word& word) {  // lock.run
  // A value that texts of scenarios take, and an event that does not exist.
  constexpr std::array<std::string_view, 2> no_rows = {"run.id", "run.started"};
  constexpr std::array<std::string_view, 17> kinds = {
      "auth", "beta", "route",  "body", "nf",   "model", "id", "lock",  "run",
      "v",    "hdr",  "submit", "srv",  "mock", "ours",  "rl", "cancel"};
  constexpr std::array<std::string_view, 8> file_endings = {"h",    "cc",   "mjs", "md",
                                                            "json", "yaml", "txt", "js"};
  const std::size_t dot = word.text.find('.');
  if (dot == word.text.npos || word.before == '/' || word.after == '(' || word.after == '/' ||
      word.after == '=')
    return false;
  const std::string_view rest = word.text.substr(dot + 1);
  const std::string_view ending = word.text.substr(word.text.rfind('.') + 1);
  return std::ranges::find(kinds, word.text.substr(0, dot)) != kinds.end() && !rest.empty() &&
         rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz.-0123456789") == rest.npos &&
         std::ranges::find(file_endings, ending) == file_endings.end() &&
         std::ranges::find(no_rows, word.text) == no_rows.end();
}

bool is_letter(std::string_view word) {
  return word.size() == 1 && word[0] >= 'A' && word[0] <= 'M';
}

void add_rows(std::string_view text, std::set<std::string>& rows) {
  bool of_streams = false;  // "row J", "rows C, D and F"
  for (const Word& word : words_of(text)) {
    if (is_numbered_row(word.text) || is_named_row(word)) rows.emplace(word.text);
    if (of_streams && is_letter(word.text)) rows.insert("row " + std::string(word.text));
    of_streams = word.text == "row" || word.text == "rows" ||
                 (of_streams && (is_letter(word.text) || word.text == "and" || word.text == "to"));
  }
}

// What a comment says around the name of a page: 'docs/wire/x.md, "Heading"', 'section "Heading" of
// docs/wire/x.md', 'docs/wire/x.md, section 1.4'.
void add_sections(const std::string& comments, std::set<std::string>& sections) {
  static const std::regex behind(
      R"(^(docs/[\w/-]+\.md)[,)]*\s+(?:"([^"]+)\"|section (\d[.\d]*\d|\d)))");
  static const std::regex before(R"re("([^"]+)" of $)re");
  constexpr std::size_t window = 160;
  for (std::size_t at = 0; (at = comments.find("docs/", at)) != std::string::npos; at += 5) {
    std::smatch match;
    const std::string rest = comments.substr(at, window);
    if (std::regex_search(rest, match, behind))
      sections.insert(match[1].str() + "#" + match[2].str() + match[3].str());
    const std::size_t begin = at < window ? 0 : at - window;
    const std::string lead = comments.substr(begin, at - begin);
    const std::string page = rest.substr(0, rest.find(".md") + 3);
    if (std::regex_search(lead, match, before)) sections.insert(page + "#" + match[1].str());
  }
}

// Comments that go on in the next line are one text, with one space between words.
std::string in_one_line(const std::string& text) {
  std::string line;
  for (const char character : text)
    if (character != ' ' || !line.ends_with(' ')) line += character;
  return line;
}

template <class Add>
std::vector<Citation> citations(Add add) {
  std::vector<Citation> found;
  for (const Source& source : sources()) {
    if (source.path.starts_with("tests/docs/")) continue;  // speaks of citations in general
    std::set<std::string> here;
    add(Prose(source), here);
    for (const std::string& what : here) found.push_back({source.path, what});
  }
  return found;
}

}  // namespace

std::vector<Citation> cited_rows() {
  return citations([](const Prose& prose, std::set<std::string>& rows) {
    add_rows(prose.comments(), rows);
    add_rows(prose.literals(), rows);
  });
}

std::vector<Citation> cited_sections() {
  return citations([](const Prose& prose, std::set<std::string>& sections) {
    add_sections(in_one_line(prose.comments()), sections);
  });
}

std::vector<Citation> cited_pages() {
  return citations([](const Prose& prose, std::set<std::string>& pages) {
    for (const Word& word : words_of(prose.comments()))
      if (word.text.ends_with(".md")) pages.emplace(word.text);
  });
}

std::vector<std::string> defined_tests() {
  static const std::regex form(R"((?:TEST|TEST_P|TEST_F|RC_GTEST_PROP)\((\w+), (\w+))");
  std::vector<std::string> tests;
  for (const Source& source : sources()) {
    if (!source.path.ends_with("_test.cc")) continue;
    for (std::sregex_iterator match(source.text.begin(), source.text.end(), form), end;
         match != end; ++match)
      tests.push_back((*match)[1].str() + "." + (*match)[2].str());
  }
  return tests;
}

}  // namespace assistants_mock::tests
