#pragma once
// What the comments and texts of the code say about docs/wire/: rows they name (T9, lock.run) and
// sections they point to.
#include <string>
#include <vector>

namespace assistants_mock::tests {

struct Citation {
  std::string file;  // that it was found in, from the root of the repository
  std::string what;
};

// Rows of docs/wire/, each file's once: "T9", "v.meta.key", and "row J" for those of streams.
std::vector<Citation> cited_rows();

// "docs/wire/errors.md#Order of checks"; a numbered section is "docs/wire/errors.md#1.4".
std::vector<Citation> cited_sections();

// Names of pages, "errors.md", without their folder.
std::vector<Citation> cited_pages();

// "Suite.Name" of every test written in C++.
std::vector<std::string> defined_tests();

}  // namespace assistants_mock::tests
