// Takes connections and gives each a thread of its own; what is said on them is conversation.cc's.
#include "mock_server/http/http_front.h"

#include <poll.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "mock_server/http/connection_socket.h"
#include "mock_server/http/conversation.h"
#include "mock_server/http/elastic_threads.h"
#include "mock_server/http/listening_socket.h"
#include "mock_server/http/open_connections.h"

namespace assistants_mock::mock_server::http {
namespace {

using std::chrono::milliseconds;

// Until the next try when the system has no descriptors or memory for a connection.
constexpr milliseconds shortage_pause{5};
// After which a reader that was about to wait when it was interrupted is interrupted again.
constexpr milliseconds interrupt_pause{5};

}  // namespace

class HttpFront::Impl {
 public:
  Impl(FrontOptions options, Handler handler)
      : options_(std::move(options)),
        handler_(std::move(handler)),
        listener_(options_.host, options_.port),
        open_(options_.limits.connections),
        accepting_([this] { accept_connections(); }) {}

  int port() const { return listener_.port(); }

  void stop(const std::function<void()>& interrupt) {
    const std::lock_guard lock(stop_mutex_);
    if (stopping_.exchange(true)) return;
    listener_.close_down();
    open_.end_all();
    accepting_.join();
    do
      if (interrupt) interrupt();
    while (!threads_.finish(interrupt_pause));
  }

 private:
  void accept_connections() {
    while (!stopping_) {
      FileDescriptor accepted = listener_.accept();
      if (accepted)
        serve(std::move(accepted));
      else if (!stopping_)
        ::poll(nullptr, 0, static_cast<int>(shortage_pause.count()));
    }
  }

  void serve(FileDescriptor accepted) {
    try {
      auto socket = std::make_shared<ConnectionSocket>(std::move(accepted),
                                                       milliseconds(options_.limits.idle_ms),
                                                       milliseconds(options_.limits.head_ms));
      if (!open_.add(socket)) {
        if (!stopping_) turn_away_one_too_many(*socket);
        return;
      }
      // Taken off the list when the last holder lets go, which is before the socket closes.
      const std::shared_ptr<void> listed(nullptr,
                                         [this, socket](void*) { open_.remove(socket->number()); });
      threads_.run([this, socket, listed] { converse(*socket, service_); });
    } catch (const std::exception&) {  // no thread or no memory: only this connection ends
    }
  }

  void turn_away_one_too_many(ConnectionSocket& socket) const {
    turn_away(socket, service_, {api::api_error::too_many_connections(options_.limits), true});
  }

  const FrontOptions options_;
  const Handler handler_;
  std::atomic<bool> stopping_{false};
  const Service service_{handler_, options_, stopping_};
  ListeningSocket listener_;
  OpenConnections open_;
  ElasticThreads threads_;
  std::mutex stop_mutex_;
  std::thread accepting_;
};

HttpFront::HttpFront(FrontOptions options, Handler handler)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(handler))) {}

HttpFront::~HttpFront() {
  stop();
}

int HttpFront::port() const {
  return impl_->port();
}

void HttpFront::stop(const std::function<void()>& interrupt) {
  impl_->stop(interrupt);
}

}  // namespace assistants_mock::mock_server::http
