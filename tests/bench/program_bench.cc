#include <cstdio>
#include <string>

#include "tests/bench/benchmarks.h"
#include "tests/bench/http_load.h"
#include "tests/bench/measure.h"
#include "tests/bench/program.h"
#include "tests/mock_server/http/raw_client.h"

namespace assistants_mock::bench {

void report_program() {
  std::vector<double> until_answer;
  std::size_t resident = 0;
  for (int round = 0; round < 21; ++round) {
    std::string process;
    until_answer.push_back(microseconds_of([&] {
      const Program program;
      tests::ask(program.port(), get_request("/v1/models", "Authorization: Bearer k\r\n"));
      resident = resident_bytes(program.process());
    }));
  }
  std::printf("program: %.1f ms from start over the first answer to its end, %.1f MiB resident\n",
              median(until_answer) / 1000, static_cast<double>(resident) / (1 << 20));
}

}  // namespace assistants_mock::bench
