#include "tests/search/zip_maker.h"

#include <zip.h>

#include <stdexcept>

namespace assistants_mock::tests {

std::string zip_of(const std::vector<ZipEntry>& entries) {
  zip_error_t error{};
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  if (target == nullptr) throw std::runtime_error("no buffer for an archive");
  zip_source_keep(target);  // for the bytes, after the archive is closed
  zip_t* archive = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error);
  if (archive == nullptr) throw std::runtime_error("no archive");
  for (const ZipEntry& entry : entries)
    zip_file_add(archive, entry.name.c_str(),
                 zip_source_buffer(archive, entry.bytes.data(), entry.bytes.size(), 0), 0);
  if (zip_close(archive) != 0) throw std::runtime_error("the archive cannot be written");
  zip_stat_t stat{};
  zip_source_stat(target, &stat);
  std::string bytes(stat.size, '\0');
  zip_source_open(target);
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

std::string docx_of(const std::string& body) {
  return zip_of({{"[Content_Types].xml", "<Types/>"},
                 {"word/document.xml",
                  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<w:document xmlns:w=\"urn:w\"><w:body>" +
                      body + "</w:body></w:document>"}});
}

}  // namespace assistants_mock::tests
