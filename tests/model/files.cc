#include <algorithm>

#include "tests/model/lists.h"
#include "tests/model/refusals.h"

namespace assistants_mock::tests::model {
namespace {

Json shown_file(const File& file) {
  return {{"id", file.id},
          {"object", "file"},
          {"purpose", file.purpose},
          {"filename", file.filename},
          {"bytes", file.content.size()},
          {"created_at", shown(file.created_at)},
          {"expires_at", shown(file.expires_at)},
          {"status", "processed"},
          {"status_details", nullptr}};
}

std::string part_of(const Asked& asked, const std::string& name) {
  for (const FormPart& part : asked.form)
    if (part.name == name) return part.value;
  return "";
}

// A form that is right, and then, now and then, one thing that is wrong in it.
void draw_create(const World&, Draw& draw, Asked& asked) {
  static const std::vector<std::string> names = {"usual.txt", "quick.txt", "slow.txt",
                                                 "stuck.txt", "bad.txt",   "table.csv"};
  static const std::vector<std::string> purposes = {"assistants", "assistants", "assistants",
                                                    "user_data",  "vision",     "batch"};
  const std::string& purpose = draw.one_of(purposes);
  std::string name = draw.one_of(names);
  std::string content = std::string(draw.below(3), '\n') + "cake";
  if (purpose == "batch") name = "lines.jsonl";
  const std::size_t mistake = draw.below(64);
  if (mistake == 57 && purpose == "assistants") name = "usual.vb";
  if (mistake == 58 && purpose == "batch") name = "usual.txt";
  if (mistake == 59) content.clear();
  asked.form = {{"purpose", mistake == 60 ? "domination" : purpose}};
  if (mistake != 61) asked.form.push_back({"file", content, name});
  if (mistake == 62) asked.form.push_back({"colour", "red"});
  if (purpose != "batch" || !draw.one_in(2)) return;
  asked.form.push_back({"expires_after[anchor]", "created_at"});
  asked.form.push_back({"expires_after[seconds]", mistake == 63 ? "60" : "3600"});
}

std::optional<Expected> check_form(const Asked& asked) {
  const auto file = std::ranges::find(asked.form, "file", &FormPart::name);
  if (file == asked.form.end()) return refused("f.nofile", {"file"});
  if (!part_of(asked, "colour").empty()) return refused("f.unknown", {"colour"});
  const std::string purpose = part_of(asked, "purpose");
  if (purpose == "domination") return refused("f.purpose", {purpose});
  if (part_of(asked, "expires_after[seconds]") == "60") return refused("f.expires", {"60"});
  if (file->filename == "usual.vb") return refused("f.extension", {"vb"});
  if (purpose == "batch" && !file->filename.ends_with(".jsonl")) return refused("f.jsonl");
  if (file->value.empty()) return refused("f.empty");
  return {};
}

Expected create(World& world, const Asked& asked) {
  if (auto refusal = check_form(asked)) return *refusal;
  const auto part = std::ranges::find(asked.form, "file", &FormPart::name);
  File file{.id = world.next_id("file"),
            .created_at = world.now,
            .filename = part->filename,
            .purpose = part_of(asked, "purpose"),
            .content = part->value};
  if (file.purpose == "batch") file.expires_at = world.now + 30 * day;
  if (const std::string seconds = part_of(asked, "expires_after[seconds]"); !seconds.empty())
    file.expires_at = world.now + std::stoll(seconds) * second;
  world.files.push_back(file);
  return {.body = shown_file(file)};
}

void draw_one(const World& world, Draw& draw, Asked& asked) {
  asked.ids = {draw.id_of(world.files, "file-none")};
}
Expected get(World& world, const Asked& asked) {
  const File* file = find_file(world, asked.ids[0]);
  if (file == nullptr) return refused("nf.file", {asked.ids[0]});
  return {.body = shown_file(*file)};
}

// It goes out of every store; nothing else of assistants and threads that name it changes.
Expected erase(World& world, const Asked& asked) {
  File* file = find_file(world, asked.ids[0]);
  if (file == nullptr) return refused("nf.file", {asked.ids[0]});
  file->deleted = true;
  for (Store& store : world.stores) {
    for (StoreFile& one : store.files) one.deleted = one.deleted || one.id == file->id;
    settle_batches(store);
  }
  return {.body = {{"id", file->id}, {"object", "file"}, {"deleted", true}}};
}

Expected download(World& world, const Asked& asked) {
  static const std::vector<std::string> kept = {"assistants", "vision", "user_data"};
  const File* file = find_file(world, asked.ids[0]);
  if (file == nullptr) return refused("nf.file", {asked.ids[0]});
  if (std::ranges::find(kept, file->purpose) != kept.end())
    return refused("f.download", {file->purpose});
  return {.bytes = file->content};
}

void draw_list(const World& world, Draw& draw, Asked& asked) {
  draw_paging(draw, asked, world.files, "file-none");
  for (auto& [name, value] : asked.query)
    if (name == "before") name = "after";  // which files do not take
  if (draw.one_in(3)) asked.query.emplace_back("purpose", "assistants");
}
Expected list(World& world, const Asked& asked) {
  const std::string purpose = asked.in_query("purpose");
  return listed(
      world.files, asked,
      [&](const File& file) {
        return !gone(file, world.now) && (purpose.empty() || file.purpose == purpose);
      },
      shown_file, [](const Id& id) { return refused("nf.file", {id}); }, 10'000);
}

}  // namespace

Operations file_operations() {
  return {
      {.id = "listFiles",
       .method = "GET",
       .path = "/files",
       .draw = draw_list,
       .answer = list,
       .parameters = {"limit", "order", "after", "purpose"},
       .beta = false},
      {.id = "createFile",
       .method = "POST",
       .path = "/files",
       .weight = 4,
       .draw = draw_create,
       .answer = create,
       .beta = false,
       .form = true},
      {.id = "retrieveFile",
       .method = "GET",
       .path = "/files/{file_id}",
       .draw = draw_one,
       .answer = get,
       .beta = false},
      {.id = "deleteFile",
       .method = "DELETE",
       .path = "/files/{file_id}",
       .draw = draw_one,
       .answer = erase,
       .beta = false},
      {.id = "downloadFile",
       .method = "GET",
       .path = "/files/{file_id}/content",
       .draw = draw_one,
       .answer = download,
       .beta = false},
  };
}

}  // namespace assistants_mock::tests::model
