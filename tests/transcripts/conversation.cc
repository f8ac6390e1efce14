// The vocabulary, one handler each. Indented lines below a request are a JSON object that is laid
// over the request's body.
#include "tests/transcripts/conversation.h"

#include <algorithm>
#include <regex>
#include <stdexcept>
#include <string_view>

#include "assistants_mock/scenario_book.h"
#include "scenarios/duration_text.h"
#include "tests/transcripts/request_words.h"

namespace assistants_mock::tests {
namespace {

using mock_server::api::ApiVersion;
using mock_server::api::Pace;

StreamOf request_of(const std::string& path) {
  if (path.ends_with("/submit_tool_outputs")) return StreamOf::submitted_outputs;
  return path == "/threads/runs" ? StreamOf::created_thread_and_run : StreamOf::created_run;
}

std::string thread_of(const mock_server::engine::EventLog& log) {
  using mock_server::store::Run;
  for (std::size_t place = 0; place < log.size(); ++place)
    if (const auto* run = std::get_if<std::shared_ptr<const Run>>(&log[place].data))
      return (*run)->thread_id;
  return "";
}

// "7 times:" before what was the same seven times in a row.
std::string counted(const std::vector<std::string>& outcomes) {
  std::string text;
  for (auto from = outcomes.begin(); from != outcomes.end();) {
    const auto to = std::find_if(from, outcomes.end(), [&](const auto& it) { return it != *from; });
    text += to - from == 1 ? "once:\n" : std::to_string(to - from) + " times:\n";
    text += *from;
    from = to;
  }
  return text;
}

}  // namespace

struct Conversation::Verb {
  std::string_view word;
  std::string (Conversation::*act)(const Command&);
};

const std::vector<Conversation::Verb>& Conversation::verbs() {
  static const std::vector<Verb> all{
      {"scenario", &Conversation::scenario},  // scenario NAME; scenario inline, and YAML below
      {"time", &Conversation::time},          // time manual|stepped|immediate; manual at first
      {"profile", &Conversation::profile},    // profile schema|recorded; schema at first
      {"version", &Conversation::version},    // version 1|2 of the API, from here on; 2 at first
      {"use", &Conversation::use},            // use thread_1: for the commands that follow

      {"assistant", &Conversation::assistant},  // assistant tools=f,g instructions=…
      {"thread", &Conversation::thread},
      {"say", &Conversation::say},  // say TEXT: a message of the user
      {"run", &Conversation::run},  // run [stream] additional_instructions=…
      {"create-and-run", &Conversation::create_and_run},  // create-and-run [stream] TEXT
      {"poll", &Conversation::poll},
      {"submit", &Conversation::submit},  // submit [stream] call_1=12 C call_2=…
      {"cancel", &Conversation::cancel},
      {"messages", &Conversation::messages},
      {"steps", &Conversation::steps},
      {"get", &Conversation::get},    // get PATH: the whole answer
      {"post", &Conversation::post},  // post PATH, and JSON below
      {"delete", &Conversation::erase},

      {"advance", &Conversation::advance},  // advance 1s: time passes
      {"read", &Conversation::read},        // what the newest stream, or that of a run, has by now
      {"bytes", &Conversation::bytes},      // the same, as it came
      {"close", &Conversation::close},      // the client hangs up its newest stream
      {"repeat", &Conversation::repeat},    // repeat 3 COMMAND
  };
  return all;
}

std::string Conversation::play(const Command& command) {
  std::string line = command.line;
  const std::string word = take_word(line);
  const auto verb = std::ranges::find(verbs(), word, &Verb::word);
  if (verb == verbs().end()) throw std::invalid_argument("no such command: " + command.line);
  const Command meant{aliases_.meant(command.line), aliases_.meant(command.body)};
  const std::string answer = aliases_.shown((this->*verb->act)(meant));
  return answer + aliases_.shown(news());
}

std::vector<std::string> Conversation::broken() const {
  std::vector<std::string> all = misfits_;
  for (const WatchedRun& run : runs_)
    for (const std::string& found : run.broken()) all.push_back(found);
  for (const ReadStream& stream : streams_)
    for (const std::string& found : stream.checker.broken()) all.push_back("as read: " + found);
  Aliases aliases = aliases_;
  for (std::string& found : all) found = aliases.shown(found);
  return all;
}

WatchedRun::Moves Conversation::moves() const {
  WatchedRun::Moves all;
  for (const WatchedRun& run : runs_) all.insert(run.moves().begin(), run.moves().end());
  return all;
}

// Setting the scene

std::string Conversation::scenario(const Command& command) {
  const std::string name = arguments(command);
  scenario_ = (name == "inline" ? scenarios::ScenarioBook::parse(command.body, "inline")
                                : scenarios::ScenarioBook::load(name))
                  .shared();
  if (api_) api_->play(scenarios::RuleMatcher(scenario_));
  return "";
}

std::string Conversation::time(const Command& command) {
  const std::string mode = arguments(command);
  if (api_ || (mode != "manual" && mode != "stepped" && mode != "immediate"))
    throw std::invalid_argument("time is manual, stepped or immediate from the start: " + mode);
  if (mode == "stepped") options_.pace = Pace::stepped;
  if (mode == "immediate") options_.pace = Pace::immediate;
  return "";
}

std::string Conversation::profile(const Command& command) {
  const std::string name = arguments(command);
  if (api_ || (name != "schema" && name != "recorded"))
    throw std::invalid_argument("the profile is schema or recorded from the start: " + name);
  options_.world.profile =
      name == "schema" ? mock_server::WireProfile::schema : mock_server::WireProfile::recorded;
  return "";
}

std::string Conversation::version(const Command& command) {
  const std::string number = arguments(command);
  if (number != "1" && number != "2") throw std::invalid_argument("the version is 1 or 2");
  version_ = number == "1" ? ApiVersion::first : ApiVersion::second;
  return "";
}

std::string Conversation::use(const Command& command) {
  const std::string id = arguments(command);
  if (id.starts_with("asst_"))
    assistant_ = id;
  else if (id.starts_with("run_"))
    run_ = id;
  else
    thread_ = id;
  return "";
}

// Requests

std::string Conversation::assistant(const Command& command) {
  Json body{{"model", "gpt-4o"}};
  for (const auto& [key, value] : fields_of(arguments(command)))
    body[key] = key == "tools" ? function_tools(value) : Json(value);
  const Answer answer = ask("POST", "/assistants", laid_over(body, command));
  if (answer.status != 200) return answer.text;
  assistant_ = answer.body.at("id");
  return assistant_ + "\n";
}

std::string Conversation::thread(const Command& command) {
  const Answer answer = ask("POST", "/threads", laid_over(Json::object(), command));
  if (answer.status != 200) return answer.text;
  thread_ = answer.body.at("id");
  return thread_ + "\n";
}

std::string Conversation::say(const Command& command) {
  const Json body{{"role", "user"}, {"content", arguments(command)}};
  const Answer answer = ask("POST", "/threads/" + thread_ + "/messages", laid_over(body, command));
  return answer.status == 200 ? message_text(answer.body) + "\n" : answer.text;
}

std::string Conversation::run(const Command& command) {
  std::string rest = arguments(command);
  Json body{{"assistant_id", assistant_}};
  if (take_word_if(rest, "stream")) body["stream"] = true;
  for (const auto& [key, value] : fields_of(rest)) body[key] = value;
  return ask("POST", "/threads/" + thread_ + "/runs", laid_over(body, command)).text;
}

std::string Conversation::create_and_run(const Command& command) {
  std::string rest = arguments(command);
  Json body{{"assistant_id", assistant_}};
  if (take_word_if(rest, "stream")) body["stream"] = true;
  if (!rest.empty())
    body["thread"]["messages"] = Json::array({{{"role", "user"}, {"content", rest}}});
  return ask("POST", "/threads/runs", laid_over(body, command)).text;
}

std::string Conversation::poll(const Command&) {
  return ask("GET", "/threads/" + thread_ + "/runs/" + run_).text;
}

std::string Conversation::submit(const Command& command) {
  std::string rest = arguments(command);
  Json body = Json::object();
  if (take_word_if(rest, "stream")) body["stream"] = true;
  Json& outputs = body["tool_outputs"] = Json::array();
  while (!rest.empty()) {
    // A call's output reaches to the next call.
    const std::size_t end = std::min(rest.find(" call_", 1), rest.size());
    const std::string output = rest.substr(0, end);
    const std::size_t mark = std::min(output.find('='), output.size());
    outputs.push_back({{"tool_call_id", output.substr(0, mark)}});
    if (mark < output.size()) outputs.back()["output"] = output.substr(mark + 1);
    rest.erase(0, std::min(end + 1, rest.size()));
  }
  return ask("POST", "/threads/" + thread_ + "/runs/" + run_ + "/submit_tool_outputs",
             laid_over(body, command))
      .text;
}

std::string Conversation::cancel(const Command&) {
  return ask("POST", "/threads/" + thread_ + "/runs/" + run_ + "/cancel").text;
}

std::string Conversation::messages(const Command&) {
  return list_of(ask("GET", "/threads/" + thread_ + "/messages?order=asc&limit=100"), message_text);
}

std::string Conversation::steps(const Command&) {
  return list_of(ask("GET", "/threads/" + thread_ + "/runs/" + run_ + "/steps?order=asc&limit=100"),
                 step_text);
}

std::string Conversation::get(const Command& command) {
  return raw(ask("GET", arguments(command)));
}

std::string Conversation::post(const Command& command) {
  return raw(ask("POST", arguments(command), command.body));
}

std::string Conversation::erase(const Command& command) {
  return raw(ask("DELETE", arguments(command)));
}

// Everything else

std::string Conversation::advance(const Command& command) {
  const auto length = scenarios::parse_duration(arguments(command));
  const auto* by = std::get_if<state_machine::Duration>(&length);
  if (by == nullptr) throw std::invalid_argument(std::get<std::string>(length));
  if (options_.pace != Pace::given) throw std::invalid_argument("only manual time is advanced");
  api().advance_to(api().now() + *by);
  return "";
}

std::string Conversation::read(const Command& command) {
  return read_stream(arguments(command), [](const std::string& bytes) {
    std::string text;
    for (const StreamEvent& event : stream_events(bytes)) text += event_text(event) + "\n";
    return text;
  });
}

std::string Conversation::bytes(const Command& command) {
  return read_stream(arguments(command), [](const std::string& bytes) {
    // An empty line would end the block.
    return std::regex_replace(with_relative_times(bytes), std::regex("\n\n"), "\n");
  });
}

std::string Conversation::read_stream(const std::string& run_id,
                                      std::string (*shown)(const std::string& bytes)) {
  const auto stream = std::ranges::find_if(
      streams_.rbegin(), streams_.rend(),
      [&](const ReadStream& each) { return run_id.empty() || each.run_id == run_id; });
  if (stream == streams_.rend()) throw std::invalid_argument("there is no stream to read");
  if (!stream->events) return "(the stream has ended)\n";
  std::string bytes;
  const auto state = stream->events->read(bytes, {});
  for (const StreamEvent& event : stream_events(bytes)) {
    stream->checker.see(event);
    events_read_.insert(event.name);
  }
  stream->bytes += bytes;
  if (state == mock_server::api::EventStream::State::open)
    return bytes.empty() ? "(nothing yet)\n" : shown(bytes) + "(the stream stays open)\n";
  stream->events.reset();
  stream->checker.end();
  // Error events are wrapped, unlike those of the schema (docs/wire/streaming.md, M).
  if (stream->bytes.find("event: error\n") == std::string::npos)
    record("POST", stream->path, 200, "text/event-stream", stream->bytes);
  return shown(bytes) + "(the stream ends)\n";
}

std::string Conversation::close(const Command&) {
  if (streams_.empty()) throw std::invalid_argument("there is no stream to close");
  streams_.back().events.reset();
  return "";
}

std::string Conversation::repeat(const Command& command) {
  std::string rest = arguments(command);
  std::vector<std::string> outcomes(std::stoul(take_word(rest)));
  for (std::string& outcome : outcomes) outcome = play({rest, command.body});
  return counted(outcomes);
}

// The client

Conversation::Api& Conversation::api() {
  if (!api_) {
    if (!scenario_) scenario_ = scenarios::ScenarioBook().shared();
    api_.emplace(options_, scenario_);
  }
  return *api_;
}

Conversation::Answer Conversation::ask(const std::string& method, const std::string& path,
                                       const std::string& body) {
  auto handled = api().handle({.method = method,
                               .target = "/v1" + path,
                               .headers = request_headers(!body.empty(), version_),
                               .body = replayed_ ? in_first_version(body) : body});
  const std::string type(mock_server::api::header(handled.response.headers, "Content-Type"));
  if (type != (handled.stream ? "text/event-stream; charset=utf-8" : "application/json"))
    misfits_.push_back(method + " " + path + " is answered as " + type);
  Answer answer{handled.response.status, std::move(handled.response.body)};
  if (handled.stream) {
    run_ = handled.stream->run_id();
    thread_ = thread_of(*api().events(run_));
    streams_.push_back({run_, std::move(handled.stream), StreamChecker(request_of(path)), path});
    answer.text = "answered by a stream\n";
  } else {
    record(method, path, answer.status, type, answer.bytes);
    answer.body = Json::parse(answer.bytes);
    if ((answer.status == 200) != handled.refusal.empty() ||
        (answer.status == 200) == answer.body.contains("error"))
      misfits_.push_back(method + " " + path + " is neither granted nor refused: " + answer.bytes);
  }
  if (answer.status != 200) answer.text = refusal_text(answer.status, answer.body) + "\n";
  if (!answer.body.is_null() && answer.body.value("object", "") == "thread.run") {
    run_ = answer.body.at("id");
    thread_ = answer.body.at("thread_id");
    answer.text = run_text(answer.body) + "\n";
  }
  if (!run_.empty()) watch(run_);
  return answer;
}

// Shapes of the other profile and of the first version differ from the published schema on purpose.
void Conversation::record(const std::string& method, const std::string& path, int status,
                          std::string_view content_type, std::string_view bytes) {
  if (options_.world.profile == mock_server::WireProfile::schema && version_ == ApiVersion::second)
    exchanges_.record(method, "/v1" + path, status, content_type, bytes);
}

void Conversation::watch(const std::string& run_id) {
  auto log = api().events(run_id);
  if (!log || std::ranges::find(runs_, run_id, &WatchedRun::id) != runs_.end()) return;
  runs_.emplace_back(run_id, std::move(log), options_.world.profile);
}

std::string Conversation::raw(const Answer& answer) {
  if (answer.body.is_null()) return answer.text;
  return std::to_string(answer.status) + "\n" + with_relative_times(answer.bytes) + "\n";
}

std::string Conversation::list_of(const Answer& answer, std::string (*text_of)(const Json&)) {
  if (answer.status != 200) return answer.text;
  std::string text;
  for (const Json& item : answer.body.at("data")) text += text_of(item) + "\n";
  return text.empty() ? "none\n" : text;
}

// What happened in every run since the last command, in the order of time.
std::string Conversation::news() {
  std::vector<TimedLine> lines;
  for (WatchedRun& run : runs_) std::ranges::move(run.news(), std::back_inserter(lines));
  std::ranges::stable_sort(lines, {}, &TimedLine::at);
  std::string text;
  for (const TimedLine& line : lines) text += time_text(line.at) + " " + line.text + "\n";
  return text;
}

}  // namespace assistants_mock::tests
