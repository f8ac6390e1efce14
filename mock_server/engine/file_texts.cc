#include "mock_server/engine/file_texts.h"

#include <cstdint>
#include <utility>

#include "mock_server/search/searchable_text.h"
#include "mock_server/search/text_failure.h"
#include "mock_server/store/blob_directory.h"

namespace assistants_mock::mock_server::engine {
namespace {

// Content beyond this is not read for its text. No text of max_text_bytes needs it.
constexpr std::uint64_t most_content = std::uint64_t{64} << 20;

search::TextOrFailure read(const store::File& file) {
  if (file.content->size() > most_content) return search::too_large();
  std::string content;
  try {
    file.content->read(0, static_cast<std::size_t>(file.content->size()), content);
  } catch (const store::DiskError&) {
    return search::internal_error();
  }
  return search::searchable_text(file.filename, content);
}

state_machine::RunError error_of(search::TextFailure failure) {
  return {std::move(failure.code), std::move(failure.message)};
}

template <class Map>
void erase_from(Map& map, std::string_view id) {
  if (const auto entry = map.find(id); entry != map.end()) map.erase(entry);
}

}  // namespace

std::variant<FileTexts::Text, state_machine::RunError> FileTexts::of(const store::File& file) {
  if (Text text = known(file.id)) return text;
  if (const auto failed = failures_.find(file.id); failed != failures_.end()) return failed->second;
  search::TextOrFailure content = read(file);
  if (auto* failure = std::get_if<search::TextFailure>(&content)) {
    const bool may_pass = *failure == search::internal_error();
    state_machine::RunError error = error_of(std::move(*failure));
    if (!may_pass) failures_.emplace(file.id, error);
    return error;
  }
  auto text = std::make_shared<const std::string>(std::move(std::get<std::string>(content)));
  texts_.insert_or_assign(file.id, text);
  return text;
}

FileTexts::Text FileTexts::known(std::string_view file_id) const {
  const auto text = texts_.find(file_id);
  return text == texts_.end() ? nullptr : text->second.lock();
}

void FileTexts::forget(std::string_view file_id) {
  erase_from(texts_, file_id);
  erase_from(failures_, file_id);
}

}  // namespace assistants_mock::mock_server::engine
