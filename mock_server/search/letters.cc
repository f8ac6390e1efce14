// Ranges of the Unicode character database, as far as words need them.
#include "mock_server/search/letters.h"

#include <algorithm>
#include <array>

namespace assistants_mock::mock_server::search {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

template <std::size_t Count>
bool is_in(const std::array<Range, Count>& ranges, char32_t point) {
  const auto* range = std::ranges::lower_bound(ranges, point, {}, &Range::last);
  return range != ranges.end() && range->first <= point;
}

// Beyond ASCII, what stands between words. Everything else counts as part of one: a script that is
// not named here is found by its words as they are written.
constexpr auto separators = std::to_array<Range>({
    {0x80, 0xA9},        {0xAB, 0xB4},     {0xB6, 0xB9},     {0xBB, 0xBF},       {0xD7, 0xD7},
    {0xF7, 0xF7},        {0x2C2, 0x2C5},   {0x37E, 0x37E},   {0x387, 0x387},     {0x55A, 0x55F},
    {0x589, 0x58A},      {0x5BE, 0x5BE},   {0x5C0, 0x5C0},   {0x5C3, 0x5C3},     {0x5F3, 0x5F4},
    {0x600, 0x60F},      {0x61B, 0x61F},   {0x66A, 0x66D},   {0x6D4, 0x6D4},     {0x964, 0x965},
    {0xE3F, 0xE3F},      {0xE4F, 0xE4F},   {0x1680, 0x1680}, {0x2000, 0x206F},   {0x207A, 0x207E},
    {0x208A, 0x208E},    {0x20A0, 0x20CF}, {0x2100, 0x2BFF}, {0x2E00, 0x2E7F},   {0x3000, 0x3004},
    {0x3007, 0x3020},    {0x3030, 0x3030}, {0x303D, 0x303F}, {0x30FB, 0x30FB},   {0xD800, 0xF8FF},
    {0xFE10, 0xFE1F},    {0xFE30, 0xFE6F}, {0xFEFF, 0xFEFF}, {0xFF00, 0xFF0F},   {0xFF1A, 0xFF20},
    {0xFF3B, 0xFF40},    {0xFF5B, 0xFF65}, {0xFFE0, 0xFFFF}, {0x1F000, 0x1FAFF}, {0xE0000, 0xE0FFF},
    {0xF0000, 0x10FFFF},
});

constexpr auto unspaced = std::to_array<Range>({
    {0xE00, 0xEFF},      // Thai, Lao
    {0x1000, 0x109F},    // Myanmar
    {0x1100, 0x11FF},    // Hangul Jamo
    {0x1780, 0x17FF},    // Khmer
    {0x2E80, 0x2FDF},    // radicals
    {0x3005, 0x312F},    // Kana, Bopomofo
    {0x3130, 0x318F},    // Hangul compatibility Jamo
    {0x31A0, 0x31FF},    // extensions of the two
    {0x3400, 0x4DBF},    // Han, extension A
    {0x4E00, 0x9FFF},    // Han
    {0xAC00, 0xD7AF},    // Hangul syllables
    {0xF900, 0xFAFF},    // Han, compatibility
    {0xFF66, 0xFFDC},    // half-width Kana and Hangul
    {0x20000, 0x3FFFF},  // Han, further extensions
});

LetterKind kind_of_ascii(char32_t point) {
  const bool letter = (point >= U'a' && point <= U'z') || (point >= U'A' && point <= U'Z') ||
                      (point >= U'0' && point <= U'9');
  return letter ? LetterKind::letter : LetterKind::none;
}

// Capitals that lie `distance` below their small letters.
struct Shifted {
  char32_t first;
  char32_t last;
  char32_t distance;
};

constexpr auto shifted = std::to_array<Shifted>({
    {U'A', U'Z', 32},
    {0xC0, 0xD6, 32},
    {0xD8, 0xDE, 32},
    {0x386, 0x386, 38},
    {0x388, 0x38A, 37},
    {0x38C, 0x38C, 64},
    {0x38E, 0x38F, 63},
    {0x391, 0x3A1, 32},
    {0x3A3, 0x3AB, 32},
    {0x400, 0x40F, 80},
    {0x410, 0x42F, 32},
    {0x531, 0x556, 48},
    {0xFF21, 0xFF3A, 32},
});

// Where capitals and small letters take turns, beginning with a capital.
constexpr auto alternating = std::to_array<Range>({
    {0x100, 0x12F},
    {0x132, 0x137},
    {0x139, 0x148},
    {0x14A, 0x177},
    {0x179, 0x17E},
    {0x1CD, 0x1DC},
    {0x1DE, 0x1EF},
    {0x1F8, 0x21F},
    {0x222, 0x233},
    {0x370, 0x373},
    {0x3D8, 0x3EF},
    {0x460, 0x481},
    {0x48A, 0x4BF},
    {0x4C1, 0x4CE},
    {0x4D0, 0x52F},
    {0x1E00, 0x1E95},
    {0x1EA0, 0x1EFF},
});

}  // namespace

LetterKind letter_kind(char32_t point) {
  if (point < 0x80) return kind_of_ascii(point);
  if (is_in(separators, point)) return LetterKind::none;
  return is_in(unspaced, point) ? LetterKind::ideograph : LetterKind::letter;
}

char32_t lower_case(char32_t point) {
  if (point < 0x80) return point >= U'A' && point <= U'Z' ? point + 32 : point;
  if (point == 0x178) return 0xFF;
  if (point == 0x3C2) return 0x3C3;  // sigma at the end of a word
  const auto* shift = std::ranges::lower_bound(shifted, point, {}, &Shifted::last);
  if (shift != shifted.end() && shift->first <= point) return point + shift->distance;
  const auto* turn = std::ranges::lower_bound(alternating, point, {}, &Range::last);
  if (turn == alternating.end() || point < turn->first) return point;
  return (point - turn->first) % 2 == 0 ? point + 1 : point;
}

bool is_upper_case(char32_t point) {
  return lower_case(point) != point && point != 0x3C2;
}

}  // namespace assistants_mock::mock_server::search
