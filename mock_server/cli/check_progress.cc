#include "mock_server/cli/check_progress.h"

#include <unistd.h>

#include <cmath>
#include <iostream>

namespace assistants_mock::cli {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto between_lines = 10s;
constexpr auto between_changes = 100ms;

// "12", or "0.3" of what is slow.
std::string rounded(double rate) {
  const long tenths = std::lround(rate * 10);
  if (tenths >= 100) return std::to_string(std::lround(rate));
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::string left(double seconds) {
  if (seconds < 90) return std::to_string(std::lround(seconds)) + " s";
  return std::to_string(std::lround(seconds / 60)) + " min";
}

}  // namespace

CheckProgressLine::CheckProgressLine()
    : on_terminal_(::isatty(STDERR_FILENO) == 1), begun_(Clock::now()), shown_(begun_) {}

CheckProgressLine::~CheckProgressLine() {
  if (half_line_) std::cerr << "\r\033[K" << std::flush;
}

void CheckProgressLine::show(const mock_server::CheckProgress& progress) {
  const auto now = Clock::now();
  if (now - shown_ < (on_terminal_ ? Clock::duration(between_changes) : between_lines)) return;
  shown_ = now;
  if (on_terminal_) {
    std::cerr << "\r\033[K" << words_for(progress) << std::flush;
    half_line_ = true;
  } else {
    std::cerr << words_for(progress) + "\n" << std::flush;
  }
}

std::string CheckProgressLine::words_for(const mock_server::CheckProgress& progress) const {
  if (!progress.shrinking.empty())
    return progress.shrinking + " was broken; looking for the least scenario that breaks it: " +
           std::to_string(progress.tries) + " tries";
  const double seconds = std::chrono::duration<double>(shown_ - begun_).count();
  const double rate = static_cast<double>(progress.cases) / seconds;
  std::string words = "case " + std::to_string(progress.cases) + " of " +
                      std::to_string(progress.of) + ", " + rounded(rate) + " a second";
  if (rate > 0 && progress.of >= progress.cases)
    words += ", " + left(static_cast<double>(progress.of - progress.cases) / rate) + " left";
  if (progress.broken > 0) words += "; broken so far: " + std::to_string(progress.broken);
  return words;
}

}  // namespace assistants_mock::cli
