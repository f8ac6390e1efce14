// Runs a client that is a function, and stops its server when it takes too long.
#include <thread>

#include "assistants_mock/mock_server.h"
#include "mock_server/check/client_driver.h"

namespace assistants_mock::mock_server::check {
namespace {

class FunctionDriver : public ClientDriver {
 public:
  explicit FunctionDriver(Client client) : client_(std::move(client)) {}

  ClientEnd converse(const Case& asked, CaseWatch& watch, MockServer& server) override {
    bool was_stopped = false;
    std::thread watcher([&] {
      was_stopped = watch.should_stop(std::chrono::hours{24});
      if (was_stopped) server.stop();
    });
    ClientEnd end = outcome(asked);
    watch.end();
    watcher.join();
    if (was_stopped) {
      end.how = ClientEnd::How::stopped;
      end.words = watch.reason();
    }
    return end;
  }

 private:
  ClientEnd outcome(const Case& asked) const {
    try {
      return client_(asked);
    } catch (const std::exception& error) {
      return crash(error.what());
    } catch (...) {
      return crash("an exception of an unknown kind");
    }
  }

  static ClientEnd crash(std::string words) {
    ClientEnd end;
    end.how = ClientEnd::How::crashed;
    end.success = false;
    end.words = std::move(words);
    return end;
  }

  Client client_;
};

}  // namespace

std::unique_ptr<ClientDriver> function_driver(Client client) {
  return std::make_unique<FunctionDriver>(std::move(client));
}

}  // namespace assistants_mock::mock_server::check
