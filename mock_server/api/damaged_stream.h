#pragma once
// What a fault does to the events of a stream on their way, one event after another.
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "assistants_mock/fault.h"
#include "mock_server/api/request.h"

namespace assistants_mock::mock_server::api {

class DamagedStream {
 public:
  using State = EventStream::State;

  // `struck` is called once: when it happens, or when there is a first piece where nothing else
  // does.
  DamagedStream(scenarios::StreamFault fault, std::function<void()> struck)
      : fault_(std::move(fault)), struck_(std::move(struck)) {}

  // Takes an event as its bytes. Once the stream is over, all further ones are dropped.
  void take(std::string_view name, std::string_view event);
  // The stream ends in order, with these bytes.
  void take_end(std::string_view done);
  bool is_over() const { return over_ != State::open; }
  bool has_struck() const { return struck_ == nullptr; }
  // Bytes that were taken and not given yet.
  std::size_t waiting() const { return waiting_.size() - given_; }

  // Appends what may be sent now to `bytes`; what then holds for the stream. `open` with bytes
  // appended asks to come again at once.
  State give(std::string& bytes);

 private:
  void happen(std::string_view name, std::string_view event);
  void strike();
  void end_with(std::string_view bytes, State state);
  void flush_held();

  scenarios::StreamFault fault_;
  std::function<void()> struck_;  // empty once it was called
  int seen_ = 0;                  // events of the name that is waited for
  bool happened_ = false;
  bool hangs_ = false;
  std::string held_;     // an event that comes after the next one
  std::string waiting_;  // to be sent, from given_ on
  std::size_t given_ = 0;
  State over_ = State::open;
};

}  // namespace assistants_mock::mock_server::api
