#include "mock_server/check/story.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "mock_server/check/evidence.h"
#include "scenarios/utf8.h"

namespace assistants_mock::mock_server::check {
namespace {

constexpr std::size_t most_lines = 14;
constexpr std::size_t most_of_body = 2'000;

struct Verb {
  std::string_view operation;
  std::string_view words;  // the run's name follows, where there is one
};
constexpr std::array verbs = {
    Verb{"createAssistant", "creates an assistant"},
    Verb{"createThread", "creates a thread"},
    Verb{"createMessage", "adds a message"},
    Verb{"createRun", "creates"},
    Verb{"createThreadAndRun", "creates a thread and"},
    Verb{"getRun", "polls"},
    Verb{"listRuns", "lists runs"},
    Verb{"listMessages", "lists messages"},
    Verb{"submitToolOuputsToRun", "submits outputs to"},
    Verb{"cancelRun", "cancels"},
    Verb{"deleteThread", "deletes the thread"},
    Verb{"deleteAssistant", "deletes the assistant"},
};

std::string words_of(const Exchange& exchange, const Evidence& evidence) {
  const auto* verb = std::ranges::find(verbs, exchange.operation, &Verb::operation);
  if (verb == verbs.end())
    return exchange.operation.empty() ? exchange.request->method + " " + exchange.request->path
                                      : std::string(exchange.operation);
  const RunOfCase* run = evidence.run(exchange.run_id);
  const bool is_about_run = exchange.operation.ends_with("Run") || !exchange.run_id.empty();
  return std::string(verb->words) + (run != nullptr ? " " + run->name()
                                     : is_about_run ? " a run"
                                                    : "");
}

// What the answer said, as far as it matters to a story.
std::string outcome_of(const Exchange& exchange, std::size_t place, const Evidence& evidence) {
  if (exchange.status() == 0) return "the connection breaks";
  if (exchange.status() >= 400)
    return std::to_string(exchange.status()) + " " + exchange.request->refusal;
  const RunOfCase* run = evidence.run(exchange.run_id);
  std::string told;
  if (run != nullptr)
    for (const Shown& shown : run->shown)
      if (shown.exchange == place) told = shown.status;
  if (exchange.streams) told = "streamed" + (told.empty() ? "" : ", last " + told);
  if (!exchange.request->fault.empty() && exchange.status() != 0)
    told += (told.empty() ? "" : "; ") + exchange.request->fault;
  return told;
}

std::string after_seconds(const ObservedCase& observed, const RecordedRequest& request) {
  const auto passed = request.at - observed.requests.front().at;
  std::string seconds =
      std::to_string(std::chrono::floor<std::chrono::seconds>(passed).count()) + " s";
  return std::string(seconds.size() < 6 ? 6 - seconds.size() : 0, ' ') + seconds + "  ";
}

// One or several requests of the same kind, one after another.
class Chapter {
 public:
  Chapter(std::string when, std::string words) : when_(std::move(when)), words_(std::move(words)) {}

  bool is_about(const std::string& words) const { return words_ == words; }
  void add(const std::string& outcome) {
    ++count_;
    if (outcomes_.empty() || outcomes_.back() != outcome) outcomes_.push_back(outcome);
  }
  std::string line() const {
    constexpr std::size_t most = 6;
    std::string line = when_ + words_;
    if (count_ > 1) line += " " + std::to_string(count_) + " times";
    std::string separator = ": ";
    for (std::size_t place = 0; place < outcomes_.size(); ++place) {
      if (outcomes_[place].empty() || (place >= most - 1 && place + 1 < outcomes_.size())) continue;
      line += separator + outcomes_[place];
      separator = place + 2 == most && outcomes_.size() > most ? ", … " : ", ";
    }
    return line;
  }

 private:
  std::string when_;
  std::string words_;
  std::size_t count_ = 0;
  std::vector<std::string> outcomes_;
};

std::string ending_of(const ClientEnd& end) {
  if (end.how == ClientEnd::How::stopped) return "the client is stopped: " + end.words;
  if (end.how == ClientEnd::How::crashed) return "the client crashes: " + end.words;
  return std::string("the client ends") + (end.success ? " well" : ", and says it failed") +
         (end.words.empty() ? "" : " (" + end.words + ")");
}

std::string cut(const std::string& text) {
  if (text.size() <= most_of_body) return text;
  return std::string(scenarios::beginning_of(text, most_of_body)) + "… (" +
         std::to_string(text.size()) + " bytes)";
}

}  // namespace

std::vector<std::string> story_of(const ObservedCase& observed) {
  const Evidence evidence(observed);
  std::vector<Chapter> chapters;
  for (std::size_t place = 0; place < evidence.exchanges().size(); ++place) {
    const Exchange& exchange = evidence.exchanges()[place];
    const std::string words = words_of(exchange, evidence);
    if (chapters.empty() || !chapters.back().is_about(words))
      chapters.emplace_back(after_seconds(observed, *exchange.request), words);
    chapters.back().add(outcome_of(exchange, place, evidence));
  }
  std::vector<std::string> lines;
  for (std::size_t place = 0; place < chapters.size(); ++place) {
    const bool is_middle = chapters.size() > most_lines && place >= most_lines / 2 &&
                           place + most_lines / 2 < chapters.size();
    if (!is_middle)
      lines.push_back(chapters[place].line());
    else if (place == most_lines / 2)
      lines.push_back("        … " + std::to_string(chapters.size() - most_lines) + " more …");
  }
  lines.push_back("        " + ending_of(observed.end));
  return lines;
}

std::string transcript_of(const ObservedCase& observed) {
  std::ostringstream text;
  for (const RecordedRequest& request : observed.requests) {
    text << "#" << request.number << after_seconds(observed, request) << request.method << ' '
         << request.path << '\n';
    if (!request.body.empty()) text << "> " << cut(request.body) << '\n';
    text << "< " << request.status << (request.refusal.empty() ? "" : " " + request.refusal)
         << (request.fault.empty() ? "" : " [fault: " + request.fault + "]")
         << (request.rule.empty() ? "" : " [" + request.rule + "]") << '\n';
    if (!request.answer.empty()) text << cut(request.answer) << '\n';
    text << '\n';
  }
  text << ending_of(observed.end) << '\n';
  if (!observed.end.output.empty()) text << "\noutput:\n" << cut(observed.end.output) << '\n';
  if (!observed.end.errors.empty()) text << "\nerrors:\n" << cut(observed.end.errors) << '\n';
  return text.str();
}

}  // namespace assistants_mock::mock_server::check
