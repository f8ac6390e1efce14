#include "mock_server/http/damaged_answer.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace assistants_mock::mock_server::http {
namespace {

using Ending = api::Delivery::Ending;
using State = api::EventStream::State;
using std::chrono::milliseconds;

// Whoever waits looks this often whether the server stops.
constexpr milliseconds round{10};

// The first bytes of a body, and then what the delivery says.
class KeptBytes : public api::EventStream {
 public:
  KeptBytes(std::shared_ptr<api::EventStream> body, std::size_t keep, Ending ending)
      : body_(std::move(body)), left_(keep), ending_(ending) {}

  State read(std::string& bytes, milliseconds patience) override {
    if (left_ == 0) return finish(patience);
    const std::size_t before = bytes.size();
    const State state = body_->read(bytes, patience);
    const std::size_t count = std::min(bytes.size() - before, left_);
    bytes.resize(before + count);
    left_ -= count;
    if (left_ == 0 && ending_ == Ending::kept) return State::ended;
    if (left_ == 0) return State::open;  // these bytes go out before anything happens
    return state;
  }

 private:
  State finish(milliseconds patience) const {
    if (ending_ == Ending::closed) return State::cut;
    if (ending_ == Ending::reset) return State::reset;
    if (ending_ == Ending::hanging) std::this_thread::sleep_for(std::min(patience, round));
    return ending_ == Ending::kept ? State::ended : State::open;
  }

  std::shared_ptr<api::EventStream> body_;
  std::size_t left_;
  Ending ending_;
};

// Waits after each piece.
class PacedPieces : public api::EventStream {
 public:
  PacedPieces(std::shared_ptr<api::EventStream> pieces, milliseconds pause)
      : pieces_(std::move(pieces)), pause_(pause) {}

  State read(std::string& bytes, milliseconds patience) override {
    if (gave_) std::this_thread::sleep_for(pause_);
    const std::size_t before = bytes.size();
    const State state = pieces_->read(bytes, patience);
    gave_ = bytes.size() > before;
    return state;
  }

 private:
  std::shared_ptr<api::EventStream> pieces_;
  milliseconds pause_;
  bool gave_ = false;
};

class HeldBody : public api::EventStream {
 public:
  explicit HeldBody(std::string body) : body_(std::move(body)) {}
  State read(std::string& bytes, milliseconds) override {
    bytes += std::exchange(body_, {});
    return State::ended;
  }

 private:
  std::string body_;
};

class CutAtOnce : public api::EventStream {
 public:
  State read(std::string&, milliseconds) override { return State::cut; }
};

}  // namespace

api::Response never_sent() {
  return {.stream = std::make_shared<CutAtOnce>()};
}

bool survives(const api::Delivery& delivery, ConnectionSocket& socket, const Service& service) {
  if (delivery.ending == Ending::kept) return true;
  while (delivery.ending == Ending::hanging && !service.stopping && !socket.peer_left())
    std::this_thread::sleep_for(round);
  return false;
}

bool await_delivery(const api::Delivery& delivery, ConnectionSocket& socket,
                    const Service& service) {
  const auto due = std::chrono::steady_clock::now() + delivery.delay;
  const bool hangs = delivery.ending == Ending::hanging && !delivery.keep_bytes;
  while (hangs || std::chrono::steady_clock::now() < due) {
    if (service.stopping || socket.peer_left()) return false;
    const auto left = std::chrono::ceil<milliseconds>(due - std::chrono::steady_clock::now());
    std::this_thread::sleep_for(hangs ? round : std::clamp(left, milliseconds(0), round));
  }
  if (delivery.ending == Ending::reset) socket.reset_at_close();
  return delivery.ending == Ending::kept || delivery.keep_bytes.has_value();
}

void spoil_body(api::Response& answer) {
  const api::Delivery delivery = std::exchange(answer.delivery, {});
  if (answer.stream && delivery.pause != milliseconds{})
    answer.stream = std::make_shared<PacedPieces>(std::move(answer.stream), delivery.pause);
  if (!delivery.keep_bytes) return;
  const std::size_t keep = *delivery.keep_bytes;
  const bool in_order = delivery.ending == Ending::kept;
  if (!answer.stream && in_order) {
    answer.body.resize(std::min(keep, answer.body.size()));
    return;
  }
  if (!answer.stream) {
    answer.length = answer.body.size();
    answer.stream = std::make_shared<HeldBody>(std::move(answer.body));
  }
  if (answer.length && in_order) answer.length = std::min<std::uint64_t>(*answer.length, keep);
  answer.stream = std::make_shared<KeptBytes>(std::move(answer.stream), keep, delivery.ending);
}

}  // namespace assistants_mock::mock_server::http
