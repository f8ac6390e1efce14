#pragma once
// How much of the mock a client may have. Each bound has a default, a flag of `serve` and `exec`
// and the environment variable of that flag; who is refused is told the flag. docs/limits.md is
// made from the table, and says what happens beyond each.
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace assistants_mock::mock_server {

// Sizes in bytes, times in milliseconds of the machine. "Of a key" means of each world.
struct Limits {
  std::size_t keys = 1'000;  // worlds at a time
  std::size_t objects = 1'000'000;
  std::size_t streams = 10'000;
  std::size_t faults = 1'000;

  std::size_t body_bytes = std::size_t{16} << 20;
  std::size_t file_bytes = std::size_t{512} << 20;
  std::size_t part_bytes = std::size_t{64} << 20;
  std::size_t upload_bytes = std::size_t{8} << 30;
  std::size_t stored_bytes = std::size_t{16} << 30;  // of all keys together
  std::size_t indexed_bytes = std::size_t{512} << 20;
  std::size_t form_parts = 100;
  std::size_t form_field_bytes = std::size_t{16} << 10;
  std::size_t head_bytes = std::size_t{32} << 10;
  std::size_t headers = 100;
  std::size_t json_depth = 100;  // arrays and objects inside each other
  std::size_t json_keys = 1'000;

  std::size_t connections = 20'000;
  std::size_t head_ms = 5'000;
  std::size_t idle_ms = 65'000;

  std::size_t journal_entries = 10'000;
  std::size_t journal_bytes = std::size_t{16} << 20;
  std::size_t journal_body_bytes = std::size_t{1} << 20;
  std::size_t wait_ms = 60'000;
};

struct LimitInfo {
  enum class Unit { count, bytes, milliseconds };
  std::size_t Limits::*member;
  std::string_view name;  // of the member
  std::string_view flag;  // "--max-keys"
  std::string_view what;
  Unit unit = Unit::count;
  std::size_t most = std::size_t{1} << 40;  // that it can be set to; the least is 1
};

// All of them, in the order of the struct.
std::span<const LimitInfo> limit_table();
const LimitInfo& limit_info(std::size_t Limits::*member);

// "1000", "16 MiB", "65 s": `value` in the unit of the limit.
std::string amount(const LimitInfo& limit, std::size_t value);

// Throws std::invalid_argument, which names the member, for a limit that is 0 or above what it can
// be set to.
void require_valid(const Limits& limits);

// "ASSISTANTS_MOCK_MAX_KEYS" for "--max-keys".
std::string environment_variable(const LimitInfo& limit);

}  // namespace assistants_mock::mock_server
