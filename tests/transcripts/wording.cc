#include "tests/transcripts/wording.h"

#include <array>
#include <iomanip>
#include <regex>
#include <sstream>
#include <string_view>

namespace assistants_mock::tests {
namespace {

const Json& at(const Json& object, const char* key) {
  static const Json nothing;
  const auto found = object.find(key);
  return found == object.end() ? nothing : *found;
}

std::string word(const Json& object, const char* key) {
  return at(object, key).is_string() ? object.at(key).get<std::string>() : "";
}

std::string quoted(const std::string& text) {
  return Json(text).dump();
}

// As it is where that is one line.
std::string bare(const std::string& text) {
  return text.empty() || text.find_first_of("\r\n") != std::string::npos ? quoted(text) : text;
}

std::string seconds_text(long long unix_seconds) {
  return time_text(state_machine::Instant{std::chrono::seconds{unix_seconds}});
}

// ", started +1s, expires +600s": those of an object's dates that are set.
std::string dates_text(const Json& object) {
  constexpr std::array fields{"started_at", "expires_at",    "expired_at",  "cancelled_at",
                              "failed_at",  "incomplete_at", "completed_at"};
  std::string text;
  for (const std::string_view field : fields) {
    const Json& date = at(object, field.data());
    if (!date.is_number()) continue;
    text += ", " + std::string(field.substr(0, field.size() - 3));
    text += " " + seconds_text(date.get<long long>());
  }
  return text;
}

std::string usage_text(const Json& object) {
  const Json& usage = at(object, "usage");
  if (!usage.is_object()) return "";
  return ", usage " + at(usage, "prompt_tokens").dump() + "+" +
         at(usage, "completion_tokens").dump();
}

std::string metadata_text(const Json& object) {
  const Json& metadata = at(object, "metadata");
  return metadata.is_object() && !metadata.empty() ? ", metadata " + metadata.dump() : "";
}

template <class Text>
std::string joined(const Json& list, const char* separator, Text text_of) {
  std::string text;
  for (const Json& item : list) text += (text.empty() ? "" : separator) + text_of(item);
  return text;
}

std::string result_text(const Json& result) {
  std::string text =
      word(result, "file_id") + " " + word(result, "file_name") + " " + at(result, "score").dump();
  for (const Json& content : at(result, "content")) text += " " + quoted(word(content, "text"));
  return text;
}

std::string code_text(const Json& code) {
  std::string text = bare(word(code, "input"));
  if (!at(code, "outputs").empty()) text += " -> " + joined(at(code, "outputs"), ", ", output_text);
  return text;
}

std::string call_text(const Json& call) {
  const std::string name = word(call, "id") + " " + word(call, "type") + " ";
  if (call.contains("code_interpreter")) return name + code_text(call.at("code_interpreter"));
  if (call.contains("file_search")) {
    const Json& results = at(call.at("file_search"), "results");
    return name + "-> " + (results.empty() ? "nothing" : joined(results, ", ", result_text));
  }
  if (call.contains("retrieval")) return name + at(call, "retrieval").dump();
  const Json& function = at(call, "function");
  std::string text =
      word(call, "id") + " " + word(function, "name") + " " + bare(word(function, "arguments"));
  if (at(function, "output").is_string()) text += " -> " + quoted(function.at("output"));
  return text;
}

// " {file_citation file_1, 29-53}" after a text.
std::string annotation_text(const Json& annotation) {
  const std::string type = word(annotation, "type");
  return " {" + type + " " + word(at(annotation, type.c_str()), "file_id") + ", " +
         at(annotation, "start_index").dump() + "-" + at(annotation, "end_index").dump() + "}";
}

std::string part_text(const Json& part) {
  const std::string type = word(part, "type");
  if (type == "text")
    return quoted(word(at(part, "text"), "value")) +
           joined(at(at(part, "text"), "annotations"), "", annotation_text);
  if (type == "refusal") return "refusal " + quoted(word(part, "refusal"));
  const Json& image = at(part, type.c_str());
  const std::string detail = word(image, "detail");
  return type + " " + word(image, "url") + word(image, "file_id") +
         (detail.empty() ? "" : " (" + detail + ")");
}

std::string call_delta_text(const Json& item) {
  const std::string type = word(item, "type");
  const Json& said = at(item, type.c_str());
  std::string text = "[" + at(item, "index").dump() + "] ";
  if (item.contains("id"))
    text += word(item, "id") + " " + (type == "function" ? word(said, "name") : type) + " ";
  if (type == "file_search" || type == "retrieval") return text + said.dump();
  if (type == "function") return text + quoted(word(said, "arguments"));
  if (said.contains("input")) return text + quoted(word(said, "input"));
  return text + joined(at(said, "outputs"), "; ", [](const Json& output) {
           return "[" + at(output, "index").dump() + "] " + output_text(output);
         });
}

std::string part_delta_text(const Json& item) {
  return "[" + at(item, "index").dump() + "] " + part_text(item);
}

std::string data_text(std::string_view name, const Json& data) {
  const Json& delta = at(data, "delta");
  if (name == "error") return word(at(data, "error"), "message");
  if (name == "thread.created") return word(data, "id") + metadata_text(data);
  if (name == "thread.run.step.delta")
    return word(data, "id") + " " +
           joined(at(at(delta, "step_details"), "tool_calls"), "; ", call_delta_text);
  if (name == "thread.message.delta")
    return word(data, "id") + " " + joined(at(delta, "content"), "; ", part_delta_text);
  if (name.starts_with("thread.run.step.")) return step_text(data);
  if (name.starts_with("thread.message.")) return message_text(data);
  return run_text(data);
}

}  // namespace

std::string time_text(state_machine::Instant at) {
  const auto passed = (at - epoch).count();
  std::ostringstream text;
  text << '+' << passed / 1000;
  if (passed % 1000 != 0) text << '.' << std::setw(3) << std::setfill('0') << passed % 1000;
  std::string number = text.str();
  if (passed % 1000 != 0) number.erase(number.find_last_not_of('0') + 1);
  return number + "s";
}

std::string run_text(const Json& run) {
  std::string text = word(run, "id") + " " + word(run, "status") + dates_text(run) +
                     usage_text(run) + metadata_text(run);
  if (at(run, "required_action").is_object())
    text += ": " + calls_text(run.at("required_action").at("submit_tool_outputs").at("tool_calls"));
  if (at(run, "last_error").is_object()) text += ": " + error_text(run.at("last_error"));
  if (at(run, "incomplete_details").is_object())
    text += ": " + word(run.at("incomplete_details"), "reason");
  return text;
}

std::string step_text(const Json& step) {
  const Json& details = at(step, "step_details");
  std::string text = word(step, "id") + " " + word(step, "status") + dates_text(step) +
                     usage_text(step) + ", " + word(step, "type");
  if (details.contains("message_creation"))
    text += " " + word(details.at("message_creation"), "message_id");
  else if (!at(details, "tool_calls").empty())
    text += ": " + calls_text(details.at("tool_calls"));
  if (at(step, "last_error").is_object()) text += ": " + error_text(step.at("last_error"));
  return text;
}

std::string message_text(const Json& message) {
  std::string text = word(message, "id") + " " + word(message, "role");
  if (message.contains("status")) text += " " + word(message, "status");
  if (at(message, "incomplete_details").is_object())
    text += " (" + word(message.at("incomplete_details"), "reason") + ")";
  text += dates_text(message) + metadata_text(message);
  const std::string content = content_text(at(message, "content"));
  return text + (content.empty() ? ", no content" : ": " + content);
}

std::string refusal_text(int status, const Json& body) {
  const Json& error = at(body, "error");
  std::string text = "refused " + std::to_string(status);
  for (const char* key : {"code", "param"})
    if (!word(error, key).empty()) text += std::string(", ") + key + " " + word(error, key);
  return text + ": " + word(error, "message");
}

std::string output_text(const Json& output) {
  if (word(output, "type") == "logs") return "logs " + quoted(word(output, "logs"));
  return "image " + word(at(output, "image"), "file_id");
}

std::string calls_text(const Json& tool_calls) {
  return joined(tool_calls, "; ", call_text);
}

std::string content_text(const Json& content) {
  return joined(content, ", ", part_text);
}

std::string error_text(const Json& error) {
  return word(error, "code") + ": " + word(error, "message");
}

std::string event_text(const StreamEvent& event) {
  constexpr std::size_t longest_name = 27;  // thread.run.step.in_progress
  std::string text = event.name;
  text.resize(std::max(text.size(), longest_name) + 1, ' ');
  const Json data = Json::parse(event.data, nullptr, false);
  return text + (data.is_object() ? data_text(event.name, data) : event.data);
}

std::string with_relative_times(const std::string& json_text) {
  static const std::regex date(R"re((_at": ?)(\d+))re");
  std::string text;
  auto rest = json_text.cbegin();
  for (std::sregex_iterator match(json_text.begin(), json_text.end(), date), none; match != none;
       ++match) {
    text += match->prefix();
    text += match->str(1) + seconds_text(std::stoll(match->str(2)));
    rest = match->suffix().first;
  }
  return text.append(rest, json_text.cend());
}

}  // namespace assistants_mock::tests
