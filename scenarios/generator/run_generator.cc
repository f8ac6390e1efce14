#include "scenarios/generator/run_generator.h"

#include <chrono>
#include <string>

#include "scenarios/generator/arguments.h"
#include "scenarios/generator/pick.h"

namespace assistants_mock::scenarios {
namespace {

using namespace std::chrono_literals;

// A run has 600 s from its creation (T13, T14); a request takes one.
constexpr std::array<Weighted<Duration>, 10> waits = {Weighted<Duration>{in_all(4), 0s},
                                                      {in_all(6), 1s},
                                                      {in_all(2), 2s},
                                                      {in_all(2), 5s},
                                                      {in_all(2), 60s},
                                                      {in_all(2), 90s},
                                                      {in_all(1), 300s},
                                                      {in_all(1), 599s},
                                                      {in_all(1), 600s},
                                                      {in_all(1), 601s}};

// Lists show 20 messages unless asked for more (lists, docs/wire/endpoints.md).
constexpr int more_than_a_page = 21;

class RunPicker {
 public:
  RunPicker(CaseProfile profile, const ClientTraits& traits, int& replies)
      : profile_(profile), traits_(traits), replies_(replies) {}

  Rule pick() {
    pick_queue();
    pick_cancel();
    if (traits_.patience > Duration{5s} && one_in(10)) return pick_race_with_cancel();
    pick_wait(4);
    static constexpr std::array<Weighted<int>, 4> rounds = {
        Weighted<int>{in_all(5), 0}, {in_all(5), 1}, {in_all(2), 2}, {in_all(1), 3}};
    for (int left = pick_weighted(rounds, profile_); left > 0; --left) pick_round();
    pick_reply();
    pick_end();
    return std::move(rule_);
  }

 private:
  void add(auto action) { rule_.steps.push_back({std::move(action)}); }

  // Something happens just when the client gives the run up.
  Rule pick_race_with_cancel() {
    rule_.queued = {};
    add(Wait{traits_.patience - std::chrono::seconds{pick_between(0, 2)}});
    if (one_in(2)) pick_round();
    pick_reply();
    pick_end();
    return std::move(rule_);
  }

  void pick_queue() {
    if (one_in(4)) rule_.queued.length = pick_weighted(waits, profile_);
    if (one_in(30)) rule_.queued.length.reset();
  }

  void pick_cancel() {
    using enum OnCancel::Outcome;
    static constexpr std::array<Weighted<OnCancel::Outcome>, 3> outcomes = {
        Weighted<OnCancel::Outcome>{in_all(6), settles}, {in_all(3), too_late}, {in_all(1), never}};
    rule_.on_cancel.outcome = pick_weighted(outcomes, profile_);
    if (rule_.on_cancel.outcome == settles && one_in(3))
      rule_.on_cancel.after = pick_of(std::array<Duration, 3>{0s, 3s, 30s});
  }

  void pick_wait(int one_of) {
    if (!one_in(one_of)) return;
    add(Wait{pick_weighted(waits, profile_)});
  }

  // ---- Calls

  void pick_round() {
    Call call;
    static constexpr std::array<Weighted<int>, 4> counts = {
        Weighted<int>{in_all(6), 1}, {in_all(3), 2}, {in_all(1), 3}, {in_all(1), 5}};
    const int count = pick_weighted(counts, profile_);
    for (int tool = 0; tool < count; ++tool) pick_tool(call);
    if (call.tools.empty()) return;
    if (one_in(8)) add(pick_text());  // says what it is about to do
    add(std::move(call));
    pick_wait(4);
  }

  void pick_tool(Call& call) {
    if (traits_.code_interpreter && one_in(4)) return pick_code(call);
    if (traits_.file_search && one_in(4)) return pick_search(call);
    if (traits_.functions.empty()) return;
    if (one_in(20)) {  // models make up functions: docs/library.md, undeclared_function
      call.tools.emplace_back(
          FunctionCall{.name = "multi_tool_use.parallel", .arguments = Json::object()});
      return;
    }
    const DeclaredFunction& function = pick_of(traits_.functions);
    call.tools.emplace_back(
        FunctionCall{.name = function.name, .arguments = pick_arguments(function, profile_)});
  }

  void pick_code(Call& call) {
    CodeRun code{.input = "df.plot()", .outputs = {Logs{"42"}}};
    if (one_in(2)) {
      code.outputs.emplace_back(MadeFile{.filename = plot_});
      drawn_ = true;
    }
    call.tools.emplace_back(std::move(code));
  }

  void pick_search(Call& call) {
    call.tools.emplace_back(FileSearch{.results = std::vector<ScriptedResult>{
                                           {.file = "notes.txt", .text = "Cake.", .score = 1}}});
    found_ = true;
  }

