#include "scenarios/hosted_tools.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace assistants_mock::scenarios {
namespace {

constexpr std::string_view id_prefix = "file-";
constexpr std::size_t id_letters = 22;  // docs/wire/objects.md, "Ids"

// The same name gives the same id, in every run and on every machine.
std::string id_from(std::string_view filename) {
  constexpr std::string_view letters =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
  const auto stir = [&hash](std::uint64_t value) { hash = (hash ^ value) * 0x100000001b3; };
  for (const char letter : filename) stir(static_cast<unsigned char>(letter));
  std::string id(id_prefix);
  for (std::size_t place = 0; place < id_letters; ++place) {
    stir(place);
    id += letters[(hash >> 32) % letters.size()];
  }
  return id;
}

}  // namespace

std::vector<FoundChunk> SeededFilesFound::search(const std::string&) {
  std::vector<FoundChunk> found;
  for (const SeededFile& file : scenario_.files)
    found.push_back(
        {.file_id = file.id, .filename = file.filename, .score = 0.5, .text = file.content});
  return found;
}

FoundChunk found_chunk(const ScriptedResult& result, std::string text, const Scenario& scenario,
                       HostedTools& tools) {
  FoundChunk chunk{.filename = result.file, .score = result.score, .text = std::move(text)};
  if (auto known = tools.file_named(result.file)) {
    chunk.file_id = std::move(known->id);
    chunk.filename = std::move(known->filename);
    chunk.attributes = std::move(known->attributes);
    return chunk;
  }
  const auto file = std::ranges::find_if(scenario.files, [&](const SeededFile& seeded) {
    return seeded.id == result.file || seeded.filename == result.file;
  });
  if (file != scenario.files.end()) {
    chunk.file_id = file->id;
    chunk.filename = file->filename;
  } else {
    chunk.file_id = result.file.starts_with(id_prefix) ? result.file : id_from(result.file);
  }
  return chunk;
}

}  // namespace assistants_mock::scenarios
