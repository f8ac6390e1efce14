#pragma once
// What tests asked the mock and what it answered, written down for tests/compat/schema_check.mjs,
// which holds it against the published schema. One exchange a line:
//
//   {"method":"GET","path":"/v1/threads/thread_…","query":"","status":200,"body":{…}}
//   {"method":"POST","path":"/v1/threads/runs","query":"","status":200,
//    "events":[{"event":"thread.created","data":{…}},…,{"event":"done","data":"[DONE]"}]}
//
// Only answers of the `schema` profile belong here: others differ from the schema on purpose.
#include <filesystem>
#include <fstream>
#include <string_view>

#include "mock_server/api/api.h"

namespace assistants_mock::tests {

// A test makes one and tells it of every exchange. Several in a process share a file, named after
// the process, so that test programs may run side by side. Not for several threads at once.
class ExchangeLog {
 public:
  // Writes into the directory that ASSISTANTS_MOCK_EXCHANGES names, which is made when it is not
  // there; nowhere when the variable is not set.
  static ExchangeLog from_environment();

  // Nowhere when `directory` is empty. Throws std::runtime_error when it cannot be written to.
  explicit ExchangeLog(const std::filesystem::path& directory);

  bool writes() const { return file_.is_open(); }

  // `stream_bytes` is all that was read of the answer's stream, if it has one. Of a stream that was
  // left early the complete events count.
  void record(const mock_server::api::Request& request,
              const mock_server::api::Api::Handled& handled, std::string_view stream_bytes = {});

  // The same for who has it from a connection. `content_type` says what `bytes` are.
  void record(std::string_view method, std::string_view target, int status,
              std::string_view content_type, std::string_view bytes);

 private:
  std::ofstream file_;
};

}  // namespace assistants_mock::tests
