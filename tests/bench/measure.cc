#include "tests/bench/measure.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>

namespace assistants_mock::bench {
namespace {

// Of the rates of each round, which met the machine in the same mood.
double median_ratio(const Target& target, const Target& base) {
  std::vector<double> ratios;
  for (std::size_t round = 0; round < base.rates.size(); ++round)
    ratios.push_back(target.rates[round] / base.rates[round]);
  return median(std::move(ratios));
}

void compare_at(std::vector<Target>& targets, int connections) {
  const std::size_t requests = connections == 1 ? 4'000 : 16'000;
  for (Target& target : targets) target.rates.clear();
  for (int round = 0; round < rounds; ++round)
    for (Target& target : targets)
      target.rates.push_back(
          run_load(target.port,
                   {.connections = connections, .requests = requests, .request = target.request})
              .requests_per_second);
  std::printf("  %2d connections ", connections);
  for (const Target& target : targets) std::printf("%16.0f/s", median(target.rates));
  for (std::size_t base = 0; base + 1 < targets.size(); ++base)
    std::printf("   %.2f of %s", median_ratio(targets.back(), targets[base]),
                targets[base].name.c_str());
  std::printf("\n");
}

}  // namespace

void compare(std::vector<Target> targets, const std::string& title) {
  std::printf("%-17s", title.c_str());
  for (const Target& target : targets) std::printf("%18s", target.name.c_str());
  std::printf("\n");
  for (const int connections : {1, 16, 64}) compare_at(targets, connections);
}

std::size_t resident_bytes(const std::string& process) {
  std::ifstream statm("/proc/" + process + "/statm");
  std::size_t total = 0;
  std::size_t resident = 0;
  statm >> total >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace assistants_mock::bench
