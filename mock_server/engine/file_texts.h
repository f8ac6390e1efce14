#pragma once
// The texts of files that stores search, read once per file: a text for as long as some store has
// it, a failure of the file's own for as long as there is the file.
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "mock_server/store/resources.h"
#include "state_machine/run.h"

namespace assistants_mock::mock_server::engine {

class FileTexts {
 public:
  using Text = std::shared_ptr<const std::string>;

  // The text of a file's content (search::searchable_text), or what its last_error is to say.
  std::variant<Text, state_machine::RunError> of(const store::File& file);

  // The text of a file that some store searches; null otherwise.
  Text known(std::string_view file_id) const;

  void forget(std::string_view file_id);

 private:
  std::map<std::string, std::weak_ptr<const std::string>, std::less<>> texts_;
  std::map<std::string, state_machine::RunError, std::less<>> failures_;
};

}  // namespace assistants_mock::mock_server::engine
