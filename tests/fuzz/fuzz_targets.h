#pragma once
// The fuzz targets: functions that take any bytes, feed them to a part of the mock, and throw
// BrokenContract when that part breaks its word. libFuzzer searches for such bytes
// (`./dev test fuzz`); the unit test fuzz_corpus_tests runs the ones that are kept under
// tests/fuzz/corpus/NAME. What an input of a target looks like is said where it is defined.
#include <span>
#include <string_view>

namespace assistants_mock::tests {

struct FuzzTarget {
  std::string_view name;
  void (*check)(std::string_view input);
};

std::span<const FuzzTarget> fuzz_targets();

// A connection's bytes through the front, the tenants and the API and back.
void check_request(std::string_view input);

// Many requests, one after another, to one world of the API.
void check_api(std::string_view input);

// A scenario's text: read, written, read back and played.
void check_scenario(std::string_view input);

// A multipart/form-data body, whole and in pieces.
void check_multipart(std::string_view input);

// A file's content: its text, the chunks of that, and a search through them.
void check_text(std::string_view input);

}  // namespace assistants_mock::tests
