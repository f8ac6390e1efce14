// Blobs on a real disk: what is written is read back, what nobody holds is gone, and what does not
// fit is refused with everything before it whole.
#include "mock_server/store/blob_directory.h"

#include <gtest/gtest.h>
// After GoogleTest, which it adds to.
#include <rapidcheck/gtest.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <thread>

namespace assistants_mock::mock_server::store {
namespace {

namespace fs = std::filesystem;

// An empty folder that goes with the test.
class Parent {
 public:
  Parent() {
    std::string name = (fs::temp_directory_path() / "blob-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder");
    path = name;
  }
  ~Parent() { fs::remove_all(path); }
  Parent(const Parent&) = delete;
  Parent& operator=(const Parent&) = delete;

  std::size_t folders() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), {}));
  }
  // Files of blobs, in all folders.
  std::size_t files() const {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(path))
      if (entry.is_regular_file() && entry.path().filename() != "lock") ++count;
    return count;
  }

  fs::path path;
};

std::string bytes_of(const Blob& blob) {
  std::string bytes;
  blob.read(0, static_cast<std::size_t>(blob.size()), bytes);
  return bytes;
}

TEST(BlobDirectory, MakesItsFolderForTheFirstBlobAndRemovesIt) {
  const Parent parent;
  {
    BlobDirectory directory(parent.path);
    EXPECT_EQ(parent.folders(), 0U);
    const auto blob = directory.keep("hello");
    EXPECT_EQ(parent.folders(), 1U);
    EXPECT_EQ(bytes_of(*blob), "hello");
  }
  EXPECT_EQ(parent.folders(), 0U);
}

TEST(BlobDirectory, AFolderIsNobodyElses) {
  const Parent parent;
  BlobDirectory directory(parent.path);
  const auto blob = directory.keep("secret");
  const auto folder = fs::directory_iterator(parent.path)->path();
  EXPECT_EQ(fs::status(folder).permissions() & (fs::perms::group_all | fs::perms::others_all),
            fs::perms::none);
}

TEST(BlobDirectory, ABlobGoesWithItsLastHolder) {
  const Parent parent;
  BlobDirectory directory(parent.path);
  auto one = directory.keep("one");
  auto both = joined({one, directory.keep("two")});
  EXPECT_EQ(parent.files(), 2U);
  EXPECT_EQ(directory.bytes(), 6U);
  one.reset();
  EXPECT_EQ(bytes_of(*both), "onetwo");
  both.reset();
  EXPECT_EQ(parent.files(), 0U);
  EXPECT_EQ(directory.bytes(), 0U);
}

// A download may still be under way when the server's world is gone.
TEST(BlobDirectory, ABlobOutlivesItsDirectory) {
  const Parent parent;
  auto directory = std::make_unique<BlobDirectory>(parent.path);
  auto blob = directory->keep("late");
  directory.reset();
  EXPECT_EQ(bytes_of(*blob), "late");
  blob.reset();
  EXPECT_EQ(parent.folders(), 0U);
}

TEST(BlobDirectory, NothingIsAnEmptyBlobWithoutAFile) {
  const Parent parent;
  BlobDirectory directory(parent.path);
  const auto empty = directory.keep("");
  EXPECT_EQ(empty->size(), 0U);
  EXPECT_EQ(bytes_of(*empty), "");
  EXPECT_EQ(bytes_of(*joined({empty, directory.keep("x"), empty})), "x");
  EXPECT_EQ(bytes_of(*joined({})), "");
  EXPECT_EQ(parent.files(), 0U);
}

