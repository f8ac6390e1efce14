// What the client says in the end, beside what became of its runs.
#include <algorithm>
#include <cctype>
#include <map>
#include <utility>

#include "mock_server/check/rules.h"
#include "scenarios/scenario.h"
#include "scenarios/utf8.h"

namespace assistants_mock::mock_server::check {
namespace {

bool says_success(const Evidence& evidence) {
  return evidence.end().how == ClientEnd::How::ended && evidence.end().success;
}

bool was_cancelled_by_client(const Evidence& evidence, const RunOfCase& run) {
  return evidence.asked("cancelRun", run);
}

// The last run of a thread that ended so.
const RunOfCase* last_run_that_is(const Evidence& evidence,
                                  std::initializer_list<std::string_view> statuses) {
  for (const RunOfCase* run : evidence.last_runs())
    if (std::ranges::find(statuses, run->status) != statuses.end()) return run;
  return nullptr;
}

bool lists_lag(const Evidence& evidence) {
  return evidence.observed().scenario.scenario().messages_lag.count() > 0;
}

bool shown(const RunOfCase& run) {
  return std::ranges::all_of(run.messages, &MessageOfRun::shown);
}

bool has_text(const RunOfCase& run) {
  return std::ranges::any_of(run.messages,
                             [](const MessageOfRun& message) { return !message.texts.empty(); });
}

// However the client broke its lines.
std::string without_spaces(std::string_view text) {
  std::string dense;
  for (const char letter : text)
    if (std::isspace(static_cast<unsigned char>(letter)) == 0) dense += letter;
  return dense;
}

// As JSON and HTML write it, and as it is.
std::vector<std::string> spellings(const std::string& text) {
  std::vector<std::string> all = {text};
  for (const bool ascii : {false, true}) {
    const std::string quoted = Json(text).dump(-1, ' ', ascii, Json::error_handler_t::replace);
    all.push_back(quoted.substr(1, quoted.size() - 2));
  }
  std::string html;
  for (std::size_t at = 0, bytes = 0; at < text.size(); at += bytes) {
    bytes = scenarios::step_bytes(text, at);
    const std::string letter = text.substr(at, bytes);
    const bool is_plain =
        bytes == 1 && std::string_view("&<>\"'").find(letter) == std::string::npos;
    html += is_plain ? letter
                     : "&#" +
                           std::to_string(
                               static_cast<std::uint32_t>(scenarios::code_point(text, at, bytes))) +
                           ";";
  }
  all.push_back(std::move(html));
  return all;
}

bool shows(const std::string& dense_output, const std::string& text) {
  return std::ranges::any_of(spellings(text), [&](const std::string& spelling) {
    return dense_output.find(without_spaces(spelling)) != std::string::npos;
  });
}

// Of what reached the client; what did not is another rule's.
template <class Told>
void each_text(const RunOfCase& run, Told told) {
  for (const MessageOfRun& message : run.messages)
    if (message.shown)
      for (const std::string& text : message.texts) told(text);
}

std::string quoted(std::string text) {
  constexpr std::size_t most = 40;
  if (text.size() > most) text = std::string(scenarios::beginning_of(text, most)) + "…";
  return "\"" + text + "\"";
}

}  // namespace

Judgement false_success(const Evidence& evidence, std::size_t) {
  const RunOfCase* failed = last_run_that_is(evidence, {"failed", "expired"});
  Judgement judgement{.tested = failed != nullptr};
  if (failed == nullptr || !says_success(evidence)) return judgement;
  judgement.broken = failed->name() + " ended as " + failed->status + ", and the client said " +
                     "that all went well";
  return judgement;
}

Judgement incomplete_as_whole(const Evidence& evidence, std::size_t) {
  const RunOfCase* cut = last_run_that_is(evidence, {"incomplete"});
  Judgement judgement{.tested = cut != nullptr};
  if (cut == nullptr || !says_success(evidence)) return judgement;
  judgement.broken = cut->name() + " ended as incomplete, and the client said that all went well";
  return judgement;
}

// Nothing went wrong: no request failed, and every run that there was came to a reply, which no
// list withheld. Who cancels may call it a failure that there is a reply all the same.
Judgement false_failure(const Evidence& evidence, std::size_t) {
  Judgement judgement;
  const auto& exchanges = evidence.exchanges();
  const bool undisturbed = std::ranges::none_of(exchanges, [](const Exchange& exchange) {
    return exchange.is_faulty() || !exchange.request->refusal.empty();
  });
  const auto created = std::ranges::count_if(exchanges, [](const Exchange& exchange) {
    return exchange.granted() &&
           (exchange.operation == "createRun" || exchange.operation == "createThreadAndRun");
  });
  const bool replied = std::cmp_equal(created, evidence.runs().size()) &&
                       std::ranges::all_of(evidence.runs(), [&](const RunOfCase& run) {
                         return run.status == "completed" && has_text(run) &&
                                (!lists_lag(evidence) || shown(run)) &&
                                !was_cancelled_by_client(evidence, run);
                       });
  judgement.tested = undisturbed && replied && !exchanges.empty();
  if (!judgement.tested || says_success(evidence)) return judgement;
  if (evidence.end().how != ClientEnd::How::ended) return judgement;
  judgement.broken = (evidence.runs().empty() ? "no request failed and no run was created, "
                                              : "every run was completed and no request failed, ") +
                     std::string("and the client ended with ") +
                     (evidence.end().words.empty() ? "a failure" : evidence.end().words);
  return judgement;
}

Judgement unseen_end(const Evidence& evidence, std::size_t) {
  Judgement judgement;
  for (const RunOfCase* run : evidence.last_runs()) {
    judgement.tested = true;
    const bool saw_messages = !run->messages.empty() && shown(*run);
    if (!says_success(evidence) || Evidence::shown_end(*run, false) || saw_messages ||
        was_cancelled_by_client(evidence, *run))
      continue;
    judgement.broken =
        "the client said that all went well, and no answer had shown it the end of " + run->name();
    return judgement;
  }
  return judgement;
}

// Where lists lag nobody can tell whether more is to come of what they show: one message will do.
Judgement unread_reply(const Evidence& evidence, std::size_t) {
  Judgement judgement;
  for (const RunOfCase& run : evidence.runs()) {
    if (run.status != "completed" || run.messages.empty() || !run.known) continue;
    if (was_cancelled_by_client(evidence, run)) continue;  // it wanted none any more
    judgement.tested = true;
    const auto unread = std::ranges::count_if(
        run.messages, [](const MessageOfRun& message) { return !message.shown; });
    if (unread == 0 || !says_success(evidence)) continue;
    if (lists_lag(evidence) && std::cmp_less(unread, run.messages.size())) continue;
    judgement.broken = std::to_string(unread) + " of " + std::to_string(run.messages.size()) +
                       " messages of " + run.name() + " never reached the client" +
                       (run.messages.size() > 20 ? ": a list shows 20 unless asked for more" : "");
    return judgement;
  }
  return judgement;
}

namespace {

// The messages of a run that the client shows, all of them, with the newest first.
bool shows_newest_first(const std::string& dense_output, const RunOfCase& run) {
  std::size_t before = std::string::npos;
  for (const MessageOfRun& message : run.messages) {
    if (message.texts.empty()) return false;
    const std::size_t at = dense_output.find(without_spaces(message.texts.front()));
    if (at == std::string::npos || at >= before) return false;
    before = at;
  }
  return run.messages.size() > 1;
}

}  // namespace

Judgement wrong_reply(const Evidence& evidence, std::size_t) {
  Judgement judgement;
  const std::string output = without_spaces(evidence.end().output);
  const RunOfCase* last = nullptr;
  std::map<const RunOfCase*, bool> shows_some;
  for (const RunOfCase& run : evidence.runs())
    each_text(run, [&](const std::string& text) {
      if (run.status == "completed") last = &run;
      if (shows(output, text)) shows_some[&run] = true;
    });
  if (shows_some.empty() || !says_success(evidence)) return judgement;
  judgement.tested = true;
  for (const RunOfCase& run : evidence.runs()) {
    // An earlier reply may have been for the client itself; one that is begun has to be whole.
    if (run.status != "completed" || (&run != last && !shows_some.contains(&run))) continue;
    each_text(run, [&](const std::string& text) {
      if (judgement.broken.empty() && !shows(output, text))
        judgement.broken = "what the client put out lacks " + quoted(text) + " of " + run.name() +
                           ", and has other replies";
    });
    if (judgement.broken.empty() && shows_newest_first(output, run))
      judgement.broken = "what the client put out has the messages of " + run.name() +
                         " from the newest to the oldest";
  }
  return judgement;
}

Judgement crashed(const Evidence& evidence, std::size_t) {
  Judgement judgement{.tested = true};
  if (evidence.end().how == ClientEnd::How::crashed)
    judgement.broken = "the client crashed: " + evidence.end().words;
  return judgement;
}

Judgement would_not_end(const Evidence& evidence, std::size_t) {
  Judgement judgement{.tested = true};
  if (evidence.end().how != ClientEnd::How::stopped) return judgement;
  judgement.broken = "the client had to be stopped: " + evidence.end().words;
  if (!evidence.exchanges().empty())
    judgement.broken += "; its last was " + named(evidence.exchanges().back());
  return judgement;
}

Judgement left_active(const Evidence& evidence, std::size_t) {
  Judgement judgement;
  for (const RunOfCase& run : evidence.runs()) {
    if (!run.known || evidence.was_deleted(run.thread_id)) continue;
    judgement.tested = true;
    if (run.is_over() || evidence.end().how == ClientEnd::How::stopped ||
        was_cancelled_by_client(evidence, run))
      continue;
    judgement.broken = run.name() + " was still " + run.status +
                       " when the client ended: it locks the thread until it expires";
    return judgement;
  }
  return judgement;
}

}  // namespace assistants_mock::mock_server::check
