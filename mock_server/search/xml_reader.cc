// The reader of libxml2 would serve, but took 68 seconds for a tag of 80,000 attributes (version
// 2.9.14). Attributes say nothing that is needed here, so this one does not look at them.
#include "mock_server/search/xml_reader.h"

#include <algorithm>

#include "mock_server/search/character_reference.h"
#include "mock_server/search/text_encoding.h"

namespace assistants_mock::mock_server::search {
namespace {

bool is_xml_space(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

std::string_view without_prefix(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

class XmlReader {
 public:
  XmlReader(std::string_view document, XmlReceiver& receiver)
      : rest_(document), receiver_(receiver) {}

  bool read() {
    while (!rest_.empty()) {
      if (!receiver_.wants_more()) return true;
      if (!(rest_[0] == '<' ? read_markup() : read_text())) return false;
    }
    return open_.empty() && has_root_;
  }

 private:
  std::string_view innermost() const { return open_.empty() ? "" : without_prefix(open_.back()); }

  bool read_text() {
    const std::string_view run = rest_.substr(0, rest_.find('<'));
    rest_.remove_prefix(run.size());
    if (open_.empty()) return run.find_first_not_of(" \t\r\n") == std::string_view::npos;
    std::string text;
    for (std::size_t at = 0; at < run.size();) {
      const std::size_t plain = std::min(run.find('&', at), run.size());
      text.append(run, at, plain - at);
      at = plain;
      if (at == run.size()) break;
      const auto reference = xml_reference(run.substr(at));
      if (!reference) return false;
      append_utf8(text, reference->point);
      at += reference->bytes;
    }
    receiver_.text(text, innermost());
    return true;
  }

  bool read_markup() {
    if (rest_.starts_with("<!--")) return drop_through("-->", 4);
    if (rest_.starts_with("<?")) return drop_through("?>", 2);
    if (rest_.starts_with("<![CDATA[")) return read_literal();
    if (rest_.starts_with("<!")) return false;  // a document type, which could define entities
    return rest_.starts_with("</") ? read_end() : read_begin();
  }

  bool drop_through(std::string_view end, std::size_t from) {
    const std::size_t found = rest_.find(end, from);
    if (found == std::string_view::npos) return false;
    rest_.remove_prefix(found + end.size());
    return true;
  }

  bool read_literal() {
    constexpr std::size_t opening = 9;
    const std::size_t end = rest_.find("]]>", opening);
    if (end == std::string_view::npos || open_.empty()) return false;
    receiver_.text(rest_.substr(opening, end - opening), innermost());
    rest_.remove_prefix(end + 3);
    return true;
  }

  std::string_view take_name() {
    std::size_t end = 0;
    while (end < rest_.size() && !is_xml_space(rest_[end]) && rest_[end] != '/' &&
           rest_[end] != '>' && rest_[end] != '<')
      ++end;
    const std::string_view name = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return name;
  }

  bool read_end() {
    rest_.remove_prefix(2);
    const std::string_view name = take_name();
    while (!rest_.empty() && is_xml_space(rest_[0])) rest_.remove_prefix(1);
    if (!rest_.starts_with('>') || open_.empty() || open_.back() != name) return false;
    rest_.remove_prefix(1);
    end_innermost();
    return true;
  }

  void end_innermost() {
    const std::string_view name = innermost();
    open_.pop_back();
    receiver_.element_ends(name, innermost());
  }

  bool read_begin() {
    rest_.remove_prefix(1);
    const std::string_view name = take_name();
    if (name.empty() || open_.size() == most_xml_depth || (open_.empty() && has_root_))
      return false;
    bool is_empty = false;
    if (!drop_attributes(is_empty)) return false;
    has_root_ = true;
    receiver_.element_begins(without_prefix(name), innermost());
    open_.push_back(name);
    if (is_empty) end_innermost();
    return true;
  }

  // Up to and with the end of the tag, which may end the element too.
  bool drop_attributes(bool& is_empty) {
    for (std::size_t at = 0; at < rest_.size(); ++at) {
      const char letter = rest_[at];
      if (letter == '<') return false;
      if (letter == '>') {
        is_empty = at > 0 && rest_[at - 1] == '/';
        rest_.remove_prefix(at + 1);
        return true;
      }
      if (letter != '"' && letter != '\'') continue;
      at = rest_.find(letter, at + 1);
      if (at == std::string_view::npos) return false;
    }
    return false;
  }

  std::string_view rest_;
  XmlReceiver& receiver_;
  std::vector<std::string_view> open_;
  bool has_root_ = false;
};

}  // namespace

bool read_xml(std::string_view document, XmlReceiver& receiver) {
  return XmlReader(document, receiver).read();
}

}  // namespace assistants_mock::mock_server::search
