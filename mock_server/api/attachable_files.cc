#include "mock_server/api/attachable_files.h"

#include <algorithm>
#include <array>
#include <set>

#include "mock_server/api/api_error.h"
#include "mock_server/api/body_reader.h"
#include "mock_server/search/searchable_text.h"

namespace assistants_mock::mock_server::api {
namespace {

// How a file without an extension is named in the refusal.
std::string shown_extension(std::string_view filename) {
  const std::string extension = search::extension_of(filename);
  return extension.empty() ? "none" : extension;
}

std::vector<std::string> ids_of(std::span<const engine::Attachment> files) {
  std::vector<std::string> ids;
  ids.reserve(files.size());
  for (const engine::Attachment& file : files) ids.push_back(file.file_id);
  return ids;
}

}  // namespace

void require_files(const World& world, std::span<const std::string> ids) {
  std::vector<std::string> missing;
  std::set<std::string_view> told;
  for (const std::string& id : ids)
    if (!world.store.files.find(id) && told.insert(id).second) missing.push_back(id);
  if (!missing.empty()) throw api_error::no_files_in_body(missing);
}

void require_searchable(const World& world, std::span<const std::string> ids) {
  require_files(world, ids);
  std::vector<std::string> extensions;
  std::set<std::string> told;
  for (const std::string& id : ids) {
    const std::string& filename = world.store.files.find(id)->filename;
    if (search::is_searchable(filename)) continue;
    if (const auto [extension, is_new] = told.insert(shown_extension(filename)); is_new)
      extensions.push_back(*extension);
  }
  if (!extensions.empty()) throw api_error::not_searchable(extensions);
}

void require_searchable(const World& world, std::span<const engine::Attachment> files) {
  require_searchable(world, ids_of(files));
}

void require_image(const World& world, const std::string& id) {
  constexpr std::array<std::string_view, 5> images = {".jpeg", ".jpg", ".png", ".gif", ".webp"};
  require_files(world, std::span(&id, 1));
  const std::string extension = search::extension_of(world.store.files.find(id)->filename);
  if (std::ranges::find(images, extension) == images.end())
    throw api_error::not_an_image(shown_extension(extension));
}

search::ChunkSizes read_chunk_sizes(const Body& body) {
  const Body* strategy = field(body, "chunking_strategy");
  if (strategy == nullptr || strategy->at("type") != "static") return {};
  const Body& sizes = strategy->at("static");
  return {sizes.at("max_chunk_size_tokens").get<std::size_t>(),
          sizes.at("chunk_overlap_tokens").get<std::size_t>()};
}

std::vector<engine::Attachment> read_attachments(const Body& body) {
  std::vector<engine::Attachment> files;
  std::set<std::string> seen;
  const auto add = [&](const std::string& id, const Body& settings) {
    if (seen.insert(id).second)
      files.push_back(
          {id, read_chunk_sizes(settings), read_json(settings, "attributes", Body::object())});
  };
  if (const Body* ids = field(body, "file_ids"))
    for (const Body& id : *ids) add(id.get<std::string>(), body);
  if (const Body* each = field(body, "files"))
    for (const Body& one : *each) add(one.at("file_id").get<std::string>(), one);
  return files;
}

}  // namespace assistants_mock::mock_server::api
