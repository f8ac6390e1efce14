// Cuts by reading one piece's length at a time off what is left of the text.
#include "scenarios/text_pieces.h"

#include <algorithm>

#include "scenarios/utf8.h"

namespace assistants_mock::scenarios {
namespace {

enum class Kind { space, letter, digit, punctuation, standing_alone };

struct Character {
  Kind kind;
  std::size_t bytes;
};

Kind kind_of_ascii(char c) {
  if (c == ' ' || (c >= '\t' && c <= '\r')) return Kind::space;
  if (c >= '0' && c <= '9') return Kind::digit;
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  return letter ? Kind::letter : Kind::punctuation;
}

Character character_at(std::string_view text, std::size_t at) {
  const std::size_t bytes = character_bytes(text, at);
  if (bytes == 0) return {Kind::standing_alone, 1};
  if (bytes == 1) return {kind_of_ascii(text[at]), 1};
  const char32_t point = code_point(text, at, bytes);
  if (point == U'\u2019') return {Kind::punctuation, bytes};
  return {point >= 0x2E80 ? Kind::standing_alone : Kind::letter, bytes};
}

bool in_word(Kind kind) {
  return kind == Kind::letter || kind == Kind::digit;
}

bool is_apostrophe(std::string_view mark) {
  return mark == "'" || mark == "\u2019";
}
bool is_decimal_mark(std::string_view mark) {
  return mark == "." || mark == ",";
}

// Whether the mark at `at` holds a word together: it's, 12.5.
bool joins(std::string_view text, std::size_t at, std::size_t bytes, Kind before) {
  if (at + bytes >= text.size()) return false;
  const std::string_view mark = text.substr(at, bytes);
  const Kind after = character_at(text, at + bytes).kind;
  if (is_apostrophe(mark)) return before == Kind::letter && after == Kind::letter;
  return is_decimal_mark(mark) && before == Kind::digit && after == Kind::digit;
}

std::size_t end_of_word(std::string_view text, std::size_t at, Kind before) {
  while (at < text.size()) {
    const Character next = character_at(text, at);
    if (!in_word(next.kind) && !joins(text, at, next.bytes, before)) break;
    before = next.kind;
    at += next.bytes;
  }
  return at;
}

std::size_t end_of_run(std::string_view text, std::size_t at, Kind kind) {
  while (at < text.size()) {
    const Character next = character_at(text, at);
    if (next.kind != kind) break;
    at += next.bytes;
  }
  return at;
}

std::size_t word_bytes(std::string_view text) {
  const std::size_t start = end_of_run(text, 0, Kind::space);
  if (start == text.size()) return start;
  const Character first = character_at(text, start);
  const std::size_t next = start + first.bytes;
  if (in_word(first.kind)) return end_of_word(text, next, first.kind);
  if (first.kind != Kind::punctuation) return next;
  const std::size_t end = end_of_run(text, next, Kind::punctuation);
  const bool leads_a_word = start == 0 && end == next && end < text.size() &&
                            character_at(text, end).kind == Kind::letter;
  return leads_a_word ? end_of_word(text, end, Kind::letter) : end;
}

std::size_t bytes_of_characters(std::string_view text, int characters) {
  std::size_t at = 0;
  for (int i = 0; i < characters && at < text.size(); ++i) at += step_bytes(text, at);
  return at;
}

std::size_t piece_bytes(std::string_view text, const Pieces& pieces) {
  if (pieces.unit == Pieces::Unit::whole) return text.size();
  if (pieces.unit == Pieces::Unit::words) return word_bytes(text);
  return bytes_of_characters(text, std::max(1, pieces.characters));
}

std::vector<std::string_view> join_neighbours(const std::vector<std::string_view>& pieces,
                                              std::size_t most) {
  const std::size_t each = (pieces.size() + most - 1) / most;
  std::vector<std::string_view> joined;
  joined.reserve(most);
  for (std::size_t first = 0; first < pieces.size(); first += each) {
    const std::string_view last = pieces[std::min(first + each, pieces.size()) - 1];
    const char* from = pieces[first].data();
    joined.emplace_back(from, static_cast<std::size_t>(last.data() + last.size() - from));
  }
  return joined;
}

}  // namespace

std::vector<std::string_view> text_pieces(std::string_view text, const Pieces& pieces,
                                          std::size_t most) {
  std::vector<std::string_view> cut;
  while (!text.empty()) {
    const std::size_t bytes = piece_bytes(text, pieces);
    cut.push_back(text.substr(0, bytes));
    text.remove_prefix(bytes);
  }
  return cut.size() <= most ? cut : join_neighbours(cut, most);
}

}  // namespace assistants_mock::scenarios
