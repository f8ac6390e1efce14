#include "mock_server/api/run_stream.h"

#include <algorithm>

#include "mock_server/api/sse.h"

namespace assistants_mock::mock_server::api {
namespace {

// After which a read is enough: it is written while other requests wait.
constexpr std::size_t bytes_at_once = std::size_t{32} * 1024;
constexpr std::size_t usual_event_bytes = 256;

}  // namespace

bool RunStream::whole() {
  searched_ = std::max(searched_, place_);
  while (!end_found_ && searched_ < log_->size())
    end_found_ = engine::ends_stream((*log_)[searched_++].name);
  return end_found_;
}

// The first version had no event for runs that are incomplete: to it they are completed.
std::string_view RunStream::name_of(const engine::LoggedEvent& event) const {
  const bool unknown =
      version_ == ApiVersion::first && event.name == engine::EventName::run_incomplete;
  return engine::name(unknown ? engine::EventName::run_completed : event.name);
}

// Event by event, so that a fault finds each of them.
EventStream::State RunStream::read_damaged(std::string& bytes) {
  while (place_ < log_->size() && !damage_->is_over() && damage_->waiting() < bytes_at_once) {
    const engine::LoggedEvent& event = (*log_)[place_++];
    std::string frame;
    begin_event(frame, name_of(event));
    data_.append(frame, event);
    end_event(frame);
    damage_->take(engine::name(event.name), frame);  // as scripts call it
    if (!engine::ends_stream(event.name)) continue;
    std::string done;
    append_event(done, "done", "[DONE]");
    damage_->take_end(done);
  }
  return damage_->give(bytes);
}

EventStream::State RunStream::read(std::string& bytes, std::chrono::milliseconds) {
  if (damage_) return read_damaged(bytes);
  const std::size_t full = bytes.size() + bytes_at_once;
  bytes.reserve(std::min(full, bytes.size() + (log_->size() - place_) * usual_event_bytes));
  while (place_ < log_->size() && bytes.size() < full) {
    const engine::LoggedEvent& event = (*log_)[place_++];
    begin_event(bytes, name_of(event));
    data_.append(bytes, event);
    end_event(bytes);
    if (!engine::ends_stream(event.name)) continue;
    append_event(bytes, "done", "[DONE]");
    return State::ended;
  }
  return State::open;
}

}  // namespace assistants_mock::mock_server::api
