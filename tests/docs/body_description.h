#pragma once
// The tables of request bodies in words: a row for each field.
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "mock_server/api/body_schema.h"
#include "tests/docs/joined_table.h"

namespace assistants_mock::tests {

// Describes bodies field by field, each piece that several of them share once.
class BodyDescription {
 public:
  JoinedTable table_of(std::string_view operation, const mock_server::api::ObjectSchema& schema);

 private:
  void fields(const mock_server::api::ObjectSchema& schema, const std::string& prefix);
  // In words, with the rows of what is inside added to the table.
  std::string described(const mock_server::api::ValueSchema& value, const std::string& path);
  std::string described(const mock_server::api::ArraySchema& schema, const std::string& path);
  std::string described(const mock_server::api::ObjectSchema& schema, const std::string& path);
  std::string described(const mock_server::api::TaggedSchema& schema, const std::string& path);
  // Where this piece was described; nothing the first time.
  std::string seen(const void* piece, const std::string& path);

  std::string_view operation_;
  JoinedTable table_;
  std::map<const void*, std::string> seen_;
};

}  // namespace assistants_mock::tests
