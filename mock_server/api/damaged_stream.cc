#include "mock_server/api/damaged_stream.h"

#include <algorithm>
#include <utility>

#include "mock_server/api/sse.h"

namespace assistants_mock::mock_server::api {
namespace {

using Outcome = scenarios::StreamFault::Outcome;

// docs/wire/streaming.md, M: the service's form, and the schema's that some SDKs take for it.
constexpr std::string_view error =
    R"({"message":"The server had an error processing your request. Sorry about that!",)"
    R"("type":"server_error","param":null,"code":null})";

// Bytes that were given are kept no longer than until they are so many.
constexpr std::size_t most_given = std::size_t{32} * 1024;

constexpr bool begins_long_character(char byte) {
  return static_cast<unsigned char>(byte) >= 0xC0;
}
constexpr bool continues_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80;
}

// About the middle, between two characters.
std::size_t middle_of(std::string_view event) {
  std::size_t middle = event.size() / 2;
  while (middle > 0 && continues_character(event[middle])) --middle;
  return middle;
}

// Behind the first byte of a character that has several; npos when there is none.
std::size_t inside_character(std::string_view event) {
  const auto* begin = std::ranges::find_if(event, begins_long_character);
  return begin == event.end() ? std::string_view::npos
                              : static_cast<std::size_t>(begin - event.begin()) + 1;
}

}  // namespace

void DamagedStream::take(std::string_view name, std::string_view event) {
  if (is_over()) return;
  const bool counts = !happened_ && fault_.outcome != Outcome::none &&
                      (fault_.after == "*" || fault_.after == name);
  if (counts && ++seen_ >= fault_.nth) return happen(name, event);
  waiting_ += event;
  if (held_.empty()) return;
  strike();
  flush_held();
}

// An event that lacks what the fault needs leaves its turn to the next one of the name.
void DamagedStream::happen(std::string_view name, std::string_view event) {
  const std::size_t inside = inside_character(event);
  if (fault_.outcome == Outcome::cut_in_character && inside == std::string_view::npos) {
    waiting_ += event;
    return;
  }
  happened_ = true;
  if (fault_.outcome != Outcome::swap) strike();
  switch (fault_.outcome) {
    case Outcome::none:
      return;
    case Outcome::cut:
      return end_with(event, State::cut);
    case Outcome::cut_inside:
      return end_with(event.substr(0, middle_of(event)), State::cut);
    case Outcome::cut_in_character:
      return end_with(event.substr(0, inside), State::cut);
    case Outcome::reset:
      return end_with(event, State::reset);
    case Outcome::hang:
      hangs_ = true;
      return end_with(event, State::cut);
    case Outcome::end:
      return end_with(event, State::ended);
    case Outcome::error:
      waiting_ += event;
      append_event(waiting_, "error", std::string(R"({"error":)") + std::string(error) + '}');
      return take_end("event: done\ndata: [DONE]\n\n");
    case Outcome::bare_error:
      waiting_ += event;
      append_event(waiting_, "error", error);
      return take_end("event: done\ndata: [DONE]\n\n");
    case Outcome::unknown_event:
      waiting_ += event;
      return append_event(
          waiting_, "thread.run.annotated",
          R"({"object":"thread.run.annotation","after":")" + std::string(name) + R"("})");
    case Outcome::repeat:
      waiting_.append(event).append(event);
      return;
    case Outcome::swap:
      held_ = event;
      return;
    case Outcome::rename:
      waiting_.append("event: ").append(fault_.as).append(event.substr(event.find('\n')));
      return;
  }
}

void DamagedStream::strike() {
  if (const auto struck = std::exchange(struck_, nullptr)) struck();
}

void DamagedStream::flush_held() {
  waiting_ += held_;
  held_.clear();
}

void DamagedStream::take_end(std::string_view done) {
  if (is_over()) return;
  flush_held();
  end_with(done, State::ended);
}

void DamagedStream::end_with(std::string_view bytes, State state) {
  waiting_ += bytes;
  over_ = state;
}

EventStream::State DamagedStream::give(std::string& bytes) {
  const std::size_t most = fault_.pieces == 0 ? waiting() : static_cast<std::size_t>(fault_.pieces);
  const std::size_t count = std::min(most, waiting());
  bytes.append(waiting_, given_, count);
  if (fault_.outcome == Outcome::none && count != 0) strike();
  given_ += count;
  if (given_ > most_given) waiting_.erase(0, std::exchange(given_, 0));
  if (waiting() != 0) return State::open;
  waiting_.clear();
  given_ = 0;
  if (hangs_) return State::open;
  return over_;
}

}  // namespace assistants_mock::mock_server::api
