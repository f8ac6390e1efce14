// Each rule with its reason, its source and its remedy. The names are for good: reports and
// settings use them.
#include <array>
#include <vector>

#include "mock_server/check/rules.h"
#include "scenarios/nearest_word.h"

namespace assistants_mock::mock_server::check {

namespace {

constexpr auto table = std::to_array<Rule>({
    {{.name = "request.refused",
      .holds = "sends no request that the API refuses whatever the state of things",
      .why = "a refusal for its form or for what it names comes back each time",
      .source = "docs/library.md: thread_id_undefined, output_not_a_string, metadata_not_text",
      .remedy = "read the error's message: it names the field"},
     refused_request},
    {{.name = "thread.locked_message",
      .holds = "creates no message on a thread whose run it knows to be active",
      .why = "an active run locks its thread (lock.message); chats that post as the user types "
             "fail at the second message",
      .source = "docs/library.md: second_message_while_running, message_right_after_cancel",
      .remedy =
          "wait for the run's end, or cancel it and wait for that; queue what comes meanwhile"},
     locked_message},
    {{.name = "thread.locked_run",
      .holds = "creates no run on a thread whose run it knows to be active",
      .why = "one run at a time (lock.run)",
      .source = "docs/library.md: second_run_on_thread, two_processes_race",
      .remedy = "wait for the end of the first; let one worker own a thread"},
     locked_run},
    {{.name = "tools.unanswered",
      .holds = "answers every call that it is shown, or cancels the run",
      .why = "a run that nobody answers locks its thread until it expires, ten minutes later",
      .source = "docs/library.md: forgotten_requires_action, undeclared_function, "
                "poll_helper_stops_at_requires_action",
      .remedy = "answer each call, an unknown function or bad arguments with a text that says so"},
     unanswered_calls},
    {{.name = "tools.ids",
      .holds = "answers all calls of a round together, each once and under its own id",
      .why = "a run takes the outputs of all its calls at once (submit.ids)",
      .source = "docs/library.md: parallel_tools, same_tool_twice, stale_call_ids",
      .remedy = "map over required_action's tool_calls; keep nothing by the function's name"},
     wrong_call_ids},
    {{.name = "tools.late",
      .holds = "submits outputs only to a run that it knows to wait for them",
      .why = "a run in another status refuses them (submit.status)",
      .source = "docs/library.md: submitted_twice, cancel_versus_submit, tool_past_deadline",
      .remedy = "look at the run's status before, and once more when an answer was lost"},
     late_outputs},
    {{.name = "run.late_cancel",
      .holds = "cancels only a run that it does not know to be over or cancelling",
      .why = "such a run refuses it (cancel.final, cancel.twice)",
      .source = "docs/library.md: double_cancel, cancel_after_completion",
      .remedy =
          "remember that a cancel was sent; take a refusal for the news that the run is over"},
     late_cancel},
    {{.name = "retry.refused",
      .holds = "does not send again what was refused for good",
      .why = "400, 401, 403, 404 and 422 do not pass by waiting",
      .source = "docs/wire/errors.md",
      .remedy = "retry 408, 409, 429, 5xx and lost connections alone, as the SDKs do",
      .unit = "times",
      .limit = 2},
     repeated_refusal},
    {{.name = "retry.early",
      .holds = "waits as long as it is told before it asks again",
      .why = "who asks sooner is refused again and lengthens the wait of all",
      .source = "docs/library.md: too_many_requests_then_ok",
      .remedy = "obey retry-after-ms and retry-after; the SDKs do"},
     early_retry},
    {{.name = "retry.unbounded",
      .holds = "gives up a request that fails again and again",
      .why = "a service that is down stays so for longer than anybody waits",
      .source = "docs/library.md: too_many_requests_then_ok, server_error_once",
      .remedy = "bound the attempts, those of the SDK and of the code around it multiplied",
      .unit = "attempts",
      .limit = 12},
     unbounded_retries},
    {{.name = "retry.doubled",
      .holds = "does not create a second time what is there: a message that no run has answered, "
               "a run whose creation it was not told of",
      .why = "there is no idempotency key: a message would stand there twice, a run be paid twice",
      .source = "docs/library.md: answer_lost_after_work, fails_twice_then_works",
      .remedy =
          "maxRetries: 0 for what creates; when the answer is lost, look whether it is there; "
          "a failed run is tried again without its message"},
     doubled_create},
    {{.name = "polling.after_end",
      .holds = "stops polling at every final status: completed, failed, cancelled, expired, "
               "incomplete",
      .why = "whoever lacks one in its list polls for ever",
      .source = "docs/library.md: out_of_prompt_tokens, hangs_in_progress, cancel_too_late",
      .remedy = "poll while the status is queued, in_progress or cancelling, and stop at any other",
      .unit = "polls",
      .limit = 2},
     polling_after_end},
    {{.name = "polling.hasty",
      .holds = "lets some time pass between two polls",
      .why = "polls count against the rate limit",
      .source = "ours",
      .remedy = "pause; obey openai-poll-after-ms where it is sent, as the SDK's poller does",
      .unit = "ms",
      .limit = 6},
     hasty_polling},
    {{.name = "report.false_success",
      .holds = "does not report a run that failed or expired as a success",
      .why = "every request was answered 200: only the run's status tells",
      .source = "docs/library.md: fails_server_error, fails_quota, hangs_in_progress",
      .remedy = "look at the status of the run, and at last_error"},
     false_success},
    {{.name = "report.incomplete_as_whole",
      .holds = "does not take a reply that was cut short for the whole",
      .why = "an incomplete run has messages, and completed_at",
      .source = "docs/library.md: completed_at_of_incomplete, completed_event_of_incomplete_run",
      .remedy = "treat incomplete as an outcome of its own"},
     incomplete_as_whole},
    {{.name = "report.unseen_end",
      .holds = "reports success only when it was shown the end of the run",
      .why = "a stream may end before its run does",
      .source = "docs/library.md: stream_cut, error_event",
      .remedy = "ask for the run when its stream ends without a final event"},
     unseen_end},
    {{.name = "report.false_failure",
      .holds = "does not report a failure when every run came to a reply",
      .why = "what is unusual is not wrong: images first, several messages, arguments of any form",
      .source = "docs/library.md: image_first, usage_null_until_end, fails_unknown_code",
      .remedy = "read its error output: it stumbled over the answer"},
     false_failure},
    {{.name = "reply.unread",
      .holds = "reads every message of its run",
      .why = "a run may write several, lists have pages, and show them late",
      .source = "docs/library.md: several_messages, more_than_a_page, message_list_lags",
      .remedy = "list with run_id, and follow has_more"},
     unread_reply},
    {{.name = "reply.wrong",
      .holds = "shows the whole reply of its run, when it shows replies at all",
      .why = "the newest message may be an older run's, or one of several",
      .source = "docs/library.md: several_messages, no_new_message, citations_after_cjk",
      .remedy = "take the messages of this run, oldest first; count offsets in characters"},
     wrong_reply},
    {{.name = "client.crashed",
      .holds = "ends by itself",
      .why = "nobody hears of what a process that is gone had found out",
      .source = "ours",
      .remedy = "see its error output"},
     crashed},
    {{.name = "client.hangs",
      .holds = "ends, and in time",
      .why = "whoever waits for it waits for ever",
      .source = "docs/library.md: never_picked_up, file_stuck_in_progress",
      .remedy = "bound every wait: a number of polls, a timeout for each request",
      .unit = "requests for one message of the user",
      .limit = 2'000},
     would_not_end},
    {{.name = "thread.left_active",
      .holds = "leaves no run active on a thread",
      .why = "it locks the thread for the next one that comes",
      .source = "docs/library.md: stream_closed_run_goes_on, slow_reply",
      .remedy = "cancel what you stop waiting for; closing a stream is no cancel"},
     left_active},
});

}  // namespace

std::span<const Rule> rules() {
  return table;
}

const Rule& rule_named(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Rule& rule : table) {
    if (rule.info.name == name) return rule;
    names.push_back(rule.info.name);
  }
  throw std::invalid_argument("there is no rule '" + std::string(name) + "'" +
                              scenarios::did_you_mean(name, names));
}

std::invalid_argument no_limit(const Rule& rule) {
  return std::invalid_argument("the rule '" + std::string(rule.info.name) +
                               "' has no limit; it can be off, and nothing else");
}

}  // namespace assistants_mock::mock_server::check
