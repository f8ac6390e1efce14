#include "mock_server/store/id_source.h"

namespace assistants_mock::mock_server::store {
namespace {

// Puts a '-' and a '_' among the last `length` letters of an id, in places of their own that are
// neither the first nor the last.
void make_unusual(std::string& id, std::size_t length, std::uint64_t chance) {
  const std::size_t places = length - 2;
  const std::size_t first = id.size() - length + 1;
  const std::size_t dash = chance % places;
  const std::size_t apart = 1 + chance / places % (places - 1);
  id[first + dash] = '-';
  id[first + (dash + apart) % places] = '_';
}

}  // namespace

IdSource::IdSource(std::uint64_t seed) : chance_(seed) {}

std::string IdSource::next(std::string_view prefix, std::size_t length) {
  return spell(prefix, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", length);
}

std::string IdSource::next_hex(std::string_view prefix) {
  return spell(prefix, "0123456789abcdef", 32);
}

// Ten characters of base 62 fit into 64 bits with room to spare.
std::string IdSource::spell(std::string_view prefix, std::string_view alphabet,
                            std::size_t length) {
  std::string id;
  id.reserve(prefix.size() + length);
  id = prefix;
  std::uint64_t bits = 0;
  for (std::size_t place = 0; place < length; ++place) {
    if (place % 10 == 0) bits = chance_();
    id += alphabet[bits % alphabet.size()];
    bits /= alphabet.size();
  }
  if (letters_ == scenarios::IdLetters::unusual) make_unusual(id, length, chance_());
  return id;
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
