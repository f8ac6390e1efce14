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
constexpr Refusal too_many{503, "The mock server has too many open connections."};

}  // namespace

class HttpFront::Impl {
 public:
  Impl(const FrontOptions& options, Handler handler)
      : limits_(options.limits),
        handler_(std::move(handler)),
        listener_(options.host, options.port),
        open_(limits_.connections),
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
      auto socket = std::make_shared<ConnectionSocket>(std::move(accepted), limits_.idle_time,
                                                       limits_.head_time);
      if (!open_.add(socket->number())) {
        if (!stopping_) turn_away(*socket, service_, too_many);
        return;
      }
      // Taken off the list when the last holder lets go, which is before the socket closes.
      const std::shared_ptr<void> listed(nullptr,
                                         [this, socket](void*) { open_.remove(socket->number()); });
      threads_.run([this, socket, listed] { converse(*socket, service_); });
    } catch (const std::exception&) {  // no thread or no memory: only this connection ends
    }
  }

  const FrontLimits limits_;
  const Handler handler_;
  std::atomic<bool> stopping_{false};
  const Service service_{handler_, limits_, stopping_};
  ListeningSocket listener_;
  OpenConnections open_;
  ElasticThreads threads_;
  std::mutex stop_mutex_;
  std::thread accepting_;
};

HttpFront::HttpFront(const FrontOptions& options, Handler handler)
    : impl_(std::make_unique<Impl>(options, std::move(handler))) {}

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
