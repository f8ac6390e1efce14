#pragma once
// Says on standard error how far a check has come: one line that changes on a terminal, now and
// then a plain line elsewhere.
#include <chrono>
#include <string>

#include "assistants_mock/check_client.h"

namespace assistants_mock::cli {

class CheckProgressLine {
 public:
  CheckProgressLine();
  ~CheckProgressLine();  // leaves no half line behind
  CheckProgressLine(const CheckProgressLine&) = delete;
  CheckProgressLine& operator=(const CheckProgressLine&) = delete;

  void show(const mock_server::CheckProgress& progress);

 private:
  std::string words_for(const mock_server::CheckProgress& progress) const;

  const bool on_terminal_;
  const std::chrono::steady_clock::time_point begun_;
  std::chrono::steady_clock::time_point shown_;
  bool half_line_ = false;
};

}  // namespace assistants_mock::cli
