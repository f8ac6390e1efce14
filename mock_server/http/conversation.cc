// httplib is the parser of bodies and the writer of answers. It is never shown a head as it came:
// its request line says "POST /" and its headers are those that frame the body, so what httplib
// would do by itself (routes, percent-decoding, compression, ranges, multipart) does not happen. As
// there are no routes, every request that was read whole ends in httplib's error handler with
// status 404, and there the API's handler answers it.
#include "mock_server/http/conversation.h"

#include <httplib.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "mock_server/http/answer_headers.h"
#include "mock_server/http/chunk_framing.h"
#include "mock_server/http/request_head.h"

namespace assistants_mock::mock_server::http {
namespace {

constexpr int read_whole =
    404;  // httplib's outcome of a request without fault, as nothing is routed
constexpr std::chrono::milliseconds longest_wait{250};  // until a client's leaving is noticed

constexpr Refusal bad_body{400, "The request body is malformed or incomplete."};
constexpr Refusal too_slow{408, "The request did not arrive in time."};
constexpr Refusal body_too_large{413, "The request body is too large."};
constexpr Refusal head_too_large{431, "The request head is too large."};
constexpr Refusal bad_head{400, "The request head is not HTTP/1.1."};
constexpr Refusal failed{500, "The mock server failed to answer this request."};

// The head that httplib is given for `head`. HEAD stays HEAD, so that no body is written.
std::string framing_head(const RequestHead& head) {
  std::string text = head.method == "HEAD" ? "HEAD / HTTP/1.1\r\n" : "POST / HTTP/1.1\r\n";
  if (head.expects_continue) text += "Expect: 100-continue\r\n";
  if (head.chunked)
    text += "Transfer-Encoding: chunked\r\n\r\n";
  else
    text.append("Content-Length: ").append(std::to_string(head.content_length)).append("\r\n\r\n");
  return text;
}

// What one request of a connection looks like to httplib: the framing head, then the body, then
// nothing. Members without `override` are pure in some versions of httplib and unknown to others.
class RequestStream final : public httplib::Stream {
 public:
  RequestStream(ConnectionSocket& socket, const FrontLimits& limits)
      : socket_(socket), limits_(limits) {}

  void start(const RequestHead& head) {
    head_ = framing_head(head);
    head_read_ = 0;
    chunks_.reset();
    if (head.chunked) chunks_.emplace(limits_.body_bytes);
    content_left_ = head.content_length;
    failure_.reset();
  }

  // Why the body was not read to its end, if it is known here.
  const std::optional<Refusal>& failure() const { return failure_; }

  ssize_t read(char* to, std::size_t size) override {
    if (head_read_ < head_.size()) {
      const std::size_t count = head_.copy(to, size, head_read_);
      head_read_ += count;
      return static_cast<ssize_t>(count);
    }
    if (at_end()) return 0;
    if (socket_.unread().empty() && !await_body()) return -1;
    const std::size_t count = pass(socket_.unread().substr(0, size));
    if (failure_) return -1;
    socket_.unread().copy(to, count);
    socket_.consume(count);
    return static_cast<ssize_t>(count);
  }

  ssize_t write(const char* bytes, std::size_t size) override {
    return socket_.write({bytes, size}) ? static_cast<ssize_t>(size) : -1;
  }

  bool is_readable() const override { return head_read_ < head_.size() || !at_end(); }
  // NOLINTNEXTLINE(modernize-use-override): it overrides something in some versions only
  virtual bool is_writable() const { return !socket_.peer_gone(); }    // until 0.19
  virtual bool wait_readable() const { return is_readable(); }         // from 0.20
  virtual bool wait_writable() const { return !socket_.peer_gone(); }  // from 0.20
  virtual bool is_peer_alive() const { return !socket_.peer_gone(); }  // from 0.34
  virtual time_t duration() const { return 0; }                        // from 0.19
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return socket_.number(); }

 private:
  bool at_end() const {
    return chunks_ ? chunks_->state() == ChunkFraming::State::complete : content_left_ == 0;
  }

