#pragma once
// The parts of a zip archive in memory, read within bounds: nothing that an archive says about
// itself is believed.
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct zip;

namespace assistants_mock::mock_server::search {

// Beyond these an archive, or a part of it, is not read.
struct ZipBounds {
  std::size_t entries = 10'000;
  std::size_t bytes = std::size_t{64} * 1024 * 1024;  // of all parts read, unpacked
  // Unpacked bytes for one packed; held against parts of a mebibyte and more. Office documents
  // have some 20, zip bombs up to 1000.
  std::size_t ratio = 200;
};

class ZipArchive {
 public:
  // Nothing when the bytes are no archive, or one with too many entries. They are not copied, and
  // outlive it.
  static std::optional<ZipArchive> open(std::string_view bytes, const ZipBounds& bounds = {});

  // Of the entries, in the order of the archive.
  std::vector<std::string> names() const;

  enum class Fault { missing, broken, too_large };
  struct Part {
    std::string bytes;
    std::optional<Fault> fault = std::nullopt;
  };
  Part read(const std::string& name);

 private:
  struct Closer {
    void operator()(zip* archive) const;
  };
  using Handle = std::unique_ptr<zip, Closer>;
  ZipArchive(Handle handle, const ZipBounds& bounds)
      : handle_(std::move(handle)), bounds_(bounds) {}

  Handle handle_;
  ZipBounds bounds_;
  std::size_t read_ = 0;
};

}  // namespace assistants_mock::mock_server::search
