#include "mock_server/api/api.h"

#include <algorithm>
#include <array>

#include "mock_server/api/api_error.h"
#include "mock_server/api/blob_stream.h"
#include "mock_server/api/body_parser.h"
#include "mock_server/api/error_answer.h"
#include "mock_server/api/fault_answer.h"
#include "mock_server/api/first_version_bodies.h"
#include "mock_server/api/handlers.h"
#include "mock_server/api/routes.h"
#include "mock_server/api/spelling.h"

namespace assistants_mock::mock_server::api {
namespace {

using state_machine::Instant;

std::pair<std::string_view, std::string_view> path_and_query(std::string_view target) {
  const std::size_t mark = target.find('?');
  if (mark == std::string_view::npos) return {target, {}};
  return {target.substr(0, mark), target.substr(mark + 1)};
}

// What ids in a path begin with. A run step's id is not looked at (nf.step).
struct PathIdForm {
  std::string_view name;
  std::string_view prefix;
};
constexpr std::array path_id_forms = {
    PathIdForm{"assistant_id", "asst"},  PathIdForm{"thread_id", "thread"},
    PathIdForm{"message_id", "msg"},     PathIdForm{"run_id", "run"},
    PathIdForm{"vector_store_id", "vs"},
};

void require_id_forms(const Call& call) {
  for (const auto& [name, value] : call.path_ids) {
    const auto* form = std::ranges::find(path_id_forms, name, &PathIdForm::name);
    if (form != path_id_forms.end() && !value.starts_with(form->prefix))
      throw api_error::bad_id(name, value, form->prefix);
  }
}

void require_key(const Headers& headers, const std::set<std::string, std::less<>>* keys) {
  const std::string_view key = key_in(headers);
  if (keys != nullptr && !keys->contains(key)) throw api_error::auth_wrong(key);
}

Response json_response(int status, std::string body, Headers headers) {
  return {.status = status, .headers = std::move(headers), .body = std::move(body)};
}

// What the older of the service's backends refused had a second form under "detail".
ApiError in_profile(ApiError error, WireProfile profile) {
  const bool about_files = error.row.starts_with("f.") || error.row == "nf.file";
  const bool older = about_files && error.row != "f.retrieval";
  error.twice = profile == WireProfile::recorded && older;
  return error;
}

// That backend also ended its answers with a line feed (docs/wire/objects.md, "Bytes").
std::string as_its_backend_wrote(std::string body, const Route& route) {
  if (route.path.starts_with("/files")) body += '\n';
  return body;
}

Api::Handled refused(const ApiError& error, const std::string& request_id) {
  return {.response = error_answer(error, request_id),
          .stream = nullptr,
          .refusal = std::string(error.row)};
}

}  // namespace

const std::string& Call::id(std::string_view name) const {
  return std::ranges::find(path_ids, name, &std::pair<std::string_view, std::string>::first)
      ->second;
}

void make_room(const World& world, std::size_t more) {
  if (world.store.size() + more > world.options.limits.objects)
    throw api_error::over_limit(world.options.limits, &Limits::objects);
}

Api::Api(ApiOptions options, scenarios::RuleMatcher rules)
    : options_(std::move(options)),
      world_(options_.world, std::move(rules),
             options_.pace == Pace::immediate ? engine::Waits::none : engine::Waits::as_scripted,
             options_.epoch),
      next_step_(options_.step),
      faults_(options_.fault_history ? options_.fault_history : std::make_shared<FaultHistory>()) {
  if (options_.streams) world_.streams = options_.streams;
  if (options_.blobs) world_.blobs = options_.blobs;
  add_seeds(world_, scenario(), keep_seeds(*world_.blobs, scenario()));
  faults_.play(scenario().faults);
  rate_limiter_.play(scenario().rate_limits);
}

void Api::play(scenarios::RuleMatcher rules, const SeedContents& contents) {
  add_seeds(world_, *rules.shared(), contents);
  world_.engine.play(std::move(rules));
  faults_.play(scenario().faults);
  rate_limiter_.play(scenario().rate_limits);
}

void Api::play(scenarios::RuleMatcher rules) {
  const SeedContents contents = keep_seeds(*world_.blobs, *rules.shared());
  play(std::move(rules), contents);
}

Api::Handled Api::handle(const Request& request) {
  if (options_.pace == Pace::stepped) step(request);
  const std::string request_id = world_.request_ids.next_hex("req_");
  Handled handled;
  Struck struck;
  try {
    handled = granted(request, request_id, struck);
  } catch (const ApiError& error) {
    handled = refused(in_profile(error, world_.options.profile), request_id);
  } catch (const store::DiskError& error) {
    handled = refused(api_error::disk_failed(error.what()), request_id);
  } catch (const std::exception&) {  // a fault of ours; the client gets what it expects then
    handled = refused(api_error::internal(request_id), request_id);
  }
  if (struck.fault != nullptr) handled = spoilt(std::move(handled), struck, request_id);
  world_.engine.files_changed(world_.now);
  if (options_.pace == Pace::immediate) world_.settle();
  if (options_.pace == Pace::stepped && handled.stream) finish_stream(*handled.stream);
  return handled;
}

// `handled` is what would have been, as far as it was done.
Api::Handled Api::spoilt(Handled handled, const Struck& struck,
                         const std::string& request_id) const {
  const Fault& fault = *struck.fault;
  if (replaces_answer(fault)) {
    auto origin = std::move(handled.origin);
    const bool granted = handled.granted;
    if (struck.refusal) {
      handled = refused(in_profile(*struck.refusal, world_.options.profile), request_id);
    } else {
      handled = {.response = scripted_answer(fault, request_id), .stream = nullptr, .refusal = ""};
      handled.cut = fault.connection != Fault::Connection::kept && !fault.keep_bytes;
      if (handled.cut || handled.response.status >= 400) handled.refusal = "fault";
    }
    handled.origin = std::move(origin);
    handled.granted = granted;
  }
  damage(handled.response, fault);
  handled.fault = what_happens(fault);
  return handled;
}

void Api::advance_to(Instant now) {
  world_.advance_to(now);
}

// The form as it came in, or out of a body that was held.
Form Api::read_form(const Request& request, const FormSchema& schema) {
  if (auto* taken = dynamic_cast<FormUpload*>(request.incoming.get())) return taken->finish();
  FormUpload form(schema, request.headers, world_.options.limits, world_.blobs);
  form.take(request.body);
  return form.finish();
}

Body Api::checked_body(const Request& request, const Route& route, ApiVersion version) const {
  Body body = parse_body(request.body, world_.options.limits);
  if (version == ApiVersion::second) {
    check(body, *route.body);
    return body;
  }
  first_version::mend_spelling(body);
  check(body, route.first_body ? *route.first_body : *route.body);
  first_version::translate(body);
  return body;
}

Call Api::checked_call(const Request& request, RouteMatch match, ApiVersion version) {
  Call call{world_, match.route, std::move(match.path_ids), version};
  if (match.route->body != nullptr) call.body = checked_body(request, *match.route, version);
  if (match.route->form != nullptr) call.form = read_form(request, *match.route->form);
  QueryParameters parameters = match.route->query;
  if (version == ApiVersion::first) parameters.include = false;  // which came later
  call.query = parse_list_query(path_and_query(request.target).second, parameters);
  require_id_forms(call);
  return call;
}

std::optional<state_machine::RunStatus> Api::status_of_run(const RouteMatch& match) const {
  const std::string* thread_id = match.id("thread_id");
  const std::string* run_id = match.id("run_id");
  if (thread_id == nullptr || run_id == nullptr) return std::nullopt;
  const store::ThreadRecord* thread = world_.store.thread(*thread_id);
  const auto run = thread == nullptr ? nullptr : thread->runs.find(*run_id);
  if (!run) return std::nullopt;
  return run->state.status;
}

// `struck` is what happens to the answer, be it one that is thrown.
Api::Handled Api::granted(const Request& request, const std::string& request_id, Struck& struck) {
  const auto [path, query] = path_and_query(request.target);
  RouteMatch match = match_route(request.method, path);
  require_api_version(match.spelling, query);
  require_key(request.headers, options_.keys.get());
  const FaultList::Asked asked{match,
                               faults_.looks_at_status() ? status_of_run(match) : std::nullopt};
  const Fault* fault = struck.fault = faults_.next(asked);
  if (fault != nullptr && !fault->error.empty())
    struck.refusal = error_of_row(fault->error, request, match, request_id);
  if (fault != nullptr && replaces_answer(*fault) && !fault->after_work) return {};
  Headers limit_headers = rate_limiter_.take(match, world_.now);
  Handled handled;
  try {
    const ApiVersion version = version_of(request, match, options_.first_version);
    Call call = checked_call(request, match, version);
    handled = answered(call, request_id);
    handled.granted = true;
  } catch (ApiError& error) {  // which has them too
    error.headers.insert(error.headers.end(), limit_headers.begin(), limit_headers.end());
    throw;
  }
  std::ranges::move(limit_headers, std::back_inserter(handled.response.headers));
  if (handled.stream)
    if (const auto [in_stream, fired] = faults_.next_in_stream(asked); in_stream != nullptr) {
      handled.stream->damage(*in_stream->stream, fired);
      damage(handled.response, *in_stream);
      handled.stream_fault = what_happens(*in_stream);
    }
  return handled;
}

Api::Handled Api::answered(Call& call, const std::string& request_id) {
  Answer answer = call.route->handler(call);
  Headers headers = common_headers(request_id);
  if (answer.content) {
    headers.emplace_back("Content-Type", "application/octet-stream");
    Response response{.headers = std::move(headers),
                      .body = "",
                      .stream = std::make_shared<BlobStream>(answer.content),
                      .length = answer.content->size()};
    return {std::move(response), nullptr, ""};
  }
  if (!answer.stream) {
    headers.emplace_back("Content-Type", "application/json");
    if (options_.poll_hint.count() > 0 && call.route->polled)
      headers.emplace_back("openai-poll-after-ms", std::to_string(options_.poll_hint.count()));
    std::string body = as_its_backend_wrote(std::move(answer.body), *call.route);
    return {json_response(200, std::move(body), std::move(headers)), nullptr, "",
            std::move(answer.origin)};
  }
  headers.emplace_back("Content-Type", "text/event-stream; charset=utf-8");
  Response response{
      .headers = std::move(headers), .body = "", .stream = answer.stream, .length = std::nullopt};
  return {std::move(response), std::move(answer.stream), "", std::move(answer.origin)};
}

// Who asks again and again waits for something: time moves to it sooner, and stops there.
void Api::step(const Request& request) {
  const Instant next = world_.now + options_.step;
  const Instant far = world_.now + next_step_;
  const auto due = world_.next_due();
  const bool reaches_it = due && *due <= far;
  advance_to(reaches_it ? std::max(next, *due) : far);
  const bool waits = request.method == "GET" && !reaches_it;
  next_step_ = waits ? std::max(options_.step, std::min(2 * next_step_, options_.longest_step))
                     : options_.step;
}

// A stream is handed out whole: time moves on by the waits of its run.
void Api::finish_stream(RunStream& stream) {
  while (!stream.whole()) {
    const auto due = world_.engine.next_due(stream.run_id());
    if (!due) return;
    advance_to(*due);
  }
}

}  // namespace assistants_mock::mock_server::api
