#pragma once
// Refusals as a test expects them, each worded here once more; and tables of bodies with them.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "mock_server/api/body_parser.h"
#include "tests/mock_server/api/refusal.h"

namespace assistants_mock::mock_server::api {

struct Accepted {
  const ObjectSchema& schema;
  std::string body;
};

struct Refused {
  const ObjectSchema& schema;
  std::string body;
  Refusal refusal;
};

inline void expect_accepted(const std::vector<Accepted>& cases) {
  for (const Accepted& entry : cases)
    EXPECT_EQ(refusal_of(parse_body(entry.body), entry.schema), Refusal{}) << entry.body;
}

inline void expect_refused(const std::vector<Refused>& cases) {
  for (const Refused& entry : cases)
    EXPECT_EQ(refusal_of(parse_body(entry.body), entry.schema), entry.refusal) << entry.body;
}

inline Refusal missing(const std::string& path) {
  return {"v.missing", path, "Missing required parameter: '" + path + "'."};
}
inline Refusal unknown(const std::string& path) {
  return {"v.unknown", path, "Unknown parameter: '" + path + "'."};
}
inline Refusal wrong_type(const std::string& path, const std::string& expected,
                          const std::string& got) {
  return {
      "v.type", path,
      "Invalid type for '" + path + "': expected " + expected + ", but got " + got + " instead."};
}
inline Refusal not_listed(const std::string& path, const std::string& value,
                          const std::string& list) {
  return {path.ends_with("role") ? "v.role" : "v.enum", path,
          "Invalid value: '" + value + "'. Supported values are: " + list + "."};
}
inline Refusal too_long(const std::string& path, std::size_t limit, std::size_t length) {
  return {"v.strlen", path,
          "Invalid '" + path + "': string too long. Expected a string with maximum length " +
              std::to_string(limit) + ", but got a string with length " + std::to_string(length) +
              " instead."};
}
inline Refusal too_many(const std::string& path, std::size_t limit, std::size_t length) {
  return {"v.arrmax", path,
          "Invalid '" + path + "': array too long. Expected an array with maximum length " +
              std::to_string(limit) + ", but got an array with length " + std::to_string(length) +
              " instead."};
}
inline Refusal bad_id(const std::string& row, const std::string& path, const std::string& value,
                      const std::string& prefix) {
  return {
      row, path,
      "Invalid '" + path + "': '" + value + "'. Expected an ID that begins with '" + prefix + "'."};
}
inline Refusal above(const std::string& row, const std::string& path, const std::string& limit,
                     const std::string& got) {
  const std::string kind = row == "v.intmax" ? "integer" : "decimal";
  return {row, path,
          "Invalid '" + path + "': " + kind + " above maximum value. Expected a value <= " + limit +
              ", but got " + got + " instead."};
}
inline Refusal below(const std::string& row, const std::string& path, const std::string& limit,
                     const std::string& got) {
  const std::string kind = row == "v.intmin" ? "integer" : "decimal";
  return {row, path,
          "Invalid '" + path + "': " + kind + " below minimum value. Expected a value >= " + limit +
              ", but got " + got + " instead."};
}

}  // namespace assistants_mock::mock_server::api
