#include "mock_server/search/pdf_text.h"

#include <algorithm>
#include <utility>

#include "scenarios/utf8.h"

namespace assistants_mock::mock_server::search {

TextOrFailure pdf_text(std::string_view content, const std::string& program,
                       const ProcessBounds& bounds) {
  // Of what is no PDF it would say so too, after a process.
  constexpr std::size_t header_within = 1024;
  if (content.substr(0, header_within).find("%PDF-") == std::string_view::npos) return unparsable();
  ProcessResult result = run_bounded(
      {program, "-q", "-enc", "UTF-8", "-eol", "unix", "-nopgbrk", "-", "-"}, content, bounds);
  using enum ProcessResult::End;
  switch (result.end) {
    case finished:
      std::ranges::replace(result.output, '\0', ' ');
      return scenarios::valid_utf8(std::move(result.output));
    case too_much:
      return too_large();
    case no_such_program:
      return unsupported();
    case out_of_time:  // the machine may have been busy
    case not_started:
    case lost:
      return internal_error();
    case failed:
      break;
  }
  return unparsable();
}

}  // namespace assistants_mock::mock_server::search