  // How many of `bytes` belong to the body.
  std::size_t pass(std::string_view bytes) {
    if (!chunks_) {
      const std::size_t count = std::min(bytes.size(), content_left_);
      content_left_ -= count;
      return count;
    }
    const std::size_t count = chunks_->pass(bytes);
    if (chunks_->state() == ChunkFraming::State::too_large) failure_ = body_too_large;
    if (chunks_->state() == ChunkFraming::State::malformed) failure_ = bad_body;
    return count;
  }

  bool await_body() {
    if (!socket_.flush()) return false;  // "100 Continue" may be among it
    const ConnectionSocket::Arrival arrival = socket_.await_more();
    if (arrival == ConnectionSocket::Arrival::late) failure_ = too_slow;
    return arrival == ConnectionSocket::Arrival::bytes;
  }

  ConnectionSocket& socket_;
  const FrontLimits& limits_;
  std::string head_;
  std::size_t head_read_ = 0;
  std::optional<ChunkFraming> chunks_;  // of a chunked body; any other has its length
  std::size_t content_left_ = 0;
  std::optional<Refusal> failure_;
};

// A server of its own for each connection, so that its callbacks know whom they serve.
class Conversation : private httplib::Server {
 public:
  Conversation(ConnectionSocket& socket, const Service& service)
      : socket_(socket), service_(service), stream_(socket, service.limits) {
    svr_sock_ = socket.number();  // httplib ends streams of a server that listens to no socket
    set_payload_max_length(service.limits.body_bytes);
    set_error_handler(HandlerWithResponse([this](const httplib::Request&, httplib::Response& out) {
      answer(out);
      return HandlerResponse::Handled;
    }));
    // The last word on headers: httplib adds Keep-Alive and others of its own.
    set_post_routing_handler([this](const httplib::Request&, httplib::Response& out) {
      out.headers.clear();
      for (auto& [name, value] : headers_) out.headers.emplace(std::move(name), std::move(value));
    });
  }
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;
  ~Conversation() override { svr_sock_ = INVALID_SOCKET; }  // it is not httplib's to close

  void run() {
    while (!service_.stopping && read_head() && answer_request()) {
    }
  }

  void refuse(const Refusal& refusal) {
    refusal_ = refusal;
    let_httplib_serve();
    socket_.flush();
  }

 private:
  bool read_head();
  bool scan_unread(std::size_t& scanned);
  bool answer_request();
  bool let_httplib_serve();
  void answer(httplib::Response& out);
  api::Response make_answer(int outcome);
  api::Response ask_handler();
  void send_stream(std::shared_ptr<api::EventStream> stream, bool chunked, httplib::Response& out);
  bool pass_on(api::EventStream& stream, bool begun, httplib::DataSink& sink);

  // The arguments of process_request changed twice: four until 0.17, addresses and ports in front
  // of them from 0.18, one more with a default at the end from 0.33. Only a template may leave out
  // the branch that does not compile.
  template <typename Stream>
  bool process(Stream& stream) {
    bool closed = false;
    const std::function<void(httplib::Request&)> note_request = [this](httplib::Request& request) {
      request_ = &request;
    };
    if constexpr (requires { this->process_request(stream, false, closed, note_request); })
      return this->process_request(stream, false, closed, note_request);
    else
      return this->process_request(stream, {}, 0, {}, 0, false, closed, note_request);
  }