TEST(BlobDirectory, AWriterThatIsDroppedLeavesNothing) {
  const Parent parent;
  BlobDirectory directory(parent.path);
  {
    BlobWriter writer = directory.begin();
    writer.append(std::string(100'000, 'x'));
    EXPECT_EQ(parent.files(), 1U);
    EXPECT_EQ(directory.bytes(), 100'000U);
  }
  EXPECT_EQ(parent.files(), 0U);
  EXPECT_EQ(directory.bytes(), 0U);
}

TEST(BlobDirectory, AParentHasToBeThere) {
  EXPECT_THROW(BlobDirectory("/there/is/no/such/folder"), std::invalid_argument);
}

// ours.limit: what fits no more is refused; what was there stays, and room that is freed is used.
TEST(BlobDirectory, HoldsNoMoreThanItMay) {
  const Parent parent;
  BlobDirectory directory(parent.path, 10);
  const auto six = directory.keep("123456");
  BlobWriter writer = directory.begin();
  writer.append("1234");
  try {
    writer.append("5");
    FAIL() << "eleven bytes where ten are the limit";
  } catch (const DiskError& error) {
    EXPECT_EQ(error.reason, DiskError::Reason::limit);
  }
  EXPECT_THROW(directory.keep("1"), DiskError);
  EXPECT_EQ(bytes_of(*six), "123456");
  writer = directory.begin();
  EXPECT_EQ(directory.bytes(), 6U);
  EXPECT_EQ(bytes_of(*directory.keep("1234")), "1234");
}

// The kernel refuses as on a full disk, in the middle of a file. In a process of its own: the bound
// is a process's.
TEST(BlobDirectory, WhatTheDiskRefusesLeavesTheRestWhole) {
  const Parent parent;
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);  // NOLINT(cert-err33-c)
    BlobDirectory directory(parent.path);
    const std::string whole(90'000, 'w');
    const auto kept = directory.keep(whole);
    const rlimit small{100'000, 100'000};
    ::setrlimit(RLIMIT_FSIZE, &small);
    bool refused = false;
    try {
      directory.keep(std::string(200'000, 'x'));
    } catch (const DiskError& error) {
      refused = error.reason == DiskError::Reason::system;
    }
    const bool well = refused && bytes_of(*kept) == whole && directory.bytes() == whole.size() &&
                      bytes_of(*directory.keep("more")) == "more";
    ::_exit(well ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}

// A run that was killed cannot tidy up; the next one does.
TEST(BlobDirectory, WhatAKilledRunLeftIsRemoved) {
  const Parent parent;
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    BlobDirectory directory(parent.path);
    const auto blob = directory.keep("left");
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(parent.folders(), 1U);
  BlobDirectory directory(parent.path);
  const auto blob = directory.keep("new");
  EXPECT_EQ(parent.folders(), 1U);
  EXPECT_EQ(parent.files(), 1U);
  EXPECT_EQ(bytes_of(*blob), "new");
}

TEST(BlobDirectory, WhatBelongsToOthersStays) {
  const Parent parent;
  BlobDirectory living(parent.path);
  const auto blob = living.keep("living");
  fs::create_directory(parent.path / "somebody-elses");
  fs::create_directory(parent.path / "assistants-mock-files-unlocked");
  std::fclose(std::fopen((parent.path / "assistants-mock-files-unlocked" / "x").c_str(), "w"));
  fs::create_directory_symlink(parent.path / "somebody-elses",
                               parent.path / "assistants-mock-files-link");
  BlobDirectory second(parent.path);
  const auto more = second.keep("more");
  EXPECT_EQ(bytes_of(*blob), "living");
  EXPECT_TRUE(fs::exists(parent.path / "somebody-elses"));
  EXPECT_TRUE(fs::exists(parent.path / "assistants-mock-files-unlocked" / "x"));
  EXPECT_TRUE(fs::is_symlink(parent.path / "assistants-mock-files-link"));
}

// A file that somebody removed behind our back is told, not made up.
TEST(BlobDirectory, AFileThatIsGoneIsAnError) {
  const Parent parent;
  BlobDirectory directory(parent.path);
  const auto blob = directory.keep("gone");
  for (const auto& folder : fs::directory_iterator(parent.path)) fs::remove_all(folder.path());
  std::string bytes;
  EXPECT_THROW(blob->read(0, 4, bytes), DiskError);
  EXPECT_THROW(directory.keep("more"), DiskError);
}

TEST(BlobDirectory, ServesSeveralThreads) {
  const Parent parent;
  BlobDirectory directory(parent.path, 1'000'000);
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (char letter = 'a'; letter < 'e'; ++letter)
    threads.emplace_back([&, letter] {
      for (int time = 0; time < 50; ++time) {
        const std::string bytes(1'000, letter);
        if (bytes_of(*directory.keep(bytes)) == bytes) ++right;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 200);
  EXPECT_EQ(directory.bytes(), 0U);
}

// RFC 1321, appendix A.5.
TEST(Md5, IsThatOfTheStandard) {
  BlobDirectory directory;
  EXPECT_EQ(md5_of(*directory.keep("")), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(md5_of(*directory.keep("abc")), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(md5_of(*joined({directory.keep("message "), directory.keep("digest")})),
            "f96b697d7cb7938d525a2f31aaf161d0");
}

// However the bytes are cut when they are written, joined and read: they are the same.
RC_GTEST_PROP(BlobDirectory, GivesBackWhatWasWritten, (const std::vector<std::string>& pieces)) {
  static const Parent parent;
  BlobDirectory directory(parent.path);
  std::vector<std::shared_ptr<const Blob>> parts;
  std::string whole;
  for (const std::string& piece : pieces) {
    BlobWriter writer = directory.begin();
    const std::string bytes = piece + std::string(piece.size() * 700, 'z');
    const std::size_t cut = *rc::gen::inRange<std::size_t>(0, bytes.size() + 1);
    writer.append(std::string_view(bytes).substr(0, cut));
    writer.append(std::string_view(bytes).substr(cut));
    RC_ASSERT(writer.size() == bytes.size());
    parts.push_back(writer.finish());
    whole += bytes;
  }
  const auto blob = joined(parts);
  RC_ASSERT(blob->size() == whole.size());
  RC_ASSERT(directory.bytes() == whole.size());
  const std::size_t begin = *rc::gen::inRange<std::size_t>(0, whole.size() + 2);
  const std::size_t most = *rc::gen::inRange<std::size_t>(0, whole.size() + 2);
  std::string read = "before ";
  blob->read(begin, most, read);
  RC_ASSERT(read == "before " + (begin < whole.size() ? whole.substr(begin, most) : ""));
}

}  // namespace
}  // namespace assistants_mock::mock_server::store
