#pragma once
// How the JSON of the mock differs from the recorded: keys and their order, types, nulls, values.
#include <string>
#include <vector>

#include "tests/recordings/id_pairs.h"
#include "tests/recordings/recording.h"

namespace assistants_mock::tests {

struct ShapeDifference {
  std::string at;    // a JSON pointer with * for any place in a list: /data/*/created_at
  std::string what;  // "recorded 1761861699, mock 1761861698"
};

// Every difference, in the order of the recorded document. Whole numbers and decimals (1 and 1.0)
// are two types. Two ids are equal when they are a pair; ids met for the first time become one.
std::vector<ShapeDifference> shape_differences(const Json& recorded, const Json& mock,
                                               IdPairs& ids);

}  // namespace assistants_mock::tests
