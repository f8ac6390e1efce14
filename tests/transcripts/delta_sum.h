#pragma once
// What the deltas of a stream add up to, as the accumulators of the SDKs add them, and what of it
// an object at its end repeats.
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace assistants_mock::tests {

using Json = nlohmann::ordered_json;

// The text under a key, or an empty one.
std::string text_at(const Json& object, const char* key);
// A list inside nested objects, or an empty one.
Json list_at(const Json& object, const std::string& pointer);

// Adds a delta as clients do: texts are joined, objects merged, lists grow by their index. False
// when it says a number again, which clients would add to the first (demand 13), or when an item of
// a list comes without the next index (demands 14 and 15): annotations and outputs come whole.
bool merge(Json& whole, const Json& delta);

// A call without what its deltas never tell: what a search found, and how it was ranked (row H).
Json as_told_by_deltas(Json call);

// A part without what only its deltas have: the quote of a citation, always empty.
Json as_told_in_whole(Json part);

// How many Unicode characters a valid text has.
std::size_t characters(std::string_view text);

}  // namespace assistants_mock::tests
