// httplib is never shown a head as it came: its request line says "POST /" and its headers are
// those that frame the body, so what httplib would do by itself (routes, percent-decoding,
// compression, ranges, multipart) does not happen. As there are no routes, every request that was
// read whole ends in httplib's error handler with status 404, and there the answer is asked for.
//
// Written for Debian 12's 0.11.4. What is here for another version, or because of one, says which.
#include "mock_server/http/httplib_exchange.h"

#include <httplib.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "mock_server/http/answer_headers.h"
#include "mock_server/http/chunk_framing.h"

namespace assistants_mock::mock_server::http {
namespace {

// httplib's outcome of a request without fault, as nothing is routed.
constexpr int read_whole = 404;
constexpr std::chrono::seconds longest_silence{2};  // until a client's leaving is noticed

// The head that httplib is given for `head`. HEAD stays HEAD, so that no body is written. Any other
// has its length: until 0.18.6 httplib waited five seconds for the body of a POST without one.
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
// nothing. httplib's own stream lives for one request only and takes what it read ahead with it, in
// every version up to 0.53.1 at least; here the bytes stay with the socket. Members without
// `override` are pure in some versions of httplib and unknown to others.
class RequestStream final : public httplib::Stream {
 public:
  RequestStream(ConnectionSocket& socket, const Limits& limits)
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

  // How many of `bytes` belong to the body. The content of chunks is counted here because httplib
  // did not before 0.20.1.
  std::size_t pass(std::string_view bytes) {
    if (!chunks_) {
      const std::size_t count = std::min(bytes.size(), content_left_);
      content_left_ -= count;
      return count;
    }
    const std::size_t count = chunks_->pass(bytes);
    if (chunks_->state() == ChunkFraming::State::too_large)
      failure_ = {api::api_error::body_too_large(limits_)};
    if (chunks_->state() == ChunkFraming::State::malformed)
      failure_ = {api::api_error::body_broken()};
    return count;
  }

  bool await_body() {
    if (!socket_.flush()) return false;  // "100 Continue" may be among it
    const ConnectionSocket::Arrival arrival = socket_.await_more();
    if (arrival == ConnectionSocket::Arrival::late) failure_ = {api::api_error::too_slow(limits_)};
    return arrival == ConnectionSocket::Arrival::bytes;
  }

  ConnectionSocket& socket_;
  const Limits& limits_;
  std::string head_;
  std::size_t head_read_ = 0;
  std::optional<ChunkFraming> chunks_;  // of a chunked body; any other has its length
  std::size_t content_left_ = 0;
  std::optional<Refusal> failure_;
};

}  // namespace

// A server of its own for each connection, so that its callbacks know whom they serve.
class HttplibExchange::Server : private httplib::Server {
 public:
  Server(ConnectionSocket& socket, const Service& service)
      : socket_(socket), service_(service), stream_(socket, service.options.limits) {
    svr_sock_ = socket.number();  // httplib ends streams of a server that listens to no socket
    // 100 MiB from 0.31 on; no limit before.
    set_payload_max_length(service.options.limits.body_bytes);
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
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() override { svr_sock_ = INVALID_SOCKET; }  // it is not httplib's to close

  bool serve(const RequestHead& head, const Answerer& answerer) {
    reads_chunks_ = !head.http_1_0;
    answerer_ = &answerer;
    stream_.start(head);
    return process(stream_);
  }

 private:
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

  void answer(httplib::Response& out) {
    Answer answer = (*answerer_)(take_body(out.status));
    api::Response& response = answer.response;
    const Framing framing = framing_of(response, reads_chunks_);
    headers_ = take_wire_headers(response, framing, answer.closes);
    out.status = response.status;
    if (framing == Framing::none) return;
    if (response.stream)
      send_stream(std::move(response.stream), framing == Framing::chunks, out);
    else
      out.body = std::move(response.body);
  }

  Body take_body(int outcome) {
    if (stream_.failure()) return *stream_.failure();
    if (outcome != read_whole) return Refusal{api::api_error::body_broken()};
    return std::move(request_->body);
  }

  void send_stream(std::shared_ptr<api::EventStream> stream, bool chunked, httplib::Response& out) {
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
  bool pass_on(api::EventStream& stream, bool begun, httplib::DataSink& sink) {
    using State = api::EventStream::State;
    if (service_.stopping) return false;
    std::string bytes;
    const State state = stream.read(bytes, begun ? longest_silence : std::chrono::milliseconds(0));
    const bool cut = state == State::cut || state == State::reset;
    if (state == State::reset) socket_.reset_at_close();
    if (cut && bytes.empty() && !begun) {
      socket_.drop_unsent();  // cut before its first byte, an answer has no head either
      return false;
    }
    if (!bytes.empty() && !sink.write(bytes.data(), bytes.size())) return false;
    if (state == State::ended) sink.done();
    if (!socket_.flush() || cut) return false;
    return state == State::ended || !bytes.empty() || !socket_.peer_gone();
  }

  ConnectionSocket& socket_;
  const Service& service_;
  RequestStream stream_;
  bool reads_chunks_ = true;
  const Answerer* answerer_ = nullptr;   // of the request under way, as are the next two
  httplib::Request* request_ = nullptr;  // as httplib reads it
  api::Headers headers_;
};

HttplibExchange::HttplibExchange(ConnectionSocket& socket, const Service& service)
    : socket_(socket), service_(service) {}

HttplibExchange::~HttplibExchange() = default;

bool HttplibExchange::serve(const RequestHead& head, const Answerer& answerer) {
  if (!server_) server_ = std::make_unique<Server>(socket_, service_);
  return server_->serve(head, answerer);
}

}  // namespace assistants_mock::mock_server::http
