#pragma once
// The server under test, asked what the model is asked, and held against what it answers. An
// api::Api without sockets, in time that is given.
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "mock_server/api/api.h"
#include "tests/model/names.h"
#include "tests/model/operation.h"

namespace assistants_mock::tests::model {

// The server as bytes: a request as a client writes it.
mock_server::api::Request request_of(const Asked& asked, const Names& names);

// The requests that tell a client the ids that `asked` names and nobody told yet.
std::vector<Asked> questions_for(const World& world, const Names& names, const Asked& asked);

// The server answered otherwise than the model. Says where, and what was said before.
struct Divergence : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// What was asked so far, over all worlds of a test.
struct Tally {
  std::size_t commands = 0;
  std::size_t look_ups = 0;  // those of the commands that ask what another one has changed
  std::map<std::string, std::size_t> granted = {};  // by operation
  std::map<std::string, std::size_t> refused = {};  // by row
};

class CheckedApi {
 public:
  using Answered = Expected (*)(World&, const Asked&);

  // With another `model`, one that is wrong somewhere, to see that it is found out.
  explicit CheckedApi(Tally& tally, Answered model = answered);

  // Throws Divergence. Asks questions first where the request names what nobody told.
  void ask(const Operation& operation, const Choices& choices);
  void ask(const Asked& asked);

  const World& world() const { return world_; }
  const Names& names() const { return names_; }
  // All that was said, a line for each request and each answer.
  std::string transcript() const;

 private:
  struct Answer {
    int status = 0;
    std::string row = {};
    std::string body = {};
    bool bytes = false;  // it is a download, or of no JSON
  };
  struct Exchange {
    std::string request;
    Answer answer;
  };

  void ask_at_once(const Asked& asked);
  Answer answer_of(const Asked& asked);
  std::string difference_of(const Expected& expected, const Answer& answer);

  Tally& tally_;
  Answered model_;
  World world_;
  Names names_;
  mock_server::api::Api api_;
  std::vector<Exchange> exchanges_;
};

}  // namespace assistants_mock::tests::model
