#pragma once
// Another program run on some bytes, apart from this one: whatever they make it do, it ends within
// bounds and writes nothing but its output.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assistants_mock::mock_server::search {

struct ProcessBounds {
  std::uint64_t cpu_seconds = 20;
  std::uint64_t memory_bytes = std::uint64_t{1} << 30U;
  std::size_t output_bytes = std::size_t{64} * 1024 * 1024;
  std::chrono::seconds time{60};
};

struct ProcessResult {
  enum class End {
    finished,  // by itself, with status 0
    failed,    // with another status, or stopped at a bound of CPU or memory
    out_of_time,
    too_much,  // stopped at the bound of its output
    no_such_program,
    not_started,  // the system had no more processes, files or memory
    lost,         // somebody else waited for it, so that nobody knows how it ended
  };
  End end = End::failed;
  std::string output = {};
};

// Runs program[0], looked for in PATH, with the other words, with `input` as its standard input, no
// other files, an environment of PATH alone and the messages thrown away. Returns when it has
// ended; any thread may call it.
ProcessResult run_bounded(std::vector<std::string> program, std::string_view input,
                          const ProcessBounds& bounds);

}  // namespace assistants_mock::mock_server::search
