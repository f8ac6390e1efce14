#include "mock_server/engine/file_texts.h"

#include <gtest/gtest.h>

#include "mock_server/store/blob_directory.h"

namespace assistants_mock::mock_server::engine {
namespace {

class FileTextsTest : public testing::Test {
 protected:
  store::File file(const std::string& content) {
    store::File made;
    made.id = "file-1";
    made.filename = "a.txt";
    made.content = blobs_.keep(content);
    return made;
  }
  std::string read(const store::File& file) {
    const auto result = texts_.of(file);
    if (const auto* error = std::get_if<state_machine::RunError>(&result)) return error->code;
    held_ = std::get<FileTexts::Text>(result);
    return *held_;
  }

  store::BlobDirectory blobs_;
  FileTexts texts_;
  FileTexts::Text held_;
};

TEST_F(FileTextsTest, ATextIsReadOnceWhileItIsHeld) {
  EXPECT_EQ(read(file("cake")), "cake");
  EXPECT_EQ(texts_.known("file-1"), held_);
  EXPECT_EQ(read(file("other")), "cake");  // a file's content never changes
  held_ = nullptr;
  EXPECT_EQ(texts_.known("file-1"), nullptr);
  EXPECT_EQ(read(file("other")), "other");
}

TEST_F(FileTextsTest, AFailureIsRememberedUntilTheFileGoes) {
  EXPECT_EQ(read(file("\xff\xff")), "invalid_file");
  EXPECT_EQ(read(file("cake")), "invalid_file");
  texts_.forget("file-1");
  EXPECT_EQ(read(file("cake")), "cake");
}

}  // namespace
}  // namespace assistants_mock::mock_server::engine
