#pragma once
// How figures are taken: several rounds, the median told, and rates of servers side by side in the
// same round, so that a slow moment of the machine meets all of them.
#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "tests/bench/http_load.h"

namespace assistants_mock::bench {

inline constexpr int rounds = 7;

template <class Value>
Value median(std::vector<Value> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

template <class Work>
double microseconds_of(Work work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin)
      .count();
}

// A server that answers `request` on 127.0.0.1.
struct Target {
  std::string name;
  int port;
  std::string request;
  std::vector<double> rates = {};
};

// Prints requests per second at 1, 16 and 64 connections, and the ratio of the last target to each
// of the others.
void compare(std::vector<Target> targets, const std::string& title);

std::size_t resident_bytes(const std::string& process = "self");

}  // namespace assistants_mock::bench
