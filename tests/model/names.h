#pragma once
// The server's ids for the model's names, learnt where they are told for the first time.
#include <map>
#include <string>
#include <string_view>

namespace assistants_mock::tests::model {

class Names {
 public:
  // False when `id` cannot be the one that the name has: it is another's, the name has another, or
  // its form is not that of its kind (objects.md, "Ids").
  bool learn(const std::string& name, const std::string& id);
  bool knows(const std::string& name) const { return id_of_.contains(name); }

  // `text` with ids in the place of names. Of a name that is not known an id that nothing has.
  std::string meant(const std::string& text) const;
  // `text` with names, without their @, in the place of ids.
  std::string shown(std::string text) const;

  // The name that a text begins with.
  static std::string_view first_name(std::string_view text) {
    return text.substr(0, length_of_name(text));
  }
  // The names in a text.
  template <class Act>
  static void for_names(std::string_view text, Act act) {
    for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1))
      act(text.substr(at, length_of_name(text.substr(at))));
  }

 private:
  static std::size_t length_of_name(std::string_view text);

  std::map<std::string, std::string, std::less<>> id_of_;
  std::map<std::string, std::string, std::less<>> name_of_;
};

}  // namespace assistants_mock::tests::model
