#include "tests/model/transcript_line.h"

#include <algorithm>
#include <array>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace assistants_mock::tests::model {
namespace {

constexpr std::array<std::string_view, 4> of_headers = {"", " (no key)", " (no beta header)",
                                                        " (beta header of v1)"};
const std::string of_time = "time passes: ";

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> pieces;
  std::istringstream from(text);
  for (std::string piece; std::getline(from, piece, separator);) pieces.push_back(piece);
  return pieces;
}

// Whether a path is one of the operation's; then its ids are taken.
bool take_path(const Operation& operation, const std::string& path, std::vector<Id>& ids) {
  const std::vector<std::string> wanted = split(std::string(operation.path), '/');
  const std::vector<std::string> given = split(path, '/');
  ids.clear();
  if (wanted.size() != given.size()) return false;
  for (std::size_t place = 0; place < wanted.size(); ++place)
    if (wanted[place].starts_with('{'))
      ids.push_back(given[place]);
    else if (wanted[place] != given[place])
      return false;
  return true;
}

void take_target(Asked& asked, const std::string& method, const std::string& target) {
  const std::size_t end = target.find('?');
  // createThreadAndRun's path fits one with an id too: it is the one without.
  for (const bool with_ids : {false, true})
    for (const Operation& operation : all_operations())
      if (asked.operation == nullptr && operation.method == method &&
          take_path(operation, target.substr(0, end), asked.ids) && asked.ids.empty() != with_ids)
        asked.operation = &operation;
  if (asked.operation == nullptr) throw std::invalid_argument("no operation: " + target);
  take_path(*asked.operation, target.substr(0, end), asked.ids);
  if (end == target.npos) return;
  for (const std::string& pair : split(target.substr(end + 1), '&'))
    asked.query.emplace_back(pair.substr(0, pair.find('=')), pair.substr(pair.find('=') + 1));
}

void take_form(Asked& asked, const std::string& text) {
  static const std::regex part(R"re(([^ =]+)=("[^"]*")(?::("[^"]*"))?)re");
  for (std::sregex_iterator at(text.begin(), text.end(), part), end; at != end; ++at) {
    const std::string first = Json::parse((*at)[2].str());
    if ((*at)[3].matched)
      asked.form.push_back({(*at)[1], Json::parse((*at)[3].str()), first});
    else
      asked.form.push_back({(*at)[1], first});
  }
}

Asked asked_for(const std::string& line) {
  Asked asked;
  const std::size_t method = line.find(' ');
  const std::size_t target = std::min(line.find(' ', method + 1), line.size());
  take_target(asked, line.substr(0, method), line.substr(method + 1, target - method - 1));
  std::string rest = line.substr(target);
  for (std::size_t kind = 1; kind < of_headers.size(); ++kind)
    if (rest.starts_with(of_headers[kind])) {
      asked.headers = static_cast<HeadersKind>(kind);
      rest = rest.substr(of_headers[kind].size());
    }
  if (asked.operation->form)
    take_form(asked, rest);
  else if (rest == " {")
    asked.broken_json = true;
  else if (!rest.empty())
    asked.body = Json::parse(rest);
  return asked;
}

}  // namespace

std::string target_of(const Asked& asked) {
  std::string target;
  std::size_t place = 0;
  std::string_view rest = asked.operation->path;
  for (auto at = rest.find('{'); at != rest.npos; at = rest.find('{')) {
    target.append(rest.substr(0, at)).append(asked.ids.at(place++));
    rest.remove_prefix(rest.find('}') + 1);
  }
  target.append(rest);
  char separator = '?';
  for (const auto& [name, value] : asked.query) {
    target.append(1, separator).append(name).append("=").append(value);
    separator = '&';
  }
  return target;
}

std::string told(const Asked& asked) {
  if (asked.by != 0)
    return of_time + std::to_string(asked.by / second) + (asked.by % second == 0 ? " s" : ".5 s");
  std::string text = std::string(asked.operation->method) + " " + target_of(asked);
  text += of_headers[static_cast<std::size_t>(asked.headers)];
  if (asked.broken_json) return text + " {";
  for (const FormPart& part : asked.form) {
    text += " " + part.name + "=";
    if (!part.filename.empty()) text += Json(part.filename).dump() + ":";
    text += Json(part.value).dump();
  }
  return asked.body.is_null() ? text : text + " " + asked.body.dump();
}

std::optional<Asked> asked_by(const std::string& line) {
  static const std::regex name(
      R"(\b(asst|thread|msg|run|step|call|file|upload|part|vs|vsfb)_([0-9]+)\b)");
  if (line.empty() || line.starts_with(' ') || line.starts_with('#') ||
      line.starts_with("the model"))
    return std::nullopt;
  if (!line.starts_with(of_time)) return asked_for(std::regex_replace(line, name, "@$1_$2"));
  const double seconds = std::stod(line.substr(of_time.size()));
  return Asked{.operation = &operation_named("(time)"),
               .by = static_cast<Time>(seconds * static_cast<double>(second))};
}

}  // namespace assistants_mock::tests::model
