#pragma once
// A command as a line that people read, and that can be read again:
//   POST /threads/thread_1/messages {"content":"hello","role":"user"}
//   POST /files purpose="assistants" file="usual.txt":"cake"
//   time passes: 600 s
// Of a transcript all other lines are left aside: answers, which are indented, and comments.
#include <optional>
#include <string>

#include "tests/model/operation.h"

namespace assistants_mock::tests::model {

// Path and query.
std::string target_of(const Asked& asked);
// With names as they are, behind their @.
std::string told(const Asked& asked);

// None for a line that asks nothing. Throws std::invalid_argument when there is no such operation.
std::optional<Asked> asked_by(const std::string& line);

}  // namespace assistants_mock::tests::model
