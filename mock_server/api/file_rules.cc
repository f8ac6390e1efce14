#include "mock_server/api/file_rules.h"

#include <algorithm>
#include <array>

#include "mock_server/api/api_error.h"
#include "mock_server/api/letter_case.h"

namespace assistants_mock::mock_server::api {
namespace {

using std::string_view;

// f.purpose
constexpr std::array<string_view, 6> purposes{"fine-tune", "assistants", "batch",
                                              "user_data", "vision",     "evals"};

// f.extension: those that the refusal names, and three more that only the refusal of file_search
// names, which could not take what cannot be uploaded.
constexpr std::array<string_view, 32> assistants_extensions{
    "c",   "cpp",  "css", "csv",  "docx", "gif", "go",  "html", "java", "jpeg", "jpg",
    "js",  "json", "md",  "pdf",  "php",  "pkl", "png", "pptx", "py",   "rb",   "tar",
    "tex", "ts",   "txt", "webp", "xlsx", "xml", "zip", "cs",   "doc",  "sh"};

constexpr std::array<string_view, 4> image_types{"image/png", "image/jpeg", "image/gif",
                                                 "image/webp"};

// The published list of what the tools of assistants read, with the other names of some types.
constexpr std::array<string_view, 36> assistants_types{
    "text/x-c",
    "text/x-c++",
    "text/x-csharp",
    "text/css",
    "text/csv",
    "application/csv",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/x-golang",
    "text/html",
    "text/x-java",
    "text/javascript",
    "application/javascript",
    "application/json",
    "text/markdown",
    "application/pdf",
    "text/x-php",
    "application/octet-stream",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "text/x-python",
    "text/x-script.python",
    "text/x-ruby",
    "application/x-sh",
    "application/x-tar",
    "text/x-tex",
    "application/x-tex",
    "application/typescript",
    "text/typescript",
    "text/plain",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/xml",
    "text/xml",
    "application/zip",
    "application/x-zip-compressed",
    "text/x-typescript",
    "text/x-markdown",
};

bool is_among(string_view word, std::span<const string_view> words) {
  return std::ranges::any_of(words,
                             [&](string_view each) { return equals_without_case(each, word); });
}

// As it is spelled, which is how refusals show it; without the dot.
string_view extension_in(string_view filename) {
  const string_view name = filename.substr(filename.find_last_of('/') + 1);
  const std::size_t dot = name.find_last_of('.');
  return dot == string_view::npos ? string_view() : name.substr(dot + 1);
}

}  // namespace

std::span<const string_view> file_purposes() {
  return purposes;
}

// A name without an extension was taken for assistants: "text/csv" was.
void require_fitting_name(string_view filename, string_view purpose) {
  const string_view extension = extension_in(filename);
  if (purpose == "assistants" && !extension.empty() && !is_among(extension, assistants_extensions))
    throw api_error::file_extension(extension);
  if (purpose == "batch" && !equals_without_case(extension, "jsonl"))
    throw api_error::file_not_jsonl("Batch");
  if (purpose == "fine-tune" && !equals_without_case(extension, "jsonl"))
    throw api_error::file_not_jsonl("Fine-Tuning");
}

void require_fitting_type(string_view mime_type, string_view purpose) {
  string_view type = mime_type.substr(0, mime_type.find(';'));
  type = type.substr(0, type.find_last_not_of(' ') + 1);
  const bool named = type.find('/') != string_view::npos;
  const bool image = is_among(type, image_types);
  const bool fits = (purpose == "assistants" && (image || is_among(type, assistants_types))) ||
                    (purpose == "vision" && image) ||
                    (purpose != "assistants" && purpose != "vision" && named);
  if (!fits) throw api_error::upload_purpose_mime(mime_type, purpose);
}

void require_downloadable(string_view purpose) {
  constexpr std::array<string_view, 3> kept{"assistants", "vision", "user_data"};
  if (is_among(purpose, kept)) throw api_error::download_refused(purpose);
}

std::optional<state_machine::Duration> lifetime_of(string_view purpose) {
  if (purpose != "batch") return std::nullopt;
  return std::chrono::days{30};
}

}  // namespace assistants_mock::mock_server::api
