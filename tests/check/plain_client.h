#pragma once
// A client that sends what a test says, request by request, and waits for nothing by itself.
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "assistants_mock/check_client.h"

namespace assistants_mock::tests {

class PlainClient {
 public:
  explicit PlainClient(const mock_server::Case& asked);
  ~PlainClient();
  PlainClient(const PlainClient&) = delete;
  PlainClient& operator=(const PlainClient&) = delete;

  // The answer's status; 0 when there came none. Paths are those after /v1.
  int get(const std::string& path);
  int post(const std::string& path, const nlohmann::json& body = nlohmann::json::object());
  int remove(const std::string& path);
  // Reads the stream up to the first event that has `last`, and closes the connection there.
  void stream(const std::string& path, nlohmann::json body, std::string_view last);
  // Of the last request: empty when it came to nothing.
  const nlohmann::json& answer() const { return answer_; }

  // A conversation in the usual steps. What is created is remembered.
  void begin(const std::string& question);  // assistant, thread, message
  void say(const std::string& question);
  int start_run();
  std::string poll();  // the run's status
  int submit(const std::string& output);
  int cancel() { return post(run_path() + "/cancel"); }
  // Polls until the run has the status, and not for ever.
  void poll_until(std::string_view status);
  // What the run wrote, as its list of messages has it.
  std::string read_reply();

  std::string thread_path() const { return "/threads/" + thread; }
  std::string run_path() const { return thread_path() + "/runs/" + run; }

  std::string assistant = {};
  std::string thread = {};
  std::string run = {};

 private:
  class Connection;
  int take(int status, const std::string& body);

  std::unique_ptr<Connection> connection_;
  nlohmann::json answer_ = nullptr;
  nlohmann::json calls_ = nlohmann::json::array();  // that a run asked for last
};

}  // namespace assistants_mock::tests
