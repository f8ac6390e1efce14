#pragma once
// What a thread of a race does, and who is there to answer: the world that is raced in.
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "assistants_mock/mock_server.h"
#include "mock_server/api/api.h"
#include "mock_server/tenants/tenants.h"
#include "state_machine/instant.h"

namespace assistants_mock::tests {

using mock_server::api::EventStream;
using state_machine::Duration;

// Of a stream two things can be observed. Opening it is a request like others. Each read takes what
// the run's log holds at that moment, from where the last read ended: it is an operation of its
// own, with its own place in the order. A read that finds nothing new changes nothing and is left
// out.
enum class ActKind {
  request,
  advance,    // manual time passes
  read,       // what the thread's latest stream has ready
  read_rest,  // the same until the stream ends; something must be sure to end it
};

struct Act {
  ActKind kind = ActKind::request;
  std::string method = {};
  std::string path = {};  // after /v1; {id} is the object that the thread was last answered with
  std::string body = {};
  Duration by = {};
};
using Program = std::vector<Act>;  // of one thread

Act get(std::string path);
Act post(std::string path, std::string body = "{}");
Act del(std::string path);
Act advance(Duration by);
Act read_stream();
Act read_rest();
std::string name_of(const Act& act);

struct Answer {
  int status = 0;
  std::string text = {};  // status, content type and body, compared as bytes; no request id
  std::string body = {};
  std::shared_ptr<EventStream> stream = nullptr;
};
mock_server::api::Request request_of(const Act& act);
Answer answer_of(mock_server::api::Response response);
// What a read is compared by.
std::string text_of_read(EventStream::State state, const std::string& bytes);

// May be asked from any thread.
class RacedWorld {
 public:
  virtual ~RacedWorld() = default;
  virtual Answer ask(const Act& act) = 0;
  virtual void advance(Duration by) = 0;
};

// What all worlds of a race have in common, so that their answers are the same bytes.
mock_server::api::ApiOptions options_of_races();
inline constexpr const char* key_of_races = "racing";
// The same for one key alone.
mock_server::api::ApiOptions options_of_key(const std::string& key);

// All threads at one server without sockets.
class TenantsWorld : public RacedWorld {
 public:
  explicit TenantsWorld(const std::string& scenario);
  Answer ask(const Act& act) override;
  void advance(Duration by) override;

 private:
  mock_server::tenants::Tenants tenants_;
};

// The same over real sockets, a connection for each request. Streams are read to their end before
// they are answered with.
class SocketWorld : public RacedWorld {
 public:
  explicit SocketWorld(const std::string& scenario);
  Answer ask(const Act& act) override;
  void advance(Duration by) override;

 private:
  mock_server::MockServer server_;
};

}  // namespace assistants_mock::tests
