#include "mock_server/search/zip_archive.h"

#include <zip.h>

#include <algorithm>
#include <array>

namespace assistants_mock::mock_server::search {
namespace {

struct SourceFreer {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
struct FileCloser {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

// Each entry of the directory begins with these bytes, so there are no more entries than places
// that have them. Counted before the archive is opened, because opening makes an object of each.
bool may_have_more_entries(std::string_view bytes, std::size_t most) {
  constexpr std::string_view signature = "PK\x01\x02";
  std::size_t count = 0;
  for (std::size_t at = 0; (at = bytes.find(signature, at)) != std::string_view::npos; ++at)
    if (++count > most) return true;
  return false;
}

}  // namespace

void ZipArchive::Closer::operator()(zip* archive) const {
  zip_discard(archive);
}

std::optional<ZipArchive> ZipArchive::open(std::string_view bytes, const ZipBounds& bounds) {
  if (may_have_more_entries(bytes, bounds.entries)) return std::nullopt;
  zip_error_t error{};
  std::unique_ptr<zip_source_t, SourceFreer> source(
      zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error));
  if (!source) return std::nullopt;
  Handle handle(zip_open_from_source(source.get(), ZIP_RDONLY, &error));
  if (!handle) return std::nullopt;
  static_cast<void>(source.release());  // the archive owns it now
  return ZipArchive(std::move(handle), bounds);
}

std::vector<std::string> ZipArchive::names() const {
  std::vector<std::string> names;
  const zip_int64_t count = zip_get_num_entries(handle_.get(), 0);
  for (zip_int64_t entry = 0; entry < count; ++entry)
    if (const char* name = zip_get_name(handle_.get(), static_cast<zip_uint64_t>(entry), 0))
      names.emplace_back(name);
  return names;
}

ZipArchive::Part ZipArchive::read(const std::string& name) {
  zip_stat_t stat{};
  if (zip_stat(handle_.get(), name.c_str(), 0, &stat) != 0) return {"", Fault::missing};
  const std::unique_ptr<zip_file_t, FileCloser> file(zip_fopen_index(handle_.get(), stat.index, 0));
  if (!file) return {"", Fault::broken};
  constexpr std::size_t no_bomb = std::size_t{1024} * 1024;
  const std::size_t most_by_ratio =
      std::max(no_bomb, bounds_.ratio * static_cast<std::size_t>(stat.comp_size));
  const std::size_t most = std::min(bounds_.bytes - read_, most_by_ratio);
  Part part;
  std::array<char, 16384> block{};
  for (;;) {
    const zip_int64_t count = zip_fread(file.get(), block.data(), block.size());
    if (count < 0) return {"", Fault::broken};
    if (count == 0) break;
    if (part.bytes.size() + static_cast<std::size_t>(count) > most) return {"", Fault::too_large};
    part.bytes.append(block.data(), static_cast<std::size_t>(count));
  }
  read_ += part.bytes.size();
  return part;
}

}  // namespace assistants_mock::mock_server::search
