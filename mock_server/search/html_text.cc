// A tokenizer in one pass. The parser of libxml2 would serve, but takes time in the square of the
// attributes of a tag and of the open elements (version 2.9.14), which one upload could hang a
// server with.
#include "mock_server/search/html_text.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "mock_server/search/character_reference.h"
#include "mock_server/search/letters.h"
#include "mock_server/search/text_encoding.h"

namespace assistants_mock::mock_server::search {
namespace {

bool is_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

std::string lower(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(), [](char letter) { return lower(letter); });
  return small;
}

// Elements that begin and end a line.
constexpr auto blocks = std::to_array<std::string_view>(
    {"address", "article", "aside",  "blockquote", "body",    "br",      "caption",  "center",
     "dd",      "details", "dialog", "div",        "dl",      "dt",      "fieldset", "figcaption",
     "figure",  "footer",  "form",   "h1",         "h2",      "h3",      "h4",       "h5",
     "h6",      "head",    "header", "hr",         "html",    "li",      "main",     "nav",
     "ol",      "option",  "p",      "pre",        "section", "summary", "table",    "tbody",
     "tfoot",   "thead",   "title",  "tr",         "ul"});
static_assert(std::ranges::is_sorted(blocks));

// Elements whose content is no markup, and no text for a reader either.
constexpr auto hidden = std::to_array<std::string_view>(
    {"iframe", "noembed", "noframes", "script", "style", "template"});

bool is_any_of(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// Writes text as a page shows it: white space as one space, and as none at the ends of lines.
class PageText {
 public:
  void letter(char letter) {
    if (preformatted_ && letter == '\n') return line_end();
    if (is_space(letter) && !preformatted_) {
      space_ = true;
      return;
    }
    begin_letter();
    text_ += letter;
  }
  void character(char32_t point) {
    if (point < 0x80) return letter(static_cast<char>(point));
    begin_letter();
    append_utf8(text_, point);
  }
  void line_end() {
    space_ = cell_ = false;
    if (!text_.empty() && (text_.back() != '\n' || preformatted_)) text_ += '\n';
  }
  void cell_end() { cell_ = !text_.empty() && text_.back() != '\n'; }
  void preformatted(bool begins) { preformatted_ = begins; }

  std::string take() && {
    const std::size_t end = text_.find_last_not_of('\n');
    text_.resize(end == std::string::npos ? 0 : end + 1);
    return std::move(text_);
  }

 private:
  void begin_letter() {
    if (cell_)
      text_ += '\t';
    else if (space_ && !text_.empty() && text_.back() != '\n')
      text_ += ' ';
    space_ = cell_ = false;
  }

  std::string text_;
  bool space_ = false;  // white space since the last letter
  bool cell_ = false;   // the end of a cell since then
  bool preformatted_ = false;
};

class PageReader {
 public:
  explicit PageReader(std::string_view page) : rest_(page) {}

  std::string text() && {
    while (!rest_.empty()) {
      if (rest_[0] == '<' && rest_.size() > 1 && read_markup()) continue;
      if (const auto reference = html_reference(rest_)) {
        text_.character(reference->point);
        rest_.remove_prefix(reference->bytes);
        continue;
      }
      text_.letter(rest_[0]);
      rest_.remove_prefix(1);
    }
    return std::move(text_).take();
  }

 private:
  // Drops what comes up to and with `end`, or all that is left.
  void drop_through(std::string_view end, std::size_t from = 0) {
    const std::size_t found = rest_.find(end, from);
    rest_.remove_prefix(found == std::string_view::npos ? rest_.size() : found + end.size());
  }

  // False when the "<" stands for itself.
  bool read_markup() {
    const char next = rest_[1];
    if (rest_.starts_with("<!--"))
      drop_through("-->", 2);  // "<!-->" is a whole comment
    else if (next == '!' || next == '?')
      drop_through(">");
    else if (is_letter(next) || (next == '/' && rest_.size() > 2 && is_letter(rest_[2])))
      read_tag(next == '/');
    else
      return false;
    return true;
  }

  void read_tag(bool closing) {
    rest_.remove_prefix(closing ? 2 : 1);
    std::size_t end = 0;
    while (end < rest_.size() && !is_space(rest_[end]) && rest_[end] != '/' && rest_[end] != '>')
      ++end;
    // No element that matters has a longer name.
    const std::string name = lower(rest_.substr(0, std::min<std::size_t>(end, 16)));
    rest_.remove_prefix(end);
    drop_attributes();
    show_tag(name, closing);
  }

  void drop_attributes() {
    while (!rest_.empty() && rest_[0] != '>') {
      const bool assigns = rest_[0] == '=';
      rest_.remove_prefix(1);
      if (!assigns) continue;
      while (!rest_.empty() && is_space(rest_[0])) rest_.remove_prefix(1);
      if (!rest_.empty() && (rest_[0] == '"' || rest_[0] == '\''))
        drop_through(rest_.substr(0, 1), 1);
    }
    if (!rest_.empty()) rest_.remove_prefix(1);
  }

  void show_tag(std::string_view name, bool closing) {
    if (name == "td" || name == "th") {
      if (closing) text_.cell_end();
    } else if (is_any_of(blocks, name)) {
      if (name == "pre" && closing) text_.preformatted(false);
      text_.line_end();
      if (name == "pre" && !closing) text_.preformatted(true);
    } else if (!closing && is_any_of(hidden, name)) {
      drop_hidden(name);
    }
  }

  // Up to the closing tag, which is read next as any other.
  void drop_hidden(std::string_view name) {
    for (;;) {
      const std::size_t found = rest_.find("</");
      if (found == std::string_view::npos) return rest_.remove_prefix(rest_.size());
      rest_.remove_prefix(found);
      if (lower(rest_.substr(2, name.size())) == name) return;
      rest_.remove_prefix(2);
    }
  }

  std::string_view rest_;
  PageText text_;
};

// What `charset=` says in the first bytes of the page, in lower case.
std::string declared_charset(std::string_view page) {
  const std::string beginning = lower(page.substr(0, 1024));
  constexpr std::string_view word = "charset=";
  const std::size_t found = beginning.find(word);
  if (found == std::string::npos) return {};
  const std::size_t begin = beginning.find_first_not_of("\"' ", found + word.size());
  if (begin == std::string::npos) return {};
  return beginning.substr(begin, beginning.find_first_of("\"'> ;/", begin) - begin);
}

std::optional<std::string> decoded_page(std::string_view content) {
  if (auto text = decoded_text(content)) return text;
  constexpr std::array<std::string_view, 4> western = {"windows-1252", "iso-8859-1", "latin1",
                                                       "us-ascii"};
  const bool has_nul = content.find('\0') != std::string_view::npos;
  if (has_nul || !is_any_of(western, declared_charset(content))) return std::nullopt;
  return decoded_windows_1252(content);
}

}  // namespace

std::optional<std::string> html_text(std::string_view content) {
  const std::optional<std::string> page = decoded_page(content);
  if (!page) return std::nullopt;
  return PageReader(*page).text();
}

}  // namespace assistants_mock::mock_server::search
