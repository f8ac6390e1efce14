#include "mock_server/api/list_query.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>
#include <utility>

#include "mock_server/api/api_error.h"
#include "mock_server/api/percent_text.h"
#include "mock_server/api/spelling.h"
#include "state_machine/store_file_lifecycle.h"

namespace assistants_mock::mock_server::api {
namespace {

constexpr long long min_limit = 1;
constexpr long long max_limit = 100;
constexpr long long max_files = 10'000;
constexpr std::array<std::string_view, 2> orders{"asc", "desc"};
constexpr std::array<std::string_view, 1> includes{
    "step_details.tool_calls[*].file_search.results[*].content"};

bool is_decimal_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() &&
         text.find_first_of(".eE") != std::string_view::npos;
}

std::size_t limit_of(const std::string& text, long long most) {
  long long value = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ptr != end || read.ec == std::errc::invalid_argument)
    throw api_error::wrong_type("limit", "an integer",
                                is_decimal_number(text) ? "a decimal number" : "a string");
  const bool beyond_64_bits = read.ec == std::errc::result_out_of_range;
  const bool is_negative = text.front() == '-';
  if (is_negative || (!beyond_64_bits && value < min_limit))
    throw api_error::integer_below("limit", min_limit, text);
  if (beyond_64_bits || value > most) throw api_error::integer_above("limit", most, text);
  return static_cast<std::size_t>(value);
}

template <std::size_t count>
void require_one_of(const std::array<std::string_view, count>& supported, std::string_view path,
                    std::string_view value) {
  if (std::ranges::find(supported, value) == supported.end())
    throw api_error::not_in_list(path, value, supported);
}

class QueryReader {
 public:
  explicit QueryReader(QueryParameters accepted) : accepted_(accepted) {
    if (accepted.files) query_.limit = max_files;
  }

  void read(std::string_view pair) {
    const std::size_t equals = pair.find('=');
    const std::string name = query_text(pair.substr(0, equals));
    const std::string value =
        equals == std::string_view::npos ? std::string() : query_text(pair.substr(equals + 1));
    if (name == azure_version) return;  // Azure's, which says nothing of a list
    if (!is_accepted(name)) throw api_error::unknown(name);
    if (!value.empty()) take(name, value);
  }

  ListQuery result() && { return std::move(query_); }

 private:
  bool is_accepted(std::string_view name) const {
    if (name == "include[]") return accepted_.include;
    if (name == "run_id") return accepted_.run_id;
    if (name == "filter") return accepted_.filter;
    if (name == "purpose") return accepted_.files;
    if (name == "before") return accepted_.paging;
    return (accepted_.paging || accepted_.files) &&
           (name == "limit" || name == "order" || name == "after");
  }

  void take(std::string_view name, const std::string& value) {
    if (name == "limit") {
      query_.limit = limit_of(value, accepted_.files ? max_files : max_limit);
    } else if (name == "order") {
      require_one_of(orders, name, value);
      query_.ascending = value == "asc";
    } else if (name == "after") {
      query_.after = value;
    } else if (name == "before") {
      query_.before = value;
    } else if (name == "run_id") {
      query_.run_id = value;
    } else if (name == "filter") {
      require_one_of(state_machine::store_file_status_names, name, value);
      query_.filter = value;
    } else if (name == "purpose") {
      query_.purpose = value;
    } else {
      require_one_of(includes, "include[" + std::to_string(includes_read_++) + "]", value);
      query_.include_content = true;
    }
  }

  QueryParameters accepted_;
  ListQuery query_;
  std::size_t includes_read_ = 0;
};

}  // namespace

ListQuery parse_list_query(std::string_view query, QueryParameters accepted) {
  QueryReader reader(accepted);
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    if (!pair.empty()) reader.read(pair);
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
  }
  return std::move(reader).result();
}

}  // namespace assistants_mock::mock_server::api
