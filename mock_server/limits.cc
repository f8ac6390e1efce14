#include "assistants_mock/limits.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace assistants_mock::mock_server {
namespace {

using enum LimitInfo::Unit;

constexpr std::size_t a_day_ms = 86'400'000;

constexpr auto table = std::to_array<LimitInfo>({
    {&Limits::keys, "keys", "--max-keys", "API keys, each a world of its own"},
    {&Limits::objects, "objects", "--max-objects", "objects kept for a key"},
    {&Limits::streams, "streams", "--max-streams", "streams that are open, of all keys together"},
    {&Limits::faults, "faults", "--max-faults", "faults added to a key while it runs"},
    {&Limits::body_bytes, "body_bytes", "--max-body", "a request's body", bytes},
    {&Limits::file_bytes, "file_bytes", "--max-file", "a file that is uploaded in one piece",
     bytes},
    {&Limits::part_bytes, "part_bytes", "--max-part", "a part of an upload", bytes},
    {&Limits::upload_bytes, "upload_bytes", "--max-upload", "all parts of an upload", bytes},
    {&Limits::stored_bytes, "stored_bytes", "--max-stored",
     "files and parts that are kept, of all keys together", bytes},
    {&Limits::indexed_bytes, "indexed_bytes", "--max-indexed",
     "text that a key's vector stores search, with its index", bytes},
    {&Limits::form_parts, "form_parts", "--max-form-parts", "parts of a form"},
    {&Limits::form_field_bytes, "form_field_bytes", "--max-form-field",
     "a field of a form that is no file", bytes},
    {&Limits::head_bytes, "head_bytes", "--max-head", "a request's line and headers", bytes},
    {&Limits::headers, "headers", "--max-headers", "headers of a request"},
    // What is nested deeper than this could not be written or copied without risk for the stack.
    {&Limits::json_depth, "json_depth", "--max-depth", "depth of a JSON body", count, 1'000},
    {&Limits::json_keys, "json_keys", "--max-object-keys", "keys of one JSON object", count,
     100'000},
    {&Limits::connections, "connections", "--max-connections",
     "connections, open streams among them"},
    {&Limits::head_ms, "head_ms", "--head-time", "time for a request to arrive", milliseconds,
     a_day_ms},
    {&Limits::idle_ms, "idle_ms", "--idle-time", "time between two requests of a connection",
     milliseconds, a_day_ms},
    {&Limits::journal_entries, "journal_entries", "--max-journal",
     "requests kept in a key's journal"},
    {&Limits::journal_bytes, "journal_bytes", "--max-journal-bytes",
     "bytes kept in a key's journal", bytes},
    {&Limits::journal_body_bytes, "journal_body_bytes", "--max-journal-body",
     "of one body or answer in the journal", bytes},
    {&Limits::wait_ms, "wait_ms", "--max-wait", "time that /_mock/wait may wait", milliseconds,
     a_day_ms},
});

}  // namespace

std::span<const LimitInfo> limit_table() {
  return table;
}

const LimitInfo& limit_info(std::size_t Limits::*member) {
  return *std::ranges::find(table, member, &LimitInfo::member);
}

std::string amount(const LimitInfo& limit, std::size_t value) {
  constexpr std::size_t kibibyte = 1024;
  constexpr std::size_t mebibyte = kibibyte * kibibyte;
  constexpr std::size_t gibibyte = kibibyte * mebibyte;
  const auto in = [value](std::size_t unit, const char* name) {
    return std::to_string(value / unit) + ' ' + name;
  };
  if (limit.unit == bytes && value % gibibyte == 0) return in(gibibyte, "GiB");
  if (limit.unit == bytes && value % mebibyte == 0) return in(mebibyte, "MiB");
  if (limit.unit == bytes && value % kibibyte == 0) return in(kibibyte, "KiB");
  if (limit.unit == bytes) return in(1, "bytes");
  if (limit.unit == milliseconds) return value % 1000 == 0 ? in(1000, "s") : in(1, "ms");
  return std::to_string(value);
}

void require_valid(const Limits& limits) {
  for (const LimitInfo& limit : table)
    if (limits.*limit.member < 1 || limits.*limit.member > limit.most)
      throw std::invalid_argument("limits." + std::string(limit.name) + ": from 1 to " +
                                  std::to_string(limit.most));
}

std::string environment_variable(const LimitInfo& limit) {
  std::string name = "ASSISTANTS_MOCK_";
  for (const char letter : limit.flag.substr(2))
    name += letter == '-' ? '_' : static_cast<char>(letter - 'a' + 'A');
  return name;
}

}  // namespace assistants_mock::mock_server
