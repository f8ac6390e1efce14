#include "tests/recordings/id_pairs.h"

#include <algorithm>
#include <array>

namespace assistants_mock::tests {
namespace {

struct IdForm {
  std::string_view prefix;
  std::size_t shortest;  // of what comes after it
  std::size_t longest;
};
constexpr auto forms = std::to_array<IdForm>({
    {"asst_", 24, 24},
    {"thread_", 24, 24},
    {"msg_", 24, 24},
    {"run_", 24, 24},
    {"step_", 24, 24},
    {"call_", 24, 24},
    {"file-", 22, 24},
    {"vs_", 32, 32},
    {"vsfb_", 32, 36},  // "ibj_" may stand before the 32
});

bool is_id_letter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

std::string_view prefix_of(std::string_view id) {
  const auto* form =
      std::ranges::find_if(forms, [&](const IdForm& one) { return id.starts_with(one.prefix); });
  return form == forms.end() ? "" : form->prefix;
}

std::string exchanged(std::string text, const std::map<std::string, std::string>& by) {
  for (const auto& [from, to] : by)
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
      text.replace(at, from.size(), to);
  return text;
}

}  // namespace

bool IdPairs::is_id(std::string_view text) {
  return std::ranges::any_of(forms, [&](const IdForm& form) {
    if (!text.starts_with(form.prefix)) return false;
    const std::string_view rest = text.substr(form.prefix.size());
    return rest.size() >= form.shortest && rest.size() <= form.longest &&
           std::ranges::all_of(rest, is_id_letter);
  });
}

bool IdPairs::pair(const std::string& recorded, const std::string& mock) {
  if (prefix_of(recorded) != prefix_of(mock)) return false;
  const auto known = mock_by_recorded_.find(recorded);
  if (known != mock_by_recorded_.end()) return known->second == mock;
  if (recorded_by_mock_.contains(mock)) return false;
  mock_by_recorded_.emplace(recorded, mock);
  recorded_by_mock_.emplace(mock, recorded);
  return true;
}

std::string IdPairs::to_mock(std::string text) const {
  return exchanged(std::move(text), mock_by_recorded_);
}

std::string IdPairs::to_recorded(std::string text) const {
  return exchanged(std::move(text), recorded_by_mock_);
}

}  // namespace assistants_mock::tests
