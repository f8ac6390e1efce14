#include "mock_server/store/id_source.h"

namespace assistants_mock::mock_server::store {
namespace {

// Ten characters of base 62 fit into 64 bits with room to spare.
std::string spell(std::mt19937_64& chance, std::string_view prefix, std::string_view alphabet,
                  std::size_t length) {
  std::string id;
  id.reserve(prefix.size() + length);
  id = prefix;
  std::uint64_t bits = 0;
  for (std::size_t place = 0; place < length; ++place) {
    if (place % 10 == 0) bits = chance();
    id += alphabet[bits % alphabet.size()];
    bits /= alphabet.size();
  }
  return id;
}

}  // namespace

IdSource::IdSource(std::uint64_t seed) : chance_(seed) {}

std::string IdSource::next(std::string_view prefix, std::size_t length) {
  return spell(chance_, prefix, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
               length);
}

std::string IdSource::next_hex(std::string_view prefix) {
  return spell(chance_, prefix, "0123456789abcdef", 32);
}

std::uint64_t seed_for(std::uint64_t seed, std::string_view name) {
  // FNV-1a: well spread, and the same everywhere, which std::hash does not promise.
  std::uint64_t hash = 14695981039346656037ULL ^ seed;
  for (const char character : name) {
    hash ^= static_cast<unsigned char>(character);
    hash *= 1099511628211ULL;
  }
  return hash;
}

}  // namespace assistants_mock::mock_server::store
