#include "mock_server/http/conversation.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "mock_server/http/answer_headers.h"
#include "mock_server/http/damaged_answer.h"
#include "mock_server/http/httplib_exchange.h"
#include "mock_server/http/incoming_body.h"
#include "mock_server/http/plain_answer.h"
#include "mock_server/http/request_head.h"

namespace assistants_mock::mock_server::http {
namespace {

using Arrival = ConnectionSocket::Arrival;

constexpr std::chrono::seconds longest_wait{2};  // until a stop is noticed

class Conversation {
 public:
  Conversation(ConnectionSocket& socket, const Service& service)
      : socket_(socket), service_(service), httplib_(socket, service) {}

  void run() {
    while (!service_.stopping && read_head() && answer_request()) {
    }
  }

  void turn_away(const Refusal& refusal) {
    write(answer(refusal));
    socket_.flush();
  }

 private:
  bool read_head();
  bool find_first_line();
  bool scan_unread(std::size_t& scanned);
  void choose_taker();
  bool answer_request();
  bool answer_late_body();
  bool body_is_here() const;
  std::string take_body();
  Body pass_body_on();
  Answer answer(Body body);
  api::Response ask_handler(std::string body);
  api::Response refuse(const Refusal& refusal) const;
  bool write(Answer answer);
  bool write_rest(Answer& answer);
  bool write_plain(Answer& answer);
  bool write_counted(Answer& answer);

  const Limits& limits() const { return service_.options.limits; }

