// Forms as they arrive: what is kept, what is refused and in which words, what is told of them.
#include "mock_server/api/form_upload.h"

#include <gtest/gtest.h>
// After GoogleTest, which it adds to.
#include <rapidcheck/gtest.h>

#include "mock_server/api/json_writer.h"
#include "tests/mock_server/api/refusal.h"
#include "tests/mock_server/form_text.h"

namespace assistants_mock::mock_server::api {
namespace {

constexpr FormSchema schema{"file", &Limits::file_bytes};
constexpr Limits small{.body_bytes = 1'000,
                       .file_bytes = 100,
                       .stored_bytes = 150,
                       .form_parts = 3,
                       .form_field_bytes = 20};

std::shared_ptr<store::BlobDirectory> disk() {
  return std::make_shared<store::BlobDirectory>(std::filesystem::path(), small.stored_bytes);
}

Headers headers_of(const FormText& form) {
  return {{"Content-Type", form.content_type()},
          {"Content-Length", std::to_string(form.body().size())}};
}

std::string read(const store::Blob& blob) {
  std::string bytes;
  blob.read(0, 1'000, bytes);
  return bytes;
}

// The row of the refusal; empty when there is none.
std::string row_of(const FormText& form, const Limits& limits = small) {
  const auto blobs = disk();
  FormUpload upload(schema, headers_of(form), limits, blobs);
  upload.take(form.body());
  std::string row;
  try {
    upload.finish();
  } catch (const ApiError& error) {
    row = error.row;
  }
  return row;
}

TEST(FormUpload, KeepsTheFileOnDiskAndTheFieldsInOrder) {
  const auto blobs = disk();
  const FormText text = FormText()
                            .field("b", "1")
                            .file("file", "notes.txt", "line\r\nline")
                            .field("a", "2")
                            .field("b", "3");
  Limits limits = small;
  limits.form_parts = 4;
  FormUpload upload(schema, headers_of(text), limits, blobs);
  EXPECT_TRUE(upload.take(text.body()));
  const Form form = upload.finish();
  EXPECT_EQ(form.filename, "notes.txt");
  EXPECT_EQ(read(*form.file), "line\r\nline");
  EXPECT_EQ(blobs->bytes(), 10U);
  using Fields = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(form.fields, (Fields{{"b", "1"}, {"a", "2"}, {"b", "3"}}));
  EXPECT_EQ(*form.find("b"), "3") << "the last counts";
  EXPECT_EQ(form.find("c"), nullptr);
}

TEST(FormUpload, AFileHasAName) {
  const auto blobs = disk();
  const FormText text = FormText().field("file", "text");
  FormUpload upload(schema, headers_of(text), small, blobs);
  upload.take(text.body());
  const Form form = upload.finish();
  EXPECT_FALSE(form.filename);
  EXPECT_EQ(*form.find("file"), "text");

  FormUpload unnamed({"file", &Limits::file_bytes, false}, headers_of(text), small, blobs);
  unnamed.take(text.body());
  EXPECT_EQ(read(*unnamed.finish().file), "text");
}

TEST(FormUpload, RefusesInItsOwnRows) {
  EXPECT_EQ(row_of(file_form("a.txt", "Hello")), "");
  EXPECT_EQ(row_of(file_form("a.txt", std::string(100, 'x'))), "");
  EXPECT_EQ(row_of(file_form("a.txt", std::string(101, 'x'))), "f.toolarge");
  EXPECT_EQ(row_of(file_form("a.txt", std::string(5'000, 'x'))), "f.toolarge") << "by its length";
  EXPECT_EQ(row_of(FormText().field("a", std::string(20, 'x'))), "");
  EXPECT_EQ(row_of(FormText().field("a", std::string(21, 'x'))), "ours.limit");
  EXPECT_EQ(row_of(FormText().field("a", "").field("b", "").field("c", "")), "");
  EXPECT_EQ(row_of(FormText().field("a", "").field("b", "").field("c", "").field("d", "")),
            "ours.limit");
  EXPECT_EQ(row_of(FormText().part("form-data", "x")), "body.multipart");
}

TEST(FormUpload, AMistakeNamesItsPlaceAndWhatWasExpected) {
  const auto refusal_of_body = [](const std::string& type, const std::string& body) {
    FormUpload upload(schema, {{"Content-Type", type}}, small, disk());
    upload.take(body);
    return refusal_of([&] { upload.finish(); });
  };
  EXPECT_EQ(refusal_of_body("multipart/form-data; boundary=b", "--b\r\nX: y\r\n\r\n"),
            (Refusal{"body.multipart", "-",
                     "We could not parse the form of your request: at byte 11 of the body, the "
                     "header Content-Disposition of the part was expected."}));
  EXPECT_EQ(refusal_of_body("multipart/form-data; boundary=b", ""),
            (Refusal{"body.multipart", "-",
                     "We could not parse the form of your request: at byte 0 of the body, the "
                     "delimiter --b was expected."}));
  EXPECT_EQ(refusal_of_body("application/json", "{}"),
            (Refusal{"body.form", "-",
                     "This operation takes a form: at byte 0 of the Content-Type header, "
                     "multipart/form-data was expected."}));
  EXPECT_EQ(refusal_of_body("multipart/form-data", ""),
            (Refusal{"body.form", "-",
                     "This operation takes a form: at byte 19 of the Content-Type header, the "
                     "parameter boundary was expected."}));
}

// ours.limit, of all files together; nothing is left of what did not fit.
TEST(FormUpload, AFullStoreIsTold) {
  const auto blobs = disk();
  const auto kept = blobs->keep(std::string(100, 'k'));
  const FormText text = file_form("a.txt", std::string(51, 'x'));
  FormUpload upload(schema, headers_of(text), small, blobs);
  EXPECT_TRUE(upload.take(text.body())) << "to its end";
  const Refusal refusal = refusal_of([&] { upload.finish(); });
  EXPECT_EQ(refusal.row, "ours.limit");
  EXPECT_NE(refusal.message.find("--max-stored"), std::string::npos) << refusal.message;
  EXPECT_EQ(blobs->bytes(), 100U);
}

TEST(FormUpload, WhatIsRefusedIsReadOnUnlessItIsLarge) {
  const auto blobs = disk();
  const Headers type = {{"Content-Type", FormText().content_type()}};
  FormUpload chunked(schema, type, small, blobs);
  chunked.refuse(api_error::auth_missing());
  EXPECT_TRUE(chunked.take(std::string(1'000, 'x')));
  EXPECT_FALSE(chunked.take("x"));

  Headers announced = type;
  for (const char* length : {"1101", "99999999999999999999999"}) {
    announced.resize(1);
    announced.emplace_back("Content-Length", length);
    FormUpload counted(schema, announced, small, blobs);
    EXPECT_FALSE(counted.take({})) << "before anything was sent";
    EXPECT_EQ(refusal_of([&] { counted.finish(); }).row, "f.toolarge");
  }
  announced.back().second = "1000";
  FormUpload wrong(schema, announced, small, blobs);
  wrong.refuse(api_error::auth_missing());
  EXPECT_TRUE(wrong.take(std::string(1'000, 'x')));
  EXPECT_EQ(blobs->bytes(), 0U);
}

// Neither what comes before the first delimiter nor what comes after the last goes on for ever.
TEST(FormUpload, WhatIsNoPartIsBoundedToo) {
  FormUpload upload(schema, {{"Content-Type", FormText().content_type()}}, small, disk());
  std::size_t taken = 0;
  while (taken < 10'000 && upload.take(std::string(100, 'x'))) taken += 100;
  EXPECT_LE(taken, 2'200U);
  EXPECT_EQ(refusal_of([&] { upload.finish(); }).row, "f.toolarge");
}

TEST(FormUpload, TellsOfItselfInALine) {
  const FormText text = file_form("no\xC3\xABl.txt", "Hello");
  FormUpload upload(schema, headers_of(text), small, disk());
  upload.take(text.body());
  EXPECT_EQ(upload.size(), text.body().size());
  EXPECT_EQ(upload.summary(),
            "{\"file\":{\"filename\":\"no\xC3\xABl.txt\",\"bytes\":5},\"purpose\":\"assistants\"}");
}

// How the bytes are cut changes nothing.
RC_GTEST_PROP(FormUpload, IsTheSameHoweverItArrives, (const std::string& content)) {
  const FormText text = FormText().field("purpose", "vision").file("file", "a.png", content);
  const std::string body = text.body();
  const auto blobs = std::make_shared<store::BlobDirectory>();
  FormUpload upload(schema, headers_of(text), {}, blobs);
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t size = *rc::gen::inRange<std::size_t>(1, 40);
    RC_ASSERT(upload.take(std::string_view(body).substr(at, size)));
    at += size;
  }
  const Form form = upload.finish();
  std::string read_back;
  form.file->read(0, content.size() + 1, read_back);
  RC_ASSERT(read_back == content);
  RC_ASSERT(*form.find("purpose") == "vision");
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
