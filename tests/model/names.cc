#include "tests/model/names.h"

namespace assistants_mock::tests::model {
namespace {

struct Form {
  std::string prefix;
  std::size_t tail = 24;
};

const Form& form_of(std::string_view name) {
  static const std::map<std::string, Form, std::less<>> forms = {
      {"asst", {"asst_"}},     {"thread", {"thread_"}},     {"msg", {"msg_"}},
      {"run", {"run_"}},       {"step", {"step_"}},         {"call", {"call_"}},
      {"file", {"file-", 22}}, {"upload", {"upload_", 32}}, {"part", {"part_", 32}},
      {"vs", {"vs_", 32}},     {"vsfb", {"vsfb_", 32}}};
  return forms.find(name.substr(1, name.rfind('_') - 1))->second;
}

}  // namespace

std::size_t Names::length_of_name(std::string_view text) {
  return std::min(text.find_first_not_of("@abcdefghijklmnopqrstuvwxyz_0123456789"), text.size());
}

bool Names::learn(const std::string& name, const std::string& id) {
  if (const auto known = id_of_.find(name); known != id_of_.end()) return known->second == id;
  const Form& form = form_of(name);
  if (!id.starts_with(form.prefix) || id.size() != form.prefix.size() + form.tail) return false;
  if (!name_of_.emplace(id, name).second) return false;
  id_of_.emplace(name, id);
  return true;
}

std::string Names::meant(const std::string& text) const {
  if (text.find('@') == text.npos) return text;
  std::string meant;
  std::size_t done = 0;
  for_names(text, [&](std::string_view name) {
    const auto at = static_cast<std::size_t>(name.data() - text.data());
    meant += text.substr(done, at - done);
    done = at + name.size();
    const auto id = id_of_.find(name);
    meant += id == id_of_.end() ? form_of(name).prefix + "untold" : id->second;
  });
  return meant + text.substr(done);
}

std::string Names::shown(std::string text) const {
  for (const auto& [id, name] : name_of_)
    for (auto at = text.find(id); at != text.npos; at = text.find(id, at))
      text.replace(at, id.size(), name.substr(1));
  return text;
}

}  // namespace assistants_mock::tests::model
