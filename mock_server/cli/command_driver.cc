#include "mock_server/cli/command_driver.h"

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <system_error>

#include "assistants_mock/mock_server.h"
#include "mock_server/cli/client_environment.h"
#include "mock_server/cli/client_process.h"
#include "mock_server/cli/interruption.h"
#include "mock_server/cli/temporary_folder.h"

namespace assistants_mock::cli {
namespace {

using mock_server::Case;
using mock_server::ClientEnd;
using mock_server::MockServer;
using mock_server::check::CaseWatch;
using mock_server::check::ClientDriver;
using mock_server::check::NoClient;

ClientEnd as_client_end(ClientProcess::End ended, const std::string& why_stopped) {
  ClientEnd end{.success = ended.status == 0 && ended.signal == 0 && ended.by_itself,
                .output = std::move(ended.output),
                .errors = std::move(ended.errors)};
  if (!ended.by_itself) {
    end.how = ClientEnd::How::stopped;
    end.words = why_stopped;
  } else if (ended.signal != 0) {
    end.how = ClientEnd::How::crashed;
    end.words = std::string("signal ") + ::strsignal(ended.signal);
  } else if (ended.status != 0) {
    end.words = "exit status " + std::to_string(ended.status);
  }
  return end;
}

ClientEnd run_to_end(const std::vector<std::string>& command,
                     const std::vector<std::string>& environment, CaseWatch& watch) {
  std::optional<ClientProcess> process;
  try {
    process.emplace(command, environment);
  } catch (const std::system_error& error) {
    throw NoClient("the command cannot be started: " + std::string(error.what()) +
                   (error.code() == std::errc::no_such_file_or_directory
                        ? ". Is it written as on a shell's command line, with its path?"
                        : ""));
  }
  ClientProcess::End ended = process->wait([&](auto patience) {
    require_no_interruption();
    return watch.should_stop(patience);
  });
  return as_client_end(std::move(ended), watch.reason());
}

class CommandDriver : public ClientDriver {
 public:
  explicit CommandDriver(std::vector<std::string> command) : command_(std::move(command)) {}

  ClientEnd converse(const Case& asked, CaseWatch& watch, MockServer&) override {
    auto environment = client_environment(asked.base_url, asked.api_key);
    if (std::getenv("NODE_COMPILE_CACHE") == nullptr)
      environment.push_back("NODE_COMPILE_CACHE=" + compiled_.path());
    return run_to_end(command_, environment, watch);
  }

 private:
  const std::vector<std::string> command_;
  // Node 22 keeps there what it compiled, which is most of what a client does in so short a life.
  const TemporaryFolder compiled_;
};

class ServiceDriver : public ClientDriver {
 public:
  ServiceDriver(std::vector<std::string> command, std::string request)
      : command_(std::move(command)), request_(std::move(request)) {}

  bool keeps_running() const override { return true; }

  ClientEnd converse(const Case& asked, CaseWatch& watch, MockServer& server) override {
    const bool is_new = !service_ || !service_->runs();
    const auto environment = client_environment(asked.base_url, asked.api_key);
    if (is_new) begin(environment);
    ClientEnd end = request(environment, watch);
    // It may take a while before it listens.
    while (is_new && failed(end) && server.requests().empty() && service_->runs() &&
           !watch.should_stop(std::chrono::milliseconds{100}))
      end = request(environment, watch);
    wait_for_quiet(watch, server);
    if (server.requests().empty()) end.errors += service_->errors();
    // A connection that breaks may be heard of before the process is gone that broke it.
    const bool is_odd = failed(end) || server.requests().empty();
    if (is_odd && !service_->runs_after(std::chrono::milliseconds{20})) tell_of_its_end(end);
    if (end.how == ClientEnd::How::stopped) service_.reset();  // nor does what it works at end
    return end;
  }

 private:
  void begin(const std::vector<std::string>& environment) {
    service_.reset();
    try {
      service_.emplace(command_, environment);
    } catch (const std::system_error& error) {
      throw NoClient("the service cannot be started: " + std::string(error.what()));
    }
  }
  ClientEnd request(const std::vector<std::string>& environment, CaseWatch& watch) const {
    return run_to_end({"/bin/sh", "-c", request_}, environment, watch);
  }
  // What it does after its answer, such as cleaning up, still belongs to this case.
  static void wait_for_quiet(CaseWatch& watch, MockServer& server) {
    constexpr std::chrono::milliseconds quiet{20};
    std::size_t seen = server.requests().size();
    while (server.wait_for_requests({}, seen + 1, quiet) && !watch.should_stop({}))
      seen = server.requests().size();
  }
  static bool failed(const ClientEnd& end) {
    return end.how == ClientEnd::How::ended && !end.success;
  }
  void tell_of_its_end(ClientEnd& end) {
    const ClientEnd service =
        as_client_end(service_->wait([](auto) { return true; }), /*why_stopped=*/"");
    end.how = ClientEnd::How::crashed;
    end.words = service.words.empty() ? "the service ended by itself, as one that serves does not"
                                      : "the service ended with " + service.words;
    end.errors = service.errors;
  }

  const std::vector<std::string> command_;
  const std::string request_;
  std::optional<ClientProcess> service_;
};

}  // namespace

std::unique_ptr<ClientDriver> command_driver(std::vector<std::string> command) {
  return std::make_unique<CommandDriver>(std::move(command));
}

std::unique_ptr<ClientDriver> service_driver(std::vector<std::string> command,
                                             std::string request) {
  return std::make_unique<ServiceDriver>(std::move(command), std::move(request));
}

}  // namespace assistants_mock::cli
