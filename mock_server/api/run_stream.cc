#include "mock_server/api/run_stream.h"

#include "mock_server/api/sse.h"
#include "mock_server/api/wire_json.h"

namespace assistants_mock::mock_server::api {

bool RunStream::whole() {
  searched_ = std::max(searched_, place_);
  while (!end_found_ && searched_ < log_->size())
    end_found_ = engine::ends_stream((*log_)[searched_++].name);
  return end_found_;
}

EventStream::State RunStream::read(std::string& bytes, std::chrono::milliseconds) {
  while (place_ < log_->size()) {
    const engine::LoggedEvent& event = (*log_)[place_++];
    append_event(bytes, engine::name(event.name), event_data(event, profile_));
    if (!engine::ends_stream(event.name)) continue;
    append_event(bytes, "done", "[DONE]");
    return State::ended;
  }
  return State::open;
}

}  // namespace assistants_mock::mock_server::api
