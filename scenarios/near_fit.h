#pragma once
// What would make a value fit a pattern that it does not fit: the differences that people overlook.
#include <re2/re2.h>

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace assistants_mock::scenarios {

// A pattern beside values that are close to fitting it. Costs next to nothing until it is first
// asked; may be asked from any thread.
class NearFit {
 public:
  // `pattern` must outlive this.
  explicit NearFit(const re2::RE2& pattern) : pattern_(pattern) {}

  // What keeps `value` from fitting, when it is a trifle: case, line feeds, white space, or signs
  // that mean something in a pattern; empty when it is not, and for values of more than 4096 bytes.
  // `value` must not fit the pattern as it is.
  std::string with(std::string_view value) const;

  // Whether the pattern has a word of its own, so that finding it in another place is no accident:
  // /weather/ has one, /.+/ and /(?P<city>\w+)/ have none.
  bool has_a_word() const;

 private:
  bool could_fit(std::string_view value) const;

  const re2::RE2& pattern_;
  mutable std::once_flag loosened_;
  mutable std::unique_ptr<const re2::RE2> loose_;
};

}  // namespace assistants_mock::scenarios
