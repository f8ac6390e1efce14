#pragma once
// The rules that clients are judged by. Each speaks only of what the client could know: an act is
// held against it when an answer that it was surely shown told it otherwise; what it could not have
// known is forgiven once. docs/check.md is made from the table.
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "assistants_mock/check_client.h"
#include "mock_server/check/evidence.h"

namespace assistants_mock::mock_server::check {

struct Judgement {
  bool tested = false;      // the conversation had what a client might do wrong here
  std::string broken = {};  // what was seen; empty: the rule was kept
};

struct Rule {
  RuleInfo info;
  Judgement (*judge)(const Evidence&, std::size_t limit);
};

// Causes before their consequences: of several rules that one conversation broke, the first is
// told.
std::span<const Rule> rules();

// Throws std::invalid_argument for a name that is no rule, with the nearest one.
const Rule& rule_named(std::string_view name);
// What is thrown at a limit for a rule that has none.
std::invalid_argument no_limit(const Rule& rule);

// The judges, by what they look at. `limit` is the rule's own, if it has one.

Judgement refused_request(const Evidence& evidence, std::size_t limit);
Judgement locked_message(const Evidence& evidence, std::size_t limit);
Judgement locked_run(const Evidence& evidence, std::size_t limit);

Judgement unanswered_calls(const Evidence& evidence, std::size_t limit);
Judgement wrong_call_ids(const Evidence& evidence, std::size_t limit);
Judgement late_outputs(const Evidence& evidence, std::size_t limit);
Judgement late_cancel(const Evidence& evidence, std::size_t limit);

Judgement repeated_refusal(const Evidence& evidence, std::size_t limit);
Judgement early_retry(const Evidence& evidence, std::size_t limit);
Judgement unbounded_retries(const Evidence& evidence, std::size_t limit);
Judgement doubled_create(const Evidence& evidence, std::size_t limit);

Judgement polling_after_end(const Evidence& evidence, std::size_t limit);
Judgement hasty_polling(const Evidence& evidence, std::size_t limit);

Judgement false_success(const Evidence& evidence, std::size_t limit);
Judgement false_failure(const Evidence& evidence, std::size_t limit);
Judgement incomplete_as_whole(const Evidence& evidence, std::size_t limit);
Judgement unseen_end(const Evidence& evidence, std::size_t limit);
Judgement unread_reply(const Evidence& evidence, std::size_t limit);
Judgement wrong_reply(const Evidence& evidence, std::size_t limit);

Judgement crashed(const Evidence& evidence, std::size_t limit);
Judgement would_not_end(const Evidence& evidence, std::size_t limit);
Judgement left_active(const Evidence& evidence, std::size_t limit);

}  // namespace assistants_mock::mock_server::check
