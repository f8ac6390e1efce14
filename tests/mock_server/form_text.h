#pragma once
// A form as a client writes it (multipart/form-data).
//   FormText().field("purpose", "assistants").file("file", "a.txt", "Hello")
#include <string>
#include <string_view>
#include <utility>

namespace assistants_mock::mock_server {

class FormText {
 public:
  explicit FormText(std::string boundary = "form-boundary") : boundary_(std::move(boundary)) {}

  FormText& field(std::string_view name, std::string_view value) {
    return part("form-data; name=\"" + std::string(name) + "\"", value);
  }
  FormText& file(std::string_view name, std::string_view filename, std::string_view bytes) {
    std::string disposition = "form-data; name=\"";
    disposition.append(name).append("\"; filename=\"").append(filename).append("\"");
    return part(disposition + "\r\nContent-Type: text/plain", bytes);
  }
  // With the header Content-Disposition as given, and what follows it.
  FormText& part(std::string_view disposition, std::string_view bytes) {
    parts_.append("--").append(boundary_).append("\r\nContent-Disposition: ");
    parts_.append(disposition).append("\r\n\r\n").append(bytes).append("\r\n");
    return *this;
  }

  std::string body() const { return parts_ + "--" + boundary_ + "--\r\n"; }
  std::string content_type() const { return "multipart/form-data; boundary=" + boundary_; }

 private:
  std::string boundary_;
  std::string parts_;
};

// A file for assistants.
inline FormText file_form(std::string_view filename, std::string_view bytes) {
  return FormText().field("purpose", "assistants").file("file", filename, bytes);
}

}  // namespace assistants_mock::mock_server