  // ---- Replies

  enum class Reply { none, one, several, parts, image_first, refusal, cited, pages };

  void pick_reply() {
    static constexpr std::array<Weighted<Reply>, 8> replies = {
        Weighted<Reply>{in_all(2), Reply::none},
        {in_all(12), Reply::one},
        {in_all(4), Reply::several},
        {in_all(1), Reply::parts},
        {in_all(2), Reply::image_first},
        {in_all(1), Reply::refusal},
        {in_all(3), Reply::cited},
        {in_all(1), Reply::pages}};
    if (found_ && one_in(2)) return pick_cited();
    switch (pick_weighted(replies, profile_)) {
      case Reply::none:
        return;
      case Reply::one:
        return add(pick_text());
      case Reply::several:
        return add_texts(pick_between(2, 3));
      case Reply::parts:
        return add(with_part(pick_text(), TextPart{next_text()}));
      case Reply::image_first:
        return pick_image_first();
      case Reply::refusal:
        return add(Say{.parts = {RefusalPart{"I cannot help with that."}}});
      case Reply::cited:
        return pick_cited();
      case Reply::pages:
        return add_texts(more_than_a_page);
    }
  }

  std::string next_text() {
    std::string text = "Reply " + std::to_string(++replies_);
    if (one_in(4)) text += ", 漢字 and 🙂 in it";
    return text + ".";
  }

  Say pick_text() {
    Say say{.parts = {TextPart{next_text()}}};
    static constexpr std::array<Weighted<Pieces>, 3> pieces = {
        Weighted<Pieces>{in_all(8), Pieces{}},
        {in_all(1), Pieces{.unit = Pieces::Unit::whole}},
        {in_all(1), Pieces{.unit = Pieces::Unit::characters, .characters = 1}}};
    say.pieces = pick_weighted(pieces, profile_);
    if (one_in(12)) say.over = pick_weighted(waits, profile_);
    return say;
  }

  static Say with_part(Say say, SayPart part) {
    say.parts.push_back(std::move(part));
    return say;
  }

  void add_texts(int count) {
    for (int left = count; left > 0; --left) add(pick_text());
  }

  // Of the service's own making, where the client lets it run code; else by an address, which the
  // schema allows and the service was not seen to send.
  void pick_image_first() {
    if (drawn_)
      return add(with_part(Say{.parts = {ImageFilePart{.file = plot_}}}, TextPart{next_text()}));
    if (profile_ == CaseProfile::gentle) return add(pick_text());
    add(with_part(Say{.parts = {ImageUrlPart{.url = "https://example.com/oslo.png"}}},
                  TextPart{next_text()}));
  }

  void pick_cited() {
    if (!found_) return add(pick_text());
    std::string text = "漢字 🙂 ";
    for (int cites = pick_between(1, 2); cites > 0; --cites) text += next_text() + "${cite[0]} ";
    add(Say{.parts = {TextPart{text + next_text()}}});
  }

  // ---- The end

  enum class End { completed, failed, limited, unknown_code, incomplete, hangs };

  void pick_end() {
    static constexpr std::array<Weighted<End>, 6> ends = {Weighted<End>{in_all(16), End::completed},
                                                          {in_all(2), End::failed},
                                                          {in_all(1), End::limited},
                                                          {{0, 1, 1}, End::unknown_code},
                                                          {in_all(3), End::incomplete},
                                                          {in_all(1), End::hangs}};
    const End end = pick_weighted(ends, profile_);
    if (end == End::completed) return;
    leave_last_unfinished();
    switch (end) {
      case End::failed:
        return add(Fail{"server_error", std::string(usual_message("server_error"))});
      case End::limited:
        return add(Fail{"rate_limit_exceeded", "Please try again in 2.13s."});
      case End::unknown_code:
        return add(Fail{"invalid_image_url", "The image could not be read."});
      case End::incomplete:
        return add(Incomplete{pick_of(std::array<std::string, 3>{
            "max_completion_tokens", "max_prompt_tokens", "content_filter"})});
      default:
        return add(Hang{});
    }
  }

  void leave_last_unfinished() {
    if (rule_.steps.empty() || one_in(2)) return;
    if (auto* say = std::get_if<Say>(&rule_.steps.back().action)) say->unfinished = true;
  }

  CaseProfile profile_;
  const ClientTraits& traits_;
  int& replies_;
  Rule rule_;
  const std::string plot_ = "plot.png";
  bool drawn_ = false;
  bool found_ = false;
};

}  // namespace

Rule pick_run(CaseProfile profile, const ClientTraits& traits, int& replies) {
  return RunPicker(profile, traits, replies).pick();
}

}  // namespace assistants_mock::scenarios
