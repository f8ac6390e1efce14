// The checker itself: streams that are as they should be, and for each demand one that breaks it.
#include "tests/transcripts/stream_checker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <ostream>

namespace assistants_mock::tests {
namespace {

using Json = nlohmann::ordered_json;
using Stream = std::vector<StreamEvent>;

StreamEvent event(const std::string& name, const Json& data) {
  return {name, data.dump()};
}

StreamEvent run(const std::string& what) {
  const std::string status = what == "created" ? "queued" : what;
  const bool ended = status == "completed" || status == "failed" || status == "cancelled";
  Json data{{"id", "run_1"},           {"status", status},
            {"started_at", 1},         {"expires_at", 600},
            {"cancelled_at", nullptr}, {"failed_at", nullptr},
            {"completed_at", nullptr}, {"required_action", nullptr},
            {"last_error", nullptr},   {"incomplete_details", nullptr},
            {"usage", nullptr}};
  if (ended) data["expires_at"] = nullptr;
  if (ended) data["usage"] = Json::object();
  if (ended) data[status + "_at"] = 2;
  if (status == "failed") data["last_error"] = {{"code", "server_error"}, {"message", ""}};
  return event("thread.run." + what, data);
}

Json call(const std::string& id, const std::string& arguments) {
  return {{"id", id},
          {"type", "function"},
          {"function", {{"name", "f"}, {"arguments", arguments}, {"output", nullptr}}}};
}

StreamEvent requires_action(Json calls) {
  for (Json& each : calls) each["function"].erase("output");
  Json data = Json::parse(run("requires_action").data);
  data["required_action"] = {{"type", "submit_tool_outputs"},
                             {"submit_tool_outputs", {{"tool_calls", std::move(calls)}}}};
  return event("thread.run.requires_action", data);
}

StreamEvent step(const std::string& what, const std::string& id, const Json& details) {
  const bool ended = what != "created" && what != "in_progress";
  return event("thread.run.step." + what, {{"id", id},
                                           {"type", details.at("type")},
                                           {"status", ended ? what : "in_progress"},
                                           {"step_details", details},
                                           {"usage", ended ? Json::object() : Json()}});
}
Json writes(const std::string& message_id) {
  return {{"type", "message_creation"}, {"message_creation", {{"message_id", message_id}}}};
}
Json calls(const Json& list) {
  return {{"type", "tool_calls"}, {"tool_calls", list}};
}

StreamEvent message(const std::string& what, const std::string& id, const Json& content) {
  const bool ended = what != "created" && what != "in_progress";
  const Json cut = what == "incomplete" ? Json{{"reason", "max_tokens"}} : Json();
  return event("thread.message." + what, {{"id", id},
                                          {"status", ended ? what : "in_progress"},
                                          {"incomplete_details", cut},
                                          {"content", content}});
}
Json text(const std::string& value) {
  return {{"type", "text"}, {"text", {{"value", value}, {"annotations", Json::array()}}}};
}

StreamEvent text_delta(const std::string& id, int index, const std::string& piece, bool first) {
  Json part{{"index", index}, {"type", "text"}, {"text", {{"value", piece}}}};
  if (first) part["text"]["annotations"] = Json::array();
  return event("thread.message.delta", {{"id", id}, {"delta", {{"content", Json::array({part})}}}});
}
StreamEvent call_delta(const std::string& step_id, const Json& item) {
  return event("thread.run.step.delta",
               {{"id", step_id}, {"delta", {{"step_details", calls(Json::array({item}))}}}});
}
Json opening(int index, const std::string& id) {
  Json item{{"index", index}};
  item.update(call(id, ""));
  return item;
}
Json arguments_piece(int index, const std::string& piece) {
  return {{"index", index}, {"type", "function"}, {"function", {{"arguments", piece}}}};
}

const StreamEvent done{"done", "[DONE]"};
const Json none = Json::array();

// Row E: two messages, the first in two deltas.
Stream text_stream() {
  return {run("created"),
          run("queued"),
          run("in_progress"),
          step("created", "step_1", writes("msg_1")),
          step("in_progress", "step_1", writes("msg_1")),
          message("created", "msg_1", none),
          message("in_progress", "msg_1", none),
          text_delta("msg_1", 0, "Hel", true),
          text_delta("msg_1", 0, "lo", false),
          text_delta("msg_1", 1, "!", true),
          message("completed", "msg_1", Json::array({text("Hello"), text("!")})),
          step("completed", "step_1", writes("msg_1")),
          run("completed"),
          done};
}

// Row F.
Stream call_stream() {
  const Json both = Json::array({call("call_1", "{}"), call("call_2", "")});
  return {run("created"),
          run("queued"),
          run("in_progress"),
          step("created", "step_1", calls(none)),
          step("in_progress", "step_1", calls(none)),
          call_delta("step_1", opening(0, "call_1")),
          call_delta("step_1", arguments_piece(0, "{")),
          call_delta("step_1", arguments_piece(0, "}")),
          call_delta("step_1", opening(1, "call_2")),
          requires_action(both),
          done};
}

Json code_item(const Json& said) {
  return {{"index", 0}, {"type", "code_interpreter"}, {"code_interpreter", said}};
}
Json code_opening() {
  Json item = code_item({{"input", ""}, {"outputs", none}});
  item["id"] = "call_1";
  return item;
}
Json logs_delta(int index) {
  return code_item(
      {{"outputs", Json::array({{{"index", index}, {"type", "logs"}, {"logs", "42"}}})}});
}
Json search_opening(const char* id) {
  return {{"index", 1}, {"id", id}, {"type", "file_search"}, {"file_search", Json::object()}};
}
Json citation(int begin, int end) {
  return {{"type", "file_citation"},
          {"text", "[a]"},
          {"start_index", begin},
          {"end_index", end},
          {"file_citation", {{"file_id", "file-a"}}}};
}
StreamEvent citation_delta(int index, int begin, int end) {
  Json annotation = citation(begin, end);
  annotation["index"] = index;
  annotation["file_citation"]["quote"] = "";
  const Json part{{"index", 0},
                  {"type", "text"},
                  {"text", {{"value", "[a]"}, {"annotations", Json::array({annotation})}}}};
  return event("thread.message.delta",
               {{"id", "msg_1"}, {"delta", {{"content", Json::array({part})}}}});
}

// Rows G and H in one step, and a message with two citations after a letter of two bytes.
Stream hosted_stream() {
  const Json code{{"input", "6*7"}, {"outputs", Json::array({{{"type", "logs"}, {"logs", "42"}}})}};
  const Json search{{"results", Json::array({{{"file_id", "file-a"}}})}};
  const Json done_calls =
      Json::array({{{"id", "call_1"}, {"type", "code_interpreter"}, {"code_interpreter", code}},
                   {{"id", "call_2"}, {"type", "file_search"}, {"file_search", search}}});
  Json cited = text("é[a][a]");
  cited["text"]["annotations"] = Json::array({citation(1, 4), citation(4, 7)});
  return {run("created"),
          run("queued"),
          run("in_progress"),
          step("created", "step_1", calls(none)),
          step("in_progress", "step_1", calls(none)),
          call_delta("step_1", code_opening()),
          call_delta("step_1", code_item({{"input", "6*7"}})),
          call_delta("step_1", logs_delta(0)),
          call_delta("step_1", search_opening("call_2")),
          step("completed", "step_1", calls(done_calls)),
          step("created", "step_2", writes("msg_1")),
          step("in_progress", "step_2", writes("msg_1")),
          message("created", "msg_1", none),
          message("in_progress", "msg_1", none),
          text_delta("msg_1", 0, "é", true),
          citation_delta(0, 1, 4),
          citation_delta(1, 4, 7),
          message("completed", "msg_1", Json::array({cited})),
          step("completed", "step_2", writes("msg_1")),
          run("completed"),
          done};
}

// Row D.
Stream resumed_stream() {
  Stream stream = text_stream();
  stream.front() = step("completed", "step_0", calls(Json::array({call("call_1", "{}")})));
  return stream;
}

std::vector<std::string> broken_in(const Stream& stream, StreamOf request) {
  StreamChecker checker(request);
  for (const StreamEvent& each : stream) checker.see(each);
  checker.end();
  return checker.broken();
}

TEST(StreamChecker, AcceptsWhatIsRight) {
  const std::vector<std::string> nothing;
  EXPECT_EQ(broken_in(text_stream(), StreamOf::created_run), nothing);
  EXPECT_EQ(broken_in(call_stream(), StreamOf::created_run), nothing);
  EXPECT_EQ(broken_in(hosted_stream(), StreamOf::created_run), nothing);
  EXPECT_EQ(broken_in(resumed_stream(), StreamOf::submitted_outputs), nothing);

  Stream with_thread = text_stream();
  with_thread.insert(with_thread.begin(), event("thread.created", {{"id", "thread_1"}}));
  EXPECT_EQ(broken_in(with_thread, StreamOf::created_thread_and_run), nothing);

  const Stream faulty{run("created"), run("queued"),
                      event("error", {{"error", {{"message", "out of order"}}}}), done};
  EXPECT_EQ(broken_in(faulty, StreamOf::created_run), nothing);
}

// One change to a stream that was right.
struct Damage {
  const char* demand;  // "7", or "order"
  const char* what;
  Stream (*whole)();
  std::function<void(Stream&)> change;
  StreamOf request = StreamOf::created_run;
};
std::ostream& operator<<(std::ostream& out, const Damage& damage) {
  return out << damage.demand << ": " << damage.what;
}

auto without(std::ptrdiff_t place) {
  return [place](Stream& stream) { stream.erase(stream.begin() + place); };
}
auto with(std::ptrdiff_t place, const StreamEvent& more) {
  return [place, more](Stream& stream) { stream.insert(stream.begin() + place, more); };
}
auto instead(std::size_t place, const StreamEvent& other) {
  return [place, other](Stream& stream) { stream[place] = other; };
}

Json annotated() {
  return {{"index", 0},
          {"type", "text"},
          {"text",
           {{"annotations", Json::array({{{"index", 0}, {"start_index", 1}, {"end_index", 2}}})}}}};
}
StreamEvent annotation_delta() {
  return event("thread.message.delta",
               {{"id", "msg_1"}, {"delta", {{"content", Json::array({annotated()})}}}});
}
StreamEvent delta_with_id() {
  return event(
      "thread.run.step.delta",
      {{"id", "step_1"},
       {"delta",
        {{"id", "step_1"}, {"step_details", calls(Json::array({arguments_piece(0, "")}))}}}});
}
Json without_key(Json item, const char* key) {
  item.erase(key);
  return item;
}
Json with_output(Json item) {
  item["function"]["output"] = "12 C";
  return item;
}
Json refusal_piece() {
  return {{"index", 0}, {"type", "refusal"}, {"refusal", "no"}};
}

const std::vector<Damage>& damages() {
  static const std::vector<Damage> all{
      {"1", "no event ends the run", text_stream, without(12)},
      {"2", "a message that was not created", text_stream, without(5)},
      {"3", "created with content", text_stream,
       instead(5, message("created", "msg_1", Json::array({text("Hello")})))},
      {"3", "in progress with content", text_stream,
       instead(6, message("in_progress", "msg_1", Json::array({text("Hello")})))},
      {"4", "two open messages", text_stream, with(8, message("created", "msg_2", none))},
      {"5", "a delta of another message", text_stream, instead(8, text_delta("msg_2", 0, "lo", false))},
      {"5", "no id", text_stream, instead(5, message("created", "", none))},
      {"6", "a delta without its step", call_stream, [](Stream& stream) {
         stream.erase(stream.begin() + 3, stream.begin() + 5);
       }},
      {"7", "two open steps", call_stream, with(5, step("created", "step_2", calls(none)))},
      {"8", "a step ends twice", text_stream, with(12, step("completed", "step_1", writes("msg_1")))},
      {"8", "a step ends that nobody saw", resumed_stream,
       with(2, step("completed", "step_9", writes("msg_1"))), StreamOf::submitted_outputs},
      {"9", "in_progress after a delta", call_stream, with(6, step("in_progress", "step_1", calls(none)))},
      {"9", "a delta before in_progress", call_stream, without(4)},
      {"10", "created with calls", call_stream,
       instead(3, step("created", "step_1", calls(Json::array({call("call_1", "")}))))},
      {"10", "deltas of another type", call_stream, [](Stream& stream) {
         stream[3] = step("created", "step_1", writes("msg_1"));
       }},
      {"11", "an id in the delta", call_stream, with(6, delta_with_id())},
      {"12", "an id twice", call_stream, instead(6, call_delta("step_1", opening(0, "call_1")))},
      {"12", "one id for two calls", call_stream, instead(8, call_delta("step_1", opening(1, "call_1")))},
      {"12", "a call without a name", call_stream, instead(5, call_delta("step_1", arguments_piece(0, "")))},
      {"13", "an annotation twice", text_stream, [](Stream& stream) {
         stream.insert(stream.begin() + 9, {annotation_delta(), annotation_delta()});
       }},
      {"10", "code that goes on as a function", hosted_stream,
       instead(6, call_delta("step_1", arguments_piece(0, "6*7")))},
      {"12", "one id for code and a search", hosted_stream,
       instead(8, call_delta("step_1", search_opening("call_1")))},
      {"13", "an output that skips an index", hosted_stream,
       instead(7, call_delta("step_1", logs_delta(1)))},
      {"13", "an output twice", hosted_stream, with(8, call_delta("step_1", logs_delta(0)))},
      {"13", "a citation that comes first with index 1", hosted_stream, without(15)},
      {"14", "no index", call_stream,
       instead(5, call_delta("step_1", without_key(opening(0, "call_1"), "index")))},
      {"15", "begins at 1", call_stream, instead(5, call_delta("step_1", opening(1, "call_1")))},
      {"15", "skips 1", call_stream, instead(8, call_delta("step_1", opening(2, "call_2")))},
      {"16", "a huge index", call_stream, instead(8, call_delta("step_1", opening(65'537, "call_2")))},
      {"17", "text, then a refusal", text_stream,
       instead(8, event("thread.message.delta",
                        {{"id", "msg_1"}, {"delta", {{"content", Json::array({refusal_piece()})}}}}))},
      {"18", "back to an earlier part", text_stream, with(10, text_delta("msg_1", 0, "?", false))},
      {"18", "back to an earlier call", call_stream, with(9, call_delta("step_1", arguments_piece(0, "")))},
      {"19", "a text that was not streamed", text_stream, without(8)},
      {"19", "arguments that were not streamed", call_stream, without(6)},
      {"19", "code that was not streamed", hosted_stream, without(6)},
      {"19", "an output that was not streamed", hosted_stream, without(7)},
      {"19", "a citation that was not streamed", hosted_stream, without(16)},
      {"20", "a text that lost its end", text_stream,
       instead(10, message("completed", "msg_1", Json::array({text("Hell"), text("!")})))},
      {"20", "a call that was lost", call_stream,
       instead(9, requires_action(Json::array({call("call_1", "{}")})))},
      {"21", "a part that was lost", text_stream,
       instead(10, message("completed", "msg_1", Json::array({text("Hello")})))},
      {"22", "an output before it is known", call_stream,
       instead(5, call_delta("step_1", with_output(opening(0, "call_1"))))},
      {"23", "an unknown name", text_stream, with(3, event("run.started", Json::object()))},
      {"24", "a bare error", text_stream, [](Stream& stream) {
         stream.erase(stream.begin() + 3, stream.end() - 1);
         stream.insert(stream.end() - 1, event("error", {{"message", "out of order"}}));
       }},
      {"order", "no done", text_stream, without(13)},
      {"order", "something after done", text_stream, with(14, run("queued"))},
      {"order", "something after the end of the run", text_stream, with(13, run("in_progress"))},
      {"order", "never queued", text_stream, without(1)},
      {"order", "completed from queued", text_stream, without(2)},
      {"order", "another status than the event's", text_stream,
       instead(2, {"thread.run.in_progress", run("queued").data})},
      {"order", "failed without an error", text_stream,
       instead(12, {"thread.run.failed", run("cancelled").data})},
      {"order", "a message left open", text_stream, without(10)},
      {"order", "a step left open", text_stream, without(11)},
      {"order", "the step ends before the message", text_stream,
       [](Stream& stream) { std::swap(stream[10], stream[11]); }},
      {"order", "thread.created for an old thread", text_stream,
       with(0, event("thread.created", {{"id", "thread_1"}}))},
      {"order", "no thread.created for a new thread", text_stream, [](Stream&) {},
       StreamOf::created_thread_and_run},
      {"order", "queued before the answered step ends", resumed_stream, without(0),
       StreamOf::submitted_outputs},
      {"order", "code and output in one delta", hosted_stream,
       instead(6, call_delta("step_1", code_item({{"input", "6*7"}, {"outputs", none}})))},
      {"order", "a search that goes on", hosted_stream,
       with(9, call_delta("step_1", without_key(search_opening(""), "id")))},
      {"order", "offsets in bytes", hosted_stream, instead(15, citation_delta(0, 2, 5))},
      {"order", "a citation of more than its piece", hosted_stream,
       instead(16, citation_delta(1, 1, 7))},
      {"order", "empty annotations in a later delta", text_stream,
       instead(8, text_delta("msg_1", 0, "lo", true))},
      {"order", "not JSON", text_stream, instead(0, {"thread.run.created", "run_1"})},
      {"order", "JSON with spaces", text_stream,
       [](Stream& stream) { stream[0].data.insert(1, " "); }},
  };
  return all;
}

TEST(StreamChecker, FindsEachDemandBroken) {
  for (const Damage& damage : damages()) {
    Stream stream = damage.whole();
    damage.change(stream);
    const auto broken = broken_in(stream, damage.request);
    const std::string demand = damage.demand;
    const std::string label = demand == "order" ? "order: " : "demand " + demand + ": ";
    EXPECT_TRUE(std::ranges::any_of(broken, [&](const auto& it) { return it.starts_with(label); }))
        << damage << " is not found, but: " << testing::PrintToString(broken);
  }
}

}  // namespace
}  // namespace assistants_mock::tests
