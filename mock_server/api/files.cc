#include <algorithm>
#include <array>
#include <charconv>

#include "mock_server/api/api_error.h"
#include "mock_server/api/file_rules.h"
#include "mock_server/api/handlers.h"
#include "mock_server/api/list_answer.h"
#include "state_machine/upload_lifecycle.h"

namespace assistants_mock::mock_server::api {
namespace {

using state_machine::Duration;

constexpr std::string_view anchor_field = "expires_after[anchor]";
constexpr std::string_view seconds_field = "expires_after[seconds]";

std::shared_ptr<const store::File> file_of(Call& call) {
  auto file = call.world.store.files.find(call.id("file_id"));
  if (!file) throw api_error::no_file(call.id("file_id"));
  return file;
}

void require_known_fields(const Form& form) {
  constexpr std::array<std::string_view, 4> known{"file", "purpose", anchor_field, seconds_field};
  for (const auto& [name, value] : form.fields)
    if (std::ranges::find(known, name) == known.end()) throw api_error::form_field_unknown(name);
}

const std::string& purpose_of(const Form& form) {
  const std::string* purpose = form.find("purpose");
  if (purpose == nullptr) throw api_error::form_field_missing("purpose");
  const auto known = file_purposes();
  if (std::ranges::find(known, *purpose) == known.end())
    throw api_error::file_purpose(*purpose, known);
  return *purpose;
}

using api_error::expiry_refused;

std::chrono::seconds read_seconds(const std::string& text) {
  constexpr std::string_view param = "expires_after.seconds";
  constexpr long long least = 3'600, most = 2'592'000;
  long long value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (stop != end || error == std::errc::invalid_argument)
    throw expiry_refused(param, "'" + text + "' is not of type 'integer'");
  if (error == std::errc::result_out_of_range) value = text.starts_with('-') ? 0 : most + 1;
  if (value < least)
    throw expiry_refused(param, text + " is less than the minimum of " + std::to_string(least));
  if (value > most)
    throw expiry_refused(param, text + " is greater than the maximum of " + std::to_string(most));
  return std::chrono::seconds{value};
}

// Both fields or none, as in FileExpirationAfter of the schema.
std::optional<Duration> lifetime_in(const Form& form) {
  const std::string* anchor = form.find(anchor_field);
  const std::string* seconds = form.find(seconds_field);
  if (anchor == nullptr && seconds == nullptr) return std::nullopt;
  if (anchor == nullptr || seconds == nullptr)
    throw expiry_refused("expires_after", anchor == nullptr ? "'anchor' is a required property"
                                                            : "'seconds' is a required property");
  if (*anchor != "created_at")
    throw expiry_refused("expires_after.anchor", "'" + *anchor + "' is not one of ['created_at']");
  return read_seconds(*seconds);
}

// A file or an upload, by the front of the id.
void expire(World& world, const std::string& id) {
  const auto upload = world.store.uploads.find(id);
  if (upload == world.store.uploads.end()) return forget_file(world, id);
  end_upload(world, upload->second, state_machine::UploadEvent::deadline_passed);
}

}  // namespace

std::shared_ptr<const store::File> add_file(World& world, NewFile made) {
  const auto lifetime = made.lifetime ? made.lifetime : lifetime_of(made.purpose);
  store::File file;
  file.id = made.id.empty() ? world.ids.next("file-", 22) : std::move(made.id);
  file.created_at = made.created_at.value_or(world.now);
  file.filename = std::move(made.filename);
  file.purpose = std::move(made.purpose);
  file.bytes = made.content->size();
  if (lifetime) file.expires_at = file.created_at + *lifetime;
  file.content = std::move(made.content);

  const auto added = std::make_shared<const store::File>(std::move(file));
  world.store.files.add(added);
  world.store.count(1);
  if (added->expires_at) world.store.expiries.emplace(*added->expires_at, added->id);
  return added;
}

void forget_file(World& world, const std::string& file_id) {
  const auto file = world.store.files.find(file_id);
  if (!file) return;
  if (file->expires_at) world.store.expiries.erase({*file->expires_at, file->id});
  world.indexer.forget_file(file->id);
  world.store.files.erase(file->id);
  world.store.uncount(1);
}

void expire_files_and_uploads(World& world, state_machine::Instant now) {
  auto& expiries = world.store.expiries;
  while (!expiries.empty() && expiries.begin()->first <= now) {
    const std::string id = expiries.begin()->second;
    expiries.erase(expiries.begin());
    expire(world, id);
  }
}

Answer list_files(Call& call) {
  const auto& files = call.world.store.files;
  const std::string& purpose = call.query.purpose;
  const auto page = files.page(
      page_request(call.query, files, api_error::no_file),
      [&](const store::File& file) { return purpose.empty() || file.purpose == purpose; });
  return {list_body(page, call.view())};
}

Answer create_file(Call& call) {
  const Form& form = call.form;
  if (!form.file) throw api_error::form_field_missing("file");
  const std::string& purpose = purpose_of(form);
  require_known_fields(form);
  const std::optional<Duration> lifetime = lifetime_in(form);
  require_fitting_name(*form.filename, purpose);
  if (form.file->size() == 0) throw api_error::file_empty();

  make_room(call.world, 1);
  const auto made = add_file(call.world, {*form.filename, purpose, form.file, lifetime});
  return {to_body(*made, call.view())};
}

Answer get_file(Call& call) {
  return {to_body(*file_of(call), call.view())};
}

Answer delete_file(Call& call) {
  const std::string id = file_of(call)->id;
  forget_file(call.world, id);
  std::string body;
  JsonWriter out(body, Layout::indented);
  out.begin_object();
  out.member("object", "file");  // in this order, unlike all others
  out.member("deleted", true);
  out.member("id", id);
  out.end_object();
  return {body};
}

Answer download_file(Call& call) {
  const auto file = file_of(call);
  require_downloadable(file->purpose);
  Answer answer;
  answer.content = file->content;
  return answer;
}

}  // namespace assistants_mock::mock_server::api