  ConnectionSocket& socket_;
  const Service& service_;
  RequestStream stream_;
  RequestHead head_;
  std::optional<Refusal> refusal_;       // instead of asking the handler
  httplib::Request* request_ = nullptr;  // as httplib reads it; valid while it processes
  api::Headers headers_;                 // of the answer under way
  bool closes_ = false;                  // the answer under way is the last
};

// False when no further request comes. A head that is not served sets refusal_.
bool Conversation::read_head() {
  head_ = {};
  refusal_.reset();
  do {
    if (socket_.await_request() != ConnectionSocket::Arrival::bytes) return false;
    // Some clients send an empty line after a body (RFC 9112, section 2.2).
    while (socket_.unread().starts_with("\r\n")) socket_.consume(2);
  } while (socket_.unread().empty());

  std::size_t scanned = 0;
  while (!scan_unread(scanned)) {
    const ConnectionSocket::Arrival arrival = socket_.await_more();
    if (arrival == ConnectionSocket::Arrival::closed) return false;
    if (arrival == ConnectionSocket::Arrival::late) {
      refusal_ = too_slow;
      return true;
    }
  }
  return true;
}

// True when it is known what to do: head_ or refusal_ is set.
bool Conversation::scan_unread(std::size_t& scanned) {
  const std::string_view unread = socket_.unread();
  const HeadScan scan = scan_head(unread, scanned);
  scanned = unread.size();
  if (scan.state == HeadScan::State::malformed) refusal_ = bad_head;
  if (scan.state == HeadScan::State::incomplete && scanned > service_.limits.head_bytes)
    refusal_ = head_too_large;
  if (scan.state != HeadScan::State::complete) return refusal_.has_value();

  auto parsed = parse_request_head(unread.substr(0, scan.size), service_.limits);
  if (const Refusal* refused = std::get_if<Refusal>(&parsed))
    refusal_ = *refused;
  else
    head_ = std::move(std::get<RequestHead>(parsed));
  socket_.consume(scan.size);
  return true;
}

// True when the connection goes on.
bool Conversation::answer_request() {
  const bool complete = let_httplib_serve();
  if (!socket_.flush() || !complete) return false;
  if (closes_) socket_.linger();
  return !closes_;
}

// False when the answer could not be written to its end.
bool Conversation::let_httplib_serve() {
  stream_.start(head_);
  return process(stream_);
}

void Conversation::answer(httplib::Response& out) {
  api::Response answer = make_answer(out.status);
  const Framing framing = framing_of(answer, !head_.http_1_0);
  closes_ = closes_ || asks_to_close(answer);
  headers_ = wire_headers(answer, framing, closes_);
  out.status = answer.status;
  if (framing == Framing::none) return;
  if (answer.stream)
    send_stream(std::move(answer.stream), framing == Framing::chunks, out);
  else
    out.body = std::move(answer.body);
}

api::Response Conversation::make_answer(int outcome) {
  if (!refusal_) refusal_ = stream_.failure();
  if (!refusal_ && outcome != read_whole) refusal_ = bad_body;
  closes_ = refusal_ || head_.closes;
  return refusal_ ? answer_to(*refusal_) : ask_handler();
}

api::Response Conversation::ask_handler() {
  try {
    api::Response answer = service_.handler({.method = std::move(head_.method),
                                             .target = std::move(head_.target),
                                             .headers = std::move(head_.headers),
                                             .body = std::move(request_->body)});
    if (answer.status >= 200 && answer.status <= 999) return answer;
  } catch (...) {  // whatever it is, the other connections go on
  }
  return answer_to(failed);
}

void Conversation::send_stream(std::shared_ptr<api::EventStream> stream, bool chunked,
                               httplib::Response& out) {
  auto provider = [this, stream = std::move(stream), begun = false](
                      std::size_t, httplib::DataSink& sink) mutable {
    return pass_on(*stream, std::exchange(begun, true), sink);
  };
  if (chunked)
    out.set_chunked_content_provider("text/event-stream", std::move(provider));
  else
    out.set_content_provider("text/event-stream", std::move(provider));
}

// One round of a stream: whatever is ready, in one chunk and at once. The first round does not
// wait, so that the head is not held up by the first event. False cuts the connection.
bool Conversation::pass_on(api::EventStream& stream, bool begun, httplib::DataSink& sink) {
  using State = api::EventStream::State;
  if (service_.stopping) return false;
  std::string bytes;
  const State state = stream.read(bytes, begun ? longest_wait : std::chrono::milliseconds(0));
  if (state == State::cut && bytes.empty() && !begun) {
    socket_.drop_unsent();  // cut before its first byte, an answer has no head either
    return false;
  }
  if (!bytes.empty() && !sink.write(bytes.data(), bytes.size())) return false;
  if (state == State::ended) sink.done();
  if (!socket_.flush() || state == State::cut) return false;
  return state == State::ended || !bytes.empty() || !socket_.peer_gone();
}

}  // namespace

void converse(ConnectionSocket& socket, const Service& service) {
  try {
    Conversation(socket, service).run();
  } catch (...) {  // a stream threw, or memory is short: its connection ends, the others go on
  }
}

void turn_away(ConnectionSocket& socket, const Service& service, const Refusal& refusal) {
  try {
    Conversation(socket, service).refuse(refusal);
  } catch (...) {  // then without a word
  }
}

}  // namespace assistants_mock::mock_server::http
