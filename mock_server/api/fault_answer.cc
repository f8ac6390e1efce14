#include "mock_server/api/fault_answer.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "mock_server/api/error_catalogue.h"
#include "mock_server/api/letter_case.h"

namespace assistants_mock::mock_server::api {
namespace {

// Rows that name what was asked for by an id of the path.
struct NamesAnId {
  std::string_view row;
  std::string_view parameter;
  ApiError (*refusal)(std::string_view id);
};
constexpr std::array rows_with_id = {
    NamesAnId{"nf.assistant", "assistant_id", api_error::no_assistant},
    NamesAnId{"nf.thread", "thread_id", api_error::no_thread},
    NamesAnId{"nf.message", "message_id", api_error::no_message},
    NamesAnId{"nf.run", "run_id", api_error::no_run},
    NamesAnId{"nf.step", "step_id", api_error::no_step},
    NamesAnId{"nf.file", "file_id", api_error::no_file},
    NamesAnId{"nf.upload", "upload_id", api_error::no_upload},
    NamesAnId{"nf.vs", "vector_store_id", api_error::no_vector_store},
    NamesAnId{"nf.vsbatch", "batch_id", api_error::no_file_batch},
    NamesAnId{"nf.model-route", "model", api_error::no_model},
    NamesAnId{"vs.expired.use", "vector_store_id", api_error::vector_store_expired},
};

// Rows that name the request.
struct NamesTheRequest {
  std::string_view row;
  ApiError (*refusal)(std::string_view method, std::string_view path);
};
constexpr std::array rows_with_request = {
    NamesTheRequest{"route.unknown", api_error::route_unknown},
    NamesTheRequest{"route.method", api_error::route_method},
    NamesTheRequest{"route.retired", api_error::route_retired},
};

const ApiError& example_of(std::string_view row) {
  const auto samples = error_catalogue();
  return std::ranges::find(samples, row, [](const auto& one) { return one.sample.row; })->sample;
}

Delivery::Ending ending_of(Fault::Connection connection) {
  static_assert(static_cast<int>(Fault::Connection::hanging) ==
                static_cast<int>(Delivery::Ending::hanging));
  return static_cast<Delivery::Ending>(connection);
}

}  // namespace

ApiError error_of_row(std::string_view row, const Request& request, const RouteMatch& match,
                      const std::string& request_id) {
  const std::string_view path =
      std::string_view(request.target).substr(0, request.target.find('?'));
  const auto* whole = std::ranges::find(rows_with_request, row, &NamesTheRequest::row);
  if (whole != rows_with_request.end()) return whole->refusal(request.method, path);
  const auto* named = std::ranges::find(rows_with_id, row, &NamesAnId::row);
  if (named != rows_with_id.end())
    if (const std::string* id = match.id(named->parameter)) return named->refusal(*id);
  const std::string* file = match.id("file_id");
  const std::string* store = match.id("vector_store_id");
  if (row == "nf.vsfile" && file != nullptr && store != nullptr)
    return api_error::no_store_file(*file, *store);
  if (row == "srv.500") return api_error::internal(request_id);
  return example_of(row);
}

Response scripted_answer(const Fault& fault, const std::string& request_id) {
  // What a connection that ends without an answer would have answered, nobody sees.
  Response response{.status = fault.status.value_or(500), .headers = {}, .body = fault.body};
  response.headers.emplace_back("x-request-id", request_id);
  response.headers.emplace_back("Content-Type", "application/json");
  return response;
}

void damage(Response& response, const Fault& fault) {
  for (const auto& given : fault.headers) {
    std::erase_if(response.headers, [&](const auto& header) {
      return equals_without_case(header.first, given.first);
    });
    response.headers.push_back(given);
  }
  // A fault of its stream may have done something already.
  Delivery& delivery = response.delivery;
  delivery.delay += fault.delay;
  if (fault.keep_bytes) delivery.keep_bytes = fault.keep_bytes;
  if (fault.connection != Fault::Connection::kept) delivery.ending = ending_of(fault.connection);
  if (fault.stream) delivery.pause = fault.stream->pause;
}

}  // namespace assistants_mock::mock_server::api
