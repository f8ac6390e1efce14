#pragma once
// Which id of the mock stands for which recorded one. An object is met in an answer before it is
// asked for, so the pairs are learned while answers are compared.
#include <map>
#include <string>
#include <string_view>

namespace assistants_mock::tests {

class IdPairs {
 public:
  // Whether `text` is an id: a known prefix, and as many letters and digits as such ids have
  // (docs/wire/objects.md, "Ids").
  static bool is_id(std::string_view text);

  // Whether the two name one object: both were paired before, with each other, or neither was with
  // any, in which case they are from now on. Ids of different kinds never do.
  bool pair(const std::string& recorded, const std::string& mock);

  // `text` with every paired id in it exchanged.
  std::string to_mock(std::string text) const;
  std::string to_recorded(std::string text) const;

 private:
  std::map<std::string, std::string> mock_by_recorded_;
  std::map<std::string, std::string> recorded_by_mock_;
};

}  // namespace assistants_mock::tests