  ConnectionSocket& socket_;
  const Service& service_;
  HttplibExchange httplib_;
  RequestHead head_;
  std::optional<Refusal> refusal_;               // instead of asking the handler
  std::shared_ptr<api::IncomingBody> incoming_;  // takes the body; null: it is held
  bool body_left_ = false;                       // some of the body will not be read
  bool to_head_ = false;                         // the request's method is HEAD
  bool closes_ = false;                          // the answer under way is the last
};

// False when no further request comes. A head that is not served sets refusal_.
bool Conversation::read_head() {
  head_ = {};
  refusal_.reset();
  incoming_.reset();
  body_left_ = false;
  if (!find_first_line()) return false;
  std::size_t scanned = 0;
  while (!refusal_ && !scan_unread(scanned)) {
    const Arrival arrival = socket_.await_more();
    if (arrival == Arrival::closed) return false;
    if (arrival == Arrival::late) refusal_ = {api::api_error::too_slow(limits()), true};
  }
  to_head_ = head_.method == "HEAD";
  return true;
}

// Passes over empty lines: some clients send one after a body (RFC 9112, section 2.2).
bool Conversation::find_first_line() {
  Arrival arrival = socket_.await_request();
  while (arrival == Arrival::bytes) {
    while (socket_.unread().starts_with("\r\n")) socket_.consume(2);
    const std::string_view unread = socket_.unread();
    if (!unread.empty() && unread != "\r") return true;
    arrival = unread.empty() ? socket_.await_request() : socket_.await_more();
  }
  if (arrival == Arrival::late && !socket_.unread().empty())
    refusal_ = {api::api_error::too_slow(limits()), true};
  return refusal_.has_value();
}

// True when it is known what to do: head_ was read, or refusal_ is set.
bool Conversation::scan_unread(std::size_t& scanned) {
  // What is beyond the limit is not looked at, so that the same bytes get the same answer however
  // they come.
  const std::string_view unread = socket_.unread().substr(0, limits().head_bytes);
  const HeadScan scan = scan_head(unread, scanned);
  scanned = unread.size();
  switch (scan.state) {
    case HeadScan::State::malformed:
      refusal_ = {api::api_error::head_malformed(
                      "it has a control character, or a line that does not end with CR LF"),
                  true};
      return true;
    case HeadScan::State::incomplete:
      if (socket_.unread().size() > limits().head_bytes)
        refusal_ = {api::api_error::head_too_large(limits()), true};
      return refusal_.has_value();
    case HeadScan::State::complete:
      break;
  }
  refusal_ = read_request_head(unread.substr(0, scan.size), limits(), head_);
  socket_.consume(scan.size);
  if (!refusal_) choose_taker();
  return true;
}

void Conversation::choose_taker() {
  if (const auto& open = service_.options.open_body)
    incoming_ = open(head_.method, head_.target, head_.headers);
  if (!incoming_ && head_.content_length > limits().body_bytes)
    refusal_ = {api::api_error::body_too_large(limits())};
}

// True when the connection goes on.
bool Conversation::answer_request() {
  bool complete = false;
  if (refusal_)
    complete = write(answer(*refusal_));
  else if (incoming_)
    complete = write(answer(pass_body_on()));
  else if (body_is_here())
    complete = write(answer(take_body()));
  else
    complete = answer_late_body();
  if (!socket_.flush() || !complete) return false;
  if (closes_) socket_.linger();
  return !closes_;
}

// httplib reads the body and writes the answer, but knows nothing of damage: an answer with some is
// kept from it and goes the way of all others.
bool Conversation::answer_late_body() {
  std::optional<Answer> damaged;
  const bool complete = httplib_.serve(head_, [&](Body body) {
    Answer given = answer(std::move(body));
    if (given.response.delivery == api::Delivery{}) return given;
    damaged = std::move(given);
    return Answer{never_sent()};
  });
  return damaged ? write(*std::move(damaged)) : complete;
}

bool Conversation::body_is_here() const {
  return !head_.chunked && !head_.expects_continue &&
         socket_.unread().size() >= head_.content_length;
}

std::string Conversation::take_body() {
  std::string body(socket_.unread().substr(0, head_.content_length));
  socket_.consume(body.size());
  return body;
}

Body Conversation::pass_body_on() {
  Intake intake = take_in(socket_, head_, limits(), *incoming_);
  body_left_ = !intake.whole;
  if (!intake.refusal) return std::string();
  incoming_.reset();  // with what it has kept
  return *std::move(intake.refusal);
}

Answer Conversation::answer(Body body) {
  closes_ = head_.closes || body_left_ || std::holds_alternative<Refusal>(body);
  api::Response response = std::holds_alternative<Refusal>(body)
                               ? refuse(std::get<Refusal>(body))
                               : ask_handler(std::move(std::get<std::string>(body)));
  closes_ = closes_ || asks_to_close(response);
  return {std::move(response), closes_};
}

// The head is not given away whole: a refusal names its method and target.
api::Response Conversation::ask_handler(std::string body) {
  try {
    api::Response response = service_.handler({.method = head_.method,
                                               .target = head_.target,
                                               .headers = std::move(head_.headers),
                                               .body = std::move(body),
                                               .incoming = std::move(incoming_)});
    if (response.status >= 200 && response.status <= 999) return response;
  } catch (...) {  // whatever it is, this connection and the others go on
  }
  return refuse({api::api_error::unanswered()});
}

api::Response Conversation::refuse(const Refusal& refusal) const {
  const auto& on_refused = service_.options.on_refused;
  if (!on_refused) return answer_to(refusal);
  try {
    on_refused({.method = head_.method,
                .target = head_.target,
                .status = refusal.error.status,
                .row = std::string(refusal.error.row),
                .message = refusal.error.message});
  } catch (...) {  // who only listens does not keep the client from its answer
  }
  return answer_to(refusal);
}

// False when the answer was not written to its end.
bool Conversation::write(Answer answer) {
  const api::Delivery delivery = answer.response.delivery;
  if (delivery == api::Delivery{}) return write_rest(answer);
  if (!await_delivery(delivery, socket_, service_)) return false;
  spoil_body(answer.response);
  // A body may be no longer than what was to be kept of it.
  return write_rest(answer) && socket_.flush() && survives(delivery, socket_, service_);
}

bool Conversation::write_rest(Answer& answer) {
  if (is_plain(answer.response)) return write_plain(answer);
  if (answer.response.length) return write_counted(answer);
  const RequestHead without_body{.method = to_head_ ? "HEAD" : "POST", .http_1_0 = head_.http_1_0};
  return httplib_.serve(without_body, [&](const Body&) { return std::move(answer); });
}

bool Conversation::write_plain(Answer& answer) {
  const Framing framing = framing_of(answer.response, !head_.http_1_0);
  const api::Headers headers = take_wire_headers(answer.response, framing, answer.closes);
  const bool has_body = framing == Framing::length && !to_head_;
  return socket_.write(plain_head(answer.response.status, headers)) &&
         (!has_body || socket_.write(answer.response.body));
}

// A stream whose length is known, block by block.
bool Conversation::write_counted(Answer& answer) {
  const std::shared_ptr<api::EventStream> stream = std::move(answer.response.stream);
  std::uint64_t left = to_head_ ? 0 : *answer.response.length;
  const api::Headers headers = take_wire_headers(answer.response, Framing::length, answer.closes);
  if (!socket_.write(plain_head(answer.response.status, headers))) return false;
  std::string bytes;
  while (left > 0) {
    bytes.clear();
    const api::EventStream::State state = stream->read(bytes, longest_wait);
    const bool short_of_it = state != api::EventStream::State::open && bytes.size() < left;
    if (service_.stopping || bytes.size() > left || !socket_.write(bytes) || short_of_it)
      return false;
    if (bytes.empty() && (!socket_.flush() || socket_.peer_gone())) return false;
    left -= bytes.size();
  }
  return true;
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
    Conversation(socket, service).turn_away(refusal);
  } catch (...) {  // then without a word
  }
}

}  // namespace assistants_mock::mock_server::http
