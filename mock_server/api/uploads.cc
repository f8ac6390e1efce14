#include <algorithm>
#include <set>

#include "mock_server/api/api_error.h"
#include "mock_server/api/body_reader.h"
#include "mock_server/api/file_rules.h"
#include "mock_server/api/handlers.h"
#include "state_machine/upload_lifecycle.h"

namespace assistants_mock::mock_server::api {
namespace {

using state_machine::UploadEvent;
using state_machine::UploadStatus;

// U4. Documented: an hour after creation.
constexpr state_machine::Duration upload_lifetime = std::chrono::hours{1};

store::Upload& upload_of(Call& call) {
  const auto found = call.world.store.uploads.find(call.id("upload_id"));
  if (found == call.world.store.uploads.end()) throw api_error::no_upload(call.id("upload_id"));
  return found->second;
}

void require_pending(const store::Upload& upload, std::string_view act) {
  if (is_terminal(upload.status))
    throw api_error::upload_ended(act, state_machine::name(upload.status));
}

std::optional<state_machine::Duration> lifetime_in(const Body& body) {
  const Body* expiry = field(body, "expires_after");
  if (expiry == nullptr) return std::nullopt;
  return std::chrono::seconds{expiry->at("seconds").get<std::int64_t>()};
}

// The parts that are named, in this order, as one. Throws when one is not there or named twice.
std::shared_ptr<const store::Blob> named_parts(const store::Upload& upload, const Body& part_ids) {
  std::vector<std::shared_ptr<const store::Blob>> parts;
  std::set<std::string_view> seen;
  for (const Body& named : part_ids) {
    const auto& id = named.get_ref<const std::string&>();
    const auto part = upload.parts.find(id);
    if (part == upload.parts.end()) throw api_error::unknown_part(id, upload.id);
    if (!seen.insert(id).second) throw api_error::part_named_twice(id);
    parts.push_back(part->second.content);
  }
  return store::joined(parts);
}

void require_md5(const store::Blob& content, const std::optional<std::string>& expected) {
  if (!expected) return;
  const std::string got = store::md5_of(content);
  const auto lower = [](char letter) {
    return letter >= 'A' && letter <= 'F' ? static_cast<char>(letter - 'A' + 'a') : letter;
  };
  if (!std::ranges::equal(*expected, got, {}, lower)) throw api_error::wrong_md5(*expected, got);
}

}  // namespace

void end_upload(World& world, store::Upload& upload, UploadEvent event) {
  const auto status = next(upload.status, event);
  if (!status) return;
  upload.status = *status;
  world.store.expiries.erase({upload.expires_at, upload.id});
  world.store.uncount(upload.parts.size());
  upload.parts.clear();
}

Answer create_upload(Call& call) {
  const auto bytes = static_cast<std::uint64_t>(*read_integer(call.body, "bytes"));
  store::Upload upload;
  upload.filename = *read_text(call.body, "filename");
  upload.purpose = *read_text(call.body, "purpose");
  upload.bytes = bytes;
  upload.file_lifetime = lifetime_in(call.body);
  require_fitting_name(upload.filename, upload.purpose);
  require_fitting_type(*read_text(call.body, "mime_type"), upload.purpose);
  const Limits& limits = call.world.options.limits;
  if (bytes > limits.upload_bytes) throw api_error::over_limit(limits, &Limits::upload_bytes);
  make_room(call.world, 1);

  upload.id = call.world.ids.next_hex("upload_");
  upload.created_at = call.world.now;
  upload.expires_at = call.world.now + upload_lifetime;
  call.world.store.expiries.emplace(upload.expires_at, upload.id);
  call.world.store.count(1);
  const auto& made = call.world.store.uploads.emplace(upload.id, upload).first->second;
  return {to_body(made, call.view())};
}

Answer add_upload_part(Call& call) {
  store::Upload& upload = upload_of(call);
  require_pending(upload, "add parts to");
  if (!call.form.fields.empty())
    throw api_error::form_field_unknown(call.form.fields.front().first);
  if (!call.form.file) throw api_error::form_field_missing("data");
  const Limits& limits = call.world.options.limits;
  if (upload.part_bytes + call.form.file->size() > limits.upload_bytes)
    throw api_error::file_too_large(limits, &Limits::upload_bytes);
  make_room(call.world, 1);

  store::UploadPart part{.id = call.world.ids.next_hex("part_"),
                         .upload_id = upload.id,
                         .created_at = call.world.now,
                         .content = call.form.file};
  upload.part_bytes += part.content->size();
  call.world.store.count(1);
  const auto& made = upload.parts.emplace(part.id, part).first->second;
  return {to_body(made, call.view())};
}

Answer complete_upload(Call& call) {
  store::Upload& upload = upload_of(call);
  require_pending(upload, "complete");
  const auto content = named_parts(upload, *field(call.body, "part_ids"));
  if (content->size() != upload.bytes)
    throw api_error::wrong_part_bytes(upload.bytes, content->size());
  require_md5(*content, read_text(call.body, "md5"));

  end_upload(call.world, upload, UploadEvent::parts_joined);  // its parts make room for the file
  const auto file =
      add_file(call.world, {upload.filename, upload.purpose, content, upload.file_lifetime});
  std::string body;
  JsonWriter out(body, Layout::indented);
  write(out, upload, *file, call.view());
  return {body};
}

Answer cancel_upload(Call& call) {
  store::Upload& upload = upload_of(call);
  require_pending(upload, "cancel");
  end_upload(call.world, upload, UploadEvent::cancel_requested);
  return {to_body(upload, call.view())};
}

}  // namespace assistants_mock::mock_server::api
