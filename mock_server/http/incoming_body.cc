#include "mock_server/http/incoming_body.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "mock_server/http/chunk_framing.h"

namespace assistants_mock::mock_server::http {
namespace {

using Arrival = ConnectionSocket::Arrival;

constexpr std::size_t span_bytes = std::size_t{1} << 20;  // that have the whole time each
// Of chunks, whose taker bounds their content; far from where their sizes could overflow.
constexpr std::size_t unbounded = std::size_t{1} << 50;

class Reader {
 public:
  Reader(ConnectionSocket& socket, const RequestHead& head, const Limits& limits)
      : socket_(socket), limits_(limits), left_(head.content_length) {
    if (head.chunked) chunks_.emplace(unbounded);
  }

  Intake read_into(api::IncomingBody& body) {
    while (!at_end()) {
      if (auto refusal = await_bytes()) return {.refusal = std::move(refusal)};
      if (!pass_on(body)) return {};  // even where its end is here: how it was cut is of no account
      if (chunks_ && is_wrong(chunks_->state()))
        return {.refusal = Refusal{api::api_error::body_broken()}};
    }
    return {.whole = true};
  }

 private:
  static bool is_wrong(ChunkFraming::State state) {
    return state == ChunkFraming::State::malformed || state == ChunkFraming::State::too_large;
  }

  bool at_end() const {
    return chunks_ ? chunks_->state() == ChunkFraming::State::complete : left_ == 0;
  }

  std::optional<Refusal> await_bytes() {
    if (!socket_.unread().empty()) return std::nullopt;
    const Arrival arrival = socket_.await_more();
    if (arrival == Arrival::late) return Refusal{api::api_error::too_slow(limits_)};
    if (arrival == Arrival::closed) return Refusal{api::api_error::body_broken()};
    return std::nullopt;
  }

  // Whether more is wanted.
  bool pass_on(api::IncomingBody& body) {
    std::string_view bytes = socket_.unread();
    if (!chunks_) bytes = bytes.substr(0, std::min(bytes.size(), left_));
    content_.clear();
    const std::size_t count = chunks_ ? chunks_->pass(bytes, content_) : bytes.size();
    const bool wanted = body.take(chunks_ ? std::string_view(content_) : bytes);
    if (!chunks_) left_ -= count;
    socket_.consume(count);
    note_progress(count);
    return wanted;
  }

  void note_progress(std::size_t bytes) {
    in_span_ += bytes;
    if (in_span_ < span_bytes) return;
    in_span_ = 0;
    socket_.renew_deadline();
  }

  ConnectionSocket& socket_;
  const Limits& limits_;
  std::size_t left_;
  std::optional<ChunkFraming> chunks_;
  std::string content_;  // of the chunks in the bytes at hand
  std::size_t in_span_ = 0;
};

}  // namespace

Intake take_in(ConnectionSocket& socket, const RequestHead& head, const Limits& limits,
               api::IncomingBody& body) {
  if (!body.take({})) return {};
  if (head.expects_continue && !(socket.write("HTTP/1.1 100 Continue\r\n\r\n") && socket.flush()))
    return {.refusal = Refusal{api::api_error::body_broken()}};
  socket.renew_deadline();
  return Reader(socket, head, limits).read_into(body);
}

}  // namespace assistants_mock::mock_server::http
