// Deltas that share what stands around their pieces, beside the same deltas put together one by
// one.
#include "mock_server/api/wire_events.h"

#include <gtest/gtest.h>
// After gtest.
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

namespace assistants_mock::mock_server::api {
namespace {

using Json = nlohmann::ordered_json;
using engine::CallDelta;
using engine::CodeDelta;
using engine::EventName;
using engine::LoggedEvent;
using engine::MessageDelta;
using scenarios::PartKind;

// What the next delta of a test is about. A part is of one kind: text, refusal, text, refusal, …
// and so is a call: function, code, function, code, …
struct Choice {
  bool call = false;
  std::uint8_t owner = 0;
  std::uint8_t index = 0;
  bool first = false;
  bool annotated = false;
  std::string piece = {};
};

struct Owners {
  std::vector<std::shared_ptr<const store::Message>> messages;
  std::vector<std::shared_ptr<const store::RunStep>> steps;
  Owners() {
    for (const char* number : {"1", "2", "3"}) {
      store::Message message;
      message.id = std::string("msg_") + number;
      messages.push_back(std::make_shared<const store::Message>(message));
      store::RunStep step;
      step.id = std::string("step_") + number;
      steps.push_back(std::make_shared<const store::RunStep>(step));
    }
  }
};

store::Annotation annotation(const Choice& choice) {
  return {
      .kind = choice.first ? scenarios::MarkKind::file_path : scenarios::MarkKind::file_citation,
      .text = choice.piece,
      .file_id = "file-1",
      .begin = 3,
      .end = 7};
}

LoggedEvent event_of(const Owners& owners, const Choice& choice) {
  if (choice.call && choice.index % 2 == 1)
    return {EventName::step_delta,
            {},
            CodeDelta{owners.steps[choice.owner], choice.index, "", choice.piece}};
  if (choice.call) {
    CallDelta delta;
    delta.step = owners.steps[choice.owner];
    delta.call = choice.index;
    delta.arguments_piece = choice.piece;
    return {EventName::step_delta, {}, delta};
  }
  MessageDelta delta;
  delta.message = owners.messages[choice.owner];
  delta.part = choice.index;
  delta.first_of_part = choice.first;
  delta.kind = choice.index % 2 == 0 ? PartKind::text : PartKind::refusal;
  delta.piece = choice.piece;
  if (choice.annotated && delta.kind == PartKind::text) {
    delta.annotation = std::make_shared<const store::Annotation>(annotation(choice));
    delta.annotation_index = choice.owner;
  }
  return {EventName::message_delta, {}, delta};
}

// OpenAPI: MessageDeltaContentTextAnnotationsFileCitationObject and …FilePathObject.
Json expected_annotation(const Choice& choice) {
  const std::string type = choice.first ? "file_path" : "file_citation";
  Json shown = {{"index", choice.owner}, {"type", type},   {"text", choice.piece},
                {"start_index", 3},      {"end_index", 7}, {type, {{"file_id", "file-1"}}}};
  if (!choice.first) shown[type]["quote"] = "";
  return shown;
}

// OpenAPI: MessageDeltaObject, RunStepDeltaObject.
Json expected(const Owners& owners, const Choice& choice) {
  Json part = {{"index", choice.index}};
  if (choice.call) {
    if (choice.index % 2 == 1)
      part.update({{"type", "code_interpreter"}, {"code_interpreter", {{"input", choice.piece}}}});
    else
      part.update({{"type", "function"}, {"function", {{"arguments", choice.piece}}}});
    return {{"id", owners.steps[choice.owner]->id},
            {"object", "thread.run.step.delta"},
            {"delta",
             {{"step_details", {{"type", "tool_calls"}, {"tool_calls", Json::array({part})}}}}}};
  }
  if (choice.index % 2 == 1) {
    part.update({{"type", "refusal"}, {"refusal", choice.piece}});
  } else {
    Json text = {{"value", choice.piece}};
    if (choice.first || choice.annotated) text["annotations"] = Json::array();
    if (choice.annotated) text["annotations"].push_back(expected_annotation(choice));
    part.update({{"type", "text"}, {"text", text}});
  }
  return {{"id", owners.messages[choice.owner]->id},
          {"object", "thread.message.delta"},
          {"delta", {{"content", Json::array({part})}}}};
}

std::ostream& operator<<(std::ostream& out, const Choice& choice) {
  return out << (choice.call ? "call " : "message ") << int{choice.owner} << " index "
             << int{choice.index} << (choice.first ? " first " : " ")
             << (choice.annotated ? "annotated " : "") << Json(choice.piece);
}

rc::Gen<Choice> choices() {
  const auto below = [](std::uint8_t end) { return rc::gen::inRange<std::uint8_t>(0, end); };
  // Letters of one byte, those that JSON escapes among them.
  const auto piece = rc::gen::container<std::string>(
      rc::gen::map(rc::gen::inRange(0, 128), [](int letter) { return static_cast<char>(letter); }));
  return rc::gen::build<Choice>(rc::gen::set(&Choice::call), rc::gen::set(&Choice::owner, below(3)),
                                rc::gen::set(&Choice::index, below(3)),
                                rc::gen::set(&Choice::first), rc::gen::set(&Choice::annotated),
                                rc::gen::set(&Choice::piece, piece));
}

RC_GTEST_PROP(EventDataWriter, ShowsEveryDeltaAsIfItWereAlone, ()) {
  const auto chosen = *rc::gen::container<std::vector<Choice>>(choices());
  const Owners owners;
  EventDataWriter writer(View{.profile = WireProfile::schema});
  for (const Choice& choice : chosen) {
    const LoggedEvent event = event_of(owners, choice);
    std::string data = "kept ";
    writer.append(data, event);
    RC_ASSERT(data == "kept " + expected(owners, choice).dump());
  }
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
