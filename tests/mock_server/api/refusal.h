#pragma once
// What a check refused, as text that a table of tests can hold.
#include <ostream>
#include <string>

#include "mock_server/api/api_error.h"
#include "mock_server/api/body_schema.h"

namespace assistants_mock::mock_server::api {

struct Refusal {
  std::string row = {};  // empty: accepted
  std::string param = {};
  std::string message = {};

  bool operator==(const Refusal&) const = default;
  friend std::ostream& operator<<(std::ostream& out, const Refusal& refusal) {
    return out << refusal.row << " at " << refusal.param << ": " << refusal.message;
  }
};

// What `action` throws as an ApiError, if it does.
template <typename Action>
Refusal refusal_of(const Action& action) {
  try {
    action();
    return {};
  } catch (const ApiError& error) {
    return {std::string(error.row), error.param.value_or("-"), error.message};
  }
}

inline Refusal refusal_of(const Body& body, const ObjectSchema& schema) {
  return refusal_of([&] { check(body, schema); });
}

}  // namespace assistants_mock::mock_server::api
