#pragma once
// The bytes of one connection: read into a buffer that outlives each request, so that pipelined
// requests are all found, and written out as few times as can be. Knows nothing of HTTP.
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "mock_server/http/file_descriptor.h"

namespace assistants_mock::mock_server::http {

class ConnectionSocket {
 public:
  enum class Arrival {
    bytes,   // at least one was added to unread()
    closed,  // no more will come
    late,    // the time for it is over
  };

  // `idle_time` bounds the wait for a request and for a client that does not read; `request_time`
  // the time from a request's first byte to its last.
  ConnectionSocket(FileDescriptor socket, std::chrono::milliseconds idle_time,
                   std::chrono::milliseconds request_time);

  int number() const { return socket_.number(); }

  // Starts the next request. Waits for its first bytes unless some are here already.
  Arrival await_request();
  // Waits for more of the request under way.
  Arrival await_more();
  // Gives the request under way its whole time again.
  void renew_deadline() { deadline_.reset(); }

  std::string_view unread() const { return std::string_view(incoming_).substr(read_); }
  void consume(std::size_t count);

  // Keeps `bytes` to be sent with the next flush, or sends them where they are too many to keep.
  // False when the client cannot be reached any more; then everything further is dropped.
  bool write(std::string_view bytes);
  bool flush();
  void drop_unsent() { outgoing_.clear(); }

  // Whether nothing can reach the client any more. One that has closed its sending side alone still
  // reads; one that has closed both is known when something was sent to it, or within two minutes.
  bool peer_gone() const;

  // From now on the end of the connection is a reset, and what was not sent yet is lost.
  void reset_at_close() const;

  // The same, of a client that has closed its sending side too: one that waits for an answer that
  // does not come is taken to have left.
  bool peer_left() const;

  // Ends both directions at once; whoever waits for this connection wakes. From any thread.
  void shut_down() const;

  // Tells the client that nothing follows and reads what it still sends, for `request_time` at
  // most: closing on unread bytes would reset the connection, and with it an answer under way.
  void linger();

 private:
  using Clock = std::chrono::steady_clock;
  void keep_alive() const;
  std::chrono::milliseconds time_left();
  bool wait_readable(std::chrono::milliseconds patience) const;
  Arrival receive(int flags);
  bool send_all(std::string_view bytes, int flags);

  FileDescriptor socket_;
  std::chrono::milliseconds request_time_;
  std::optional<Clock::time_point> deadline_;  // set by the first wait of a request
  std::string incoming_;
  std::size_t read_ = 0;  // how much of incoming_ was consumed
  std::string outgoing_;
  bool broken_ = false;
};

}  // namespace assistants_mock::mock_server::http
