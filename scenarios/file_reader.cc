#include "scenarios/file_reader.h"

#include <algorithm>
#include <array>
#include <map>

#include "scenarios/base64_text.h"
#include "scenarios/nearest_word.h"
#include "scenarios/yaml_values.h"

namespace assistants_mock::scenarios {

namespace {

constexpr std::size_t max_files = 1000;
constexpr std::size_t max_stores = 100;
constexpr std::size_t max_id_bytes = 64;
constexpr std::size_t max_filename_bytes = 255;
constexpr std::size_t max_file_text = 1 << 20;  // as long as a scenario may be
constexpr int most_days = 365;
// OpenAPI: OpenAIFile.purpose.
constexpr std::array<std::string_view, 8> purposes = {
    "assistants", "assistants_output", "batch",  "batch_output",
    "fine-tune",  "fine-tune-results", "vision", "user_data"};

// A name with `prefix` and at least one letter more.
std::string read_id(const YamlNode& node, const Asked& asked, std::string_view prefix,
                    MistakeList& mistakes) {
  if (node.is_scalar() && (!node.text.starts_with(prefix) || node.text == prefix)) {
    add_needed(node, asked, mistakes);
    return {};
  }
  return read_name(node, asked, "", max_id_bytes, mistakes).value_or("");
}

// The ids of a list of objects: where each was written first.
class KnownIds {
 public:
  KnownIds(std::string_view object, MistakeList& mistakes) : object_(object), mistakes_(mistakes) {}

  void add(const std::string& id, Place place) {
    if (id.empty()) return;
    const auto [first, is_new] = ids_.try_emplace(id, place);
    if (!is_new)
      mistakes_.add(place, "another " + std::string(object_) + " has the id " +
                               in_single_quotes(id) + " too, in line " +
                               std::to_string(first->second.line));
  }

 private:
  std::string_view object_;
  MistakeList& mistakes_;
  std::map<std::string, Place> ids_;
};

SeededFile read_file(const YamlNode& node, KnownIds& ids, MistakeList& mistakes) {
  const FieldReader fields(Section::seeded_file, node, mistakes);
  SeededFile file;
  if (const YamlNode* id = fields.find("id")) {
    file.id = read_id(*id, fields.asked_for("id"), "file-", mistakes);
    ids.add(file.id, id->place);
  }
  if (const YamlNode* filename = fields.find("filename"))
    file.filename = read_filename(*filename, fields.asked_for("filename"), mistakes);
  file.content = read_file_bytes(fields, node, mistakes);
  file.purpose = fields.word("purpose", purposes).value_or(file.purpose);
  return file;
}

void check_known(const YamlNode& node, const std::string& id, const std::vector<SeededFile>& files,
                 MistakeList& mistakes) {
  if (id.empty() || std::ranges::find(files, id, &SeededFile::id) != files.end()) return;
  std::vector<std::string_view> ids;
  for (const SeededFile& file : files) ids.push_back(file.id);
  mistakes.add(node.place, "no file of this scenario has the id " + in_single_quotes(id) +
                               did_you_mean(id, ids));
}

std::vector<std::string> read_file_ids(const YamlNode& list, const Asked& asked,
                                       const std::vector<SeededFile>& files,
                                       MistakeList& mistakes) {
  std::vector<std::string> ids;
  if (!is_list(list, asked, 0, max_files, mistakes)) return ids;
  KnownIds known("file of this store", mistakes);
  for (const YamlNode& node : list.items) {
    const std::string id = read_id(node, {"a file id", Value::file_id}, "file-", mistakes);
    check_known(node, id, files, mistakes);
    known.add(id, node.place);
    ids.push_back(id);
  }
  return ids;
}

SeededVectorStore read_store(const YamlNode& node, const std::vector<SeededFile>& files,
                             KnownIds& ids, MistakeList& mistakes) {
  const FieldReader fields(Section::vector_store, node, mistakes);
  SeededVectorStore store;
  if (const YamlNode* id = fields.find("id")) {
    store.id = read_id(*id, fields.asked_for("id"), "vs_", mistakes);
    ids.add(store.id, id->place);
  }
  store.name = fields.text("name");
  if (const YamlNode* file_ids = fields.find("file_ids"))
    store.file_ids = read_file_ids(*file_ids, fields.asked_for("file_ids"), files, mistakes);
  store.expires_after_days = fields.integer("expires_after_days", 1, most_days);
  store.idle_days = fields.integer("idle_days", 1, most_days).value_or(0);
  if (store.idle_days > 0 && fields.find("expires_after_days") == nullptr)
    mistakes.add(fields.find("idle_days")->place,
                 "a store without expires_after_days never expires, however long it was idle");
  return store;
}

}  // namespace

std::vector<SeededFile> read_files(const YamlNode& list, const Asked& asked,
                                   MistakeList& mistakes) {
  std::vector<SeededFile> files;
  if (!is_list(list, asked, 0, max_files, mistakes)) return files;
  KnownIds ids("file", mistakes);
  for (const YamlNode& node : list.items) files.push_back(read_file(node, ids, mistakes));
  return files;
}

std::vector<SeededVectorStore> read_vector_stores(const YamlNode& list, const Asked& asked,
                                                  const std::vector<SeededFile>& files,
                                                  MistakeList& mistakes) {
  std::vector<SeededVectorStore> stores;
  if (!is_list(list, asked, 0, max_stores, mistakes)) return stores;
  KnownIds ids("vector store", mistakes);
  for (const YamlNode& node : list.items) stores.push_back(read_store(node, files, ids, mistakes));
  return stores;
}

std::string read_filename(const YamlNode& node, const Asked& asked, MistakeList& mistakes) {
  const std::optional<std::string> name = read_text(node, asked, mistakes, max_filename_bytes);
  if (!name) return {};
  const bool is_usable = std::ranges::none_of(*name, [](char letter) {
    return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F || letter == '/';
  });
  if (name->empty() || !is_usable) add_needed(node, asked, mistakes);
  return *name;
}

std::string read_file_bytes(const FieldReader& fields, const YamlNode& file,
                            MistakeList& mistakes) {
  const YamlNode* content = fields.find("content");
  const YamlNode* base64 = fields.find("base64");
  if (file.is_map() && !file.lacks_entries && (content == nullptr) == (base64 == nullptr))
    mistakes.add(file.place, "a file has exactly one of the keys content, base64, found " +
                                 std::string(content == nullptr ? "neither" : "both"));
  if (base64 != nullptr) return read_base64(*base64, fields.asked_for("base64"), mistakes);
  if (content == nullptr) return {};
  return read_text(*content, fields.asked_for("content"), mistakes, max_file_text).value_or("");
}

std::string read_base64(const YamlNode& node, const Asked& asked, MistakeList& mistakes) {
  const std::optional<std::string> text = read_text(node, asked, mistakes, max_file_text);
  if (!text) return {};
  const std::optional<std::string> bytes = base64_bytes(*text);
  if (!bytes) add_needed(node, asked, mistakes);
  return bytes.value_or("");
}

}  // namespace assistants_mock::scenarios
