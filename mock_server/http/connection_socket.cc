#include "mock_server/http/connection_socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace assistants_mock::mock_server::http {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t block_bytes = std::size_t{16} * 1024;
constexpr std::size_t kept_bytes = std::size_t{64} * 1024;  // more are sent at once
constexpr std::size_t idle_bytes =
    std::size_t{4} * 1024;  // what a buffer may hold on to between two requests

constexpr int probe_seconds = 15;

timeval to_timeval(milliseconds time) {
  timeval value{};
  value.tv_sec = static_cast<time_t>(time.count() / 1000);
  value.tv_usec = static_cast<suseconds_t>(time.count() % 1000 * 1000);
  return value;
}

void release(std::string& buffer) {
  if (buffer.empty() && buffer.capacity() > idle_bytes) std::string().swap(buffer);
}

}  // namespace

ConnectionSocket::ConnectionSocket(FileDescriptor socket, milliseconds idle_time,
                                   milliseconds request_time)
    : socket_(std::move(socket)), request_time_(request_time) {
  // Without it an answer in two pieces waits for the client's delayed acknowledgement: 40 ms.
  const int yes = 1;
  ::setsockopt(number(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  keep_alive();
  const timeval patience = to_timeval(std::max(idle_time, milliseconds(1)));  // 0 would be for ever
  ::setsockopt(number(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(number(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

// A client that closes while it has nothing to read looks, to TCP, like one that only sends no
// more. Its machine gives the difference away when it is asked a minute later.
void ConnectionSocket::keep_alive() const {
  const auto set = [this](int level, int option, int value) {
    ::setsockopt(number(), level, option, &value, sizeof value);
  };
  set(SOL_SOCKET, SO_KEEPALIVE, 1);
  set(IPPROTO_TCP, TCP_KEEPIDLE, probe_seconds);
  set(IPPROTO_TCP, TCP_KEEPINTVL, probe_seconds);
  set(IPPROTO_TCP, TCP_KEEPCNT, 4);
}

ConnectionSocket::Arrival ConnectionSocket::await_request() {
  deadline_.reset();
  incoming_.erase(0, std::exchange(read_, 0));
  if (!incoming_.empty()) return Arrival::bytes;
  release(incoming_);
  release(outgoing_);
  return receive(0);
}

ConnectionSocket::Arrival ConnectionSocket::await_more() {
  while (wait_readable(time_left())) {
    const Arrival arrival = receive(MSG_DONTWAIT);
    if (arrival != Arrival::late) return arrival;
  }
  return Arrival::late;
}

void ConnectionSocket::consume(std::size_t count) {
  read_ += count;
  if (read_ < incoming_.size()) return;
  incoming_.clear();
  read_ = 0;
}

// The clock is read only for requests that do not arrive in one piece.
milliseconds ConnectionSocket::time_left() {
  const Clock::time_point now = Clock::now();
  if (!deadline_) deadline_ = now + request_time_;
  return std::chrono::ceil<milliseconds>(*deadline_ - now);
}

// True when recv has something to say; after a signal too, where it says that it has not.
bool ConnectionSocket::wait_readable(milliseconds patience) const {
  pollfd waited{number(), POLLIN, 0};
  const auto longest = std::clamp<milliseconds::rep>(patience.count(), 0, 3'600'000);
  const int ready = ::poll(&waited, 1, static_cast<int>(longest));
  return ready > 0 || (ready < 0 && errno == EINTR);
}

// The block lies on the stack so that an idle connection holds no buffer while it waits in recv.
ConnectionSocket::Arrival ConnectionSocket::receive(int flags) {
  std::array<char, block_bytes> block;
  ssize_t count = 0;
  do count = ::recv(number(), block.data(), block.size(), flags);
  while (count < 0 && errno == EINTR);
  if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return Arrival::late;
  if (count <= 0) return Arrival::closed;
  incoming_.append(block.data(), static_cast<std::size_t>(count));
  return Arrival::bytes;
}

bool ConnectionSocket::write(std::string_view bytes) {
  if (outgoing_.size() + bytes.size() <= kept_bytes) {
    outgoing_.append(bytes);
    return !broken_;
  }
  const bool sent = send_all(outgoing_, MSG_MORE) && send_all(bytes, 0);
  outgoing_.clear();
  return sent;
}

bool ConnectionSocket::flush() {
  const bool sent = send_all(outgoing_, 0);
  outgoing_.clear();
  return sent;
}

bool ConnectionSocket::send_all(std::string_view bytes, int flags) {
  while (!bytes.empty() && !broken_) {
    const ssize_t count = ::send(number(), bytes.data(), bytes.size(), MSG_NOSIGNAL | flags);
    if (count >= 0)
      bytes.remove_prefix(static_cast<std::size_t>(count));
    else
      broken_ = errno != EINTR;
  }
  return !broken_;
}

bool ConnectionSocket::peer_gone() const {
  pollfd watched{number(), 0, 0};  // broken or closed both ways, which need not be asked for
  return broken_ || ::poll(&watched, 1, 0) > 0;
}

bool ConnectionSocket::peer_left() const {
  pollfd watched{number(), POLLRDHUP, 0};
  return broken_ || ::poll(&watched, 1, 0) > 0;
}

void ConnectionSocket::reset_at_close() const {
  const ::linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(number(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

void ConnectionSocket::shut_down() const {
  ::shutdown(number(), SHUT_RDWR);
}

void ConnectionSocket::linger() {
  ::shutdown(number(), SHUT_WR);
  deadline_.reset();
  do consume(unread().size());
  while (await_more() == Arrival::bytes);
}

}  // namespace assistants_mock::mock_server::http
