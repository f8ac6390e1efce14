#pragma once
// A form (multipart/form-data) that is taken as it arrives: its file goes to disk, its other fields
// into memory, both within bounds. What is wrong with it is thrown when it is asked for, after all
// that can be told before (route, key, faults) was.
//
//   FormUpload form(schema, headers, limits, blobs);
//   while (…) if (!form.take(bytes)) break;
//   Form got = form.finish();
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assistants_mock/limits.h"
#include "mock_server/api/api_error.h"
#include "mock_server/api/multipart.h"
#include "mock_server/api/request.h"
#include "mock_server/store/blob_directory.h"

namespace assistants_mock::mock_server::api {

// What a form of an operation has beside plain fields.
struct FormSchema {
  std::string_view file;      // the field whose data is a file
  std::size_t Limits::*most;  // of its bytes
  bool named = true;          // by a filename, without which it is a plain field
};

struct Form {
  std::optional<std::string> filename = {};  // nothing when no file came
  std::shared_ptr<const store::Blob> file = nullptr;
  std::vector<std::pair<std::string, std::string>> fields = {};  // the others, in the order sent

  // The last of this name; null when there is none.
  const std::string* find(std::string_view name) const;
};

class FormUpload final : public IncomingBody, private MultipartReceiver {
 public:
  // `headers` are those of the request.
  FormUpload(const FormSchema& schema, const Headers& headers, const Limits& limits,
             std::shared_ptr<store::BlobDirectory> blobs);

  // From here on nothing is kept; finish() throws `error`, unless there is another reason already.
  void refuse(ApiError error);

  // Once the form is known to be refused it is read on, into nothing, unless it is larger than a
  // body that would be held: most clients hear no answer while they send.
  bool take(std::string_view bytes) override;
  std::string summary() const override;
  std::uint64_t size() const override { return taken_; }

  // The form, whole. To be called once. Throws ApiError: body.form, body.multipart, f.toolarge,
  // ours.limit, ours.disk.
  Form finish();

 private:
  void part_begins(PartHead head) override;
  void part_data(std::string_view bytes) override;
  void part_ends() override;
  void parse(std::string_view bytes);

  const FormSchema schema_;
  const Limits limits_;
  const std::shared_ptr<store::BlobDirectory> blobs_;
  std::optional<std::uint64_t> announced_;  // Content-Length
  std::uint64_t taken_ = 0;
  std::optional<ApiError> refusal_;
  std::optional<MultipartParser> parser_;
  std::optional<store::BlobWriter> writer_;  // while a file is under way
  std::size_t parts_ = 0;
  std::uint64_t file_size_ = 0;
  Form form_;
};

}  // namespace assistants_mock::mock_server::api
