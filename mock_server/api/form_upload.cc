#include "mock_server/api/form_upload.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "mock_server/api/json_writer.h"

namespace assistants_mock::mock_server::api {
namespace {

constexpr std::size_t shown_bytes = 200;  // of a field, in a summary

// A length beyond 64 bits counts as the largest.
std::optional<std::uint64_t> announced_length(const Headers& headers) {
  const std::string_view text = header(headers, "Content-Length");
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (error == std::errc::result_out_of_range) return std::numeric_limits<std::uint64_t>::max();
  if (text.empty() || end != text.data() + text.size()) return std::nullopt;
  return length;
}

}  // namespace

const std::string* Form::find(std::string_view name) const {
  const auto found = std::find_if(fields.rbegin(), fields.rend(),
                                  [&](const auto& field) { return field.first == name; });
  return found == fields.rend() ? nullptr : &found->second;
}

FormUpload::FormUpload(const FormSchema& schema, const Headers& headers, const Limits& limits,
                       std::shared_ptr<store::BlobDirectory> blobs)
    : schema_(schema),
      limits_(limits),
      blobs_(std::move(blobs)),
      announced_(announced_length(headers)) {
  auto boundary = read_boundary(header(headers, "Content-Type"));
  if (const auto* mistake = std::get_if<MultipartMistake>(&boundary)) {
    refuse(api_error::no_form(mistake->offset, mistake->expected));
  } else if (announced_.value_or(0) > limits_.*schema_.most + limits_.body_bytes) {
    refuse(api_error::file_too_large(limits_, schema_.most));
  } else {
    // One part more than are taken, so that it is we who refuse it, and name the flag.
    MultipartReceiver& receiver = *this;
    parser_.emplace(std::get<std::string>(boundary), receiver,
                    MultipartLimits{.parts = limits_.form_parts + 1});
  }
}

void FormUpload::refuse(ApiError error) {
  if (!refusal_) refusal_ = std::move(error);
  writer_.reset();
  form_.file.reset();
}

// What comes of a form does not depend on how its bytes are cut: a piece is looked at up to the
// bound and no further, and what was refused once stays so.
bool FormUpload::take(std::string_view bytes) {
  const std::uint64_t most = limits_.*schema_.most + limits_.body_bytes;
  if (!refusal_) parse(bytes.substr(0, static_cast<std::size_t>(most - taken_)));
  taken_ += bytes.size();
  // What is no data of a part has bounds of its own, or none; together they have this one.
  if (!refusal_ && taken_ > most) refuse(api_error::file_too_large(limits_, schema_.most));
  return !refusal_ || announced_.value_or(taken_) <= limits_.body_bytes;
}

void FormUpload::parse(std::string_view bytes) {
  try {
    if (!parser_->feed(bytes)) {
      const auto mistake = parser_->finish();
      refuse(api_error::form_broken(mistake->offset, mistake->expected));
    }
  } catch (const ApiError& error) {
    refuse(error);
  } catch (const store::DiskError& error) {
    refuse(error.reason == store::DiskError::Reason::limit
               ? api_error::over_limit(limits_, &Limits::stored_bytes)
               : api_error::disk_failed(error.what()));
  }
}

void FormUpload::part_begins(PartHead head) {
  if (++parts_ > limits_.form_parts) throw api_error::over_limit(limits_, &Limits::form_parts);
  std::string filename = std::move(head.filename).value_or("");
  if (head.name == schema_.file && !(schema_.named && filename.empty())) {
    form_.filename = std::move(filename);
    file_size_ = 0;
    writer_.emplace(blobs_->begin());
  } else {
    form_.fields.emplace_back(std::move(head.name), std::string());
  }
}

void FormUpload::part_data(std::string_view bytes) {
  if (writer_) {
    file_size_ += bytes.size();
    if (file_size_ > limits_.*schema_.most) throw api_error::file_too_large(limits_, schema_.most);
    return writer_->append(bytes);
  }
  std::string& value = form_.fields.back().second;
  if (value.size() + bytes.size() > limits_.form_field_bytes)
    throw api_error::over_limit(limits_, &Limits::form_field_bytes);
  value += bytes;
}

void FormUpload::part_ends() {
  if (!writer_) return;
  form_.file = writer_->finish();
  writer_.reset();
}

std::string FormUpload::summary() const {
  std::string text;
  JsonWriter out(text, Layout::compact);
  out.begin_object();
  if (form_.filename) {
    out.key(schema_.file);
    out.begin_object();
    out.member("filename", *form_.filename);
    out.member("bytes", static_cast<std::int64_t>(file_size_));
    out.end_object();
  }
  for (const auto& [name, value] : form_.fields)
    out.member(name, std::string_view(value).substr(0, shown_bytes));
  out.end_object();
  return text;
}

Form FormUpload::finish() {
  if (!refusal_)
    if (const auto mistake = parser_->finish())
      refuse(api_error::form_broken(mistake->offset, mistake->expected));
  if (refusal_) throw ApiError(*refusal_);
  return form_;
}

}  // namespace assistants_mock::mock_server::api
