// Follows the path along the parser's tokens: a frame per open container knows whether it lies on
// the path, and from the last step of the path on everything is written down.
#include "scenarios/json_path.h"

#include <charconv>
#include <nlohmann/json.hpp>

namespace assistants_mock::scenarios {
namespace {

std::string as_json(const std::string& text) {
  return nlohmann::json(text).dump();
}

class ValueFinder : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit ValueFinder(const std::vector<JsonPathStep>& path) : path_(path) {}

  std::optional<std::string> take() { return std::move(found_); }

  bool null() override { return literal("null"); }
  bool boolean(bool value) override { return literal(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return literal(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return literal(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& written) override { return literal(written); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(false); }
  bool end_object() override { return close('}'); }
  bool start_array(std::size_t) override { return open(true); }
  bool end_array() override { return close(']'); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

  bool string(string_t& value) override {
    if (begins_here() == Place::target) found_ = value;
    if (writing()) *found_ += as_json(value);
    return true;
  }

  bool key(string_t& value) override {
    Frame& frame = frames_.back();
    frame.child_on_path = frame.on_path && frames_.size() <= path_.size() &&
                          path_[frames_.size() - 1] == JsonPathStep(std::string_view(value));
    if (writing()) {
      if (frame.children++ > 0) *found_ += ',';
      *found_ += as_json(value) + ':';
    }
    return true;
  }

 private:
  enum class Place { elsewhere, on_the_way, target };
  struct Frame {
    bool is_array;
    bool on_path;
    bool child_on_path = false;
    std::size_t children = 0;
  };

  bool writing() const { return written_from_ > 0; }

  // Where the value that begins now lies; told once for each value. A value on the path makes
  // forgotten what an earlier one of the same key had.
  Place begins_here() {
    if (!frames_.empty() && frames_.back().is_array) enter_element(frames_.back());
    const bool on_path = frames_.empty() || frames_.back().child_on_path;
    if (!on_path) return Place::elsewhere;
    found_.reset();
    return frames_.size() == path_.size() ? Place::target : Place::on_the_way;
  }

  void enter_element(Frame& frame) {
    frame.child_on_path = frame.on_path && frames_.size() <= path_.size() &&
                          path_[frames_.size() - 1] == JsonPathStep(frame.children);
    if (writing() && frame.children > 0) *found_ += ',';
    ++frame.children;
  }

  bool literal(const std::string& text) {
    if (begins_here() == Place::target) {
      found_ = text;
    } else if (writing()) {
      *found_ += text;
    }
    return true;
  }

  bool open(bool is_array) {
    if (frames_.size() >= max_json_depth) return false;
    const Place place = begins_here();
    frames_.push_back({.is_array = is_array, .on_path = place == Place::on_the_way});
    if (place == Place::target) {
      found_.emplace();
      written_from_ = frames_.size();
    }
    if (writing()) *found_ += is_array ? '[' : '{';
    return true;
  }

  bool close(char bracket) {
    if (writing()) *found_ += bracket;
    if (frames_.size() == written_from_) written_from_ = 0;
    frames_.pop_back();
    return true;
  }

  const std::vector<JsonPathStep>& path_;
  std::vector<Frame> frames_;
  std::size_t written_from_ = 0;  // how deep the target's own frame lies while it is written down
  std::optional<std::string> found_;
};

std::optional<std::size_t> parse_place(std::string_view digits) {
  std::size_t place = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), place);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return place;
}

}  // namespace

std::optional<std::vector<JsonPathStep>> parse_json_path(std::string_view path) {
  std::vector<JsonPathStep> steps;
  while (!path.empty()) {
    const bool is_key = path.front() == '.';
    if (!is_key && path.front() != '[') return std::nullopt;
    path.remove_prefix(1);
    const std::size_t end =
        is_key ? std::min(path.find_first_of(".["), path.size()) : path.find(']');
    if (end == std::string_view::npos || end == 0) return std::nullopt;
    if (is_key) {
      steps.emplace_back(path.substr(0, end));
      path.remove_prefix(end);
      continue;
    }
    const std::optional<std::size_t> place = parse_place(path.substr(0, end));
    if (!place) return std::nullopt;
    steps.emplace_back(*place);
    path.remove_prefix(end + 1);
  }
  return steps;
}

std::optional<std::string> json_at(std::string_view text, const std::vector<JsonPathStep>& path) {
  if (text.size() > max_json_bytes) return std::nullopt;
  ValueFinder finder(path);
  if (!nlohmann::json::sax_parse(text, &finder)) return std::nullopt;
  return finder.take();
}

}  // namespace assistants_mock::scenarios
