#pragma once
// What can be asked, and what is to be answered. An operation says how a request for it is drawn
// and what the model answers; the table of all of them is in operations.cc.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/model/draw.h"
#include "tests/model/world.h"

namespace assistants_mock::tests::model {

struct Operation;

// What is left out of the headers, or wrong in them.
enum class HeadersKind { whole, no_key, no_beta, beta_v1 };

struct FormPart {
  std::string name;
  std::string value;
  std::string filename = {};  // of a file
};

// A request, or time that passes.
struct Asked {
  const Operation* operation = nullptr;
  std::vector<Id> ids = {};  // of the path, in its order
  std::vector<std::pair<std::string, std::string>> query = {};
  Json body = {};  // null: none
  std::vector<FormPart> form = {};
  HeadersKind headers = HeadersKind::whole;
  bool broken_json = false;
  Time by = 0;

  const Json* field(const char* name) const {
    const auto found = body.is_object() ? body.find(name) : body.end();
    return found == body.end() ? nullptr : &*found;
  }
  std::string in_query(std::string_view name) const;
  bool streams() const { return field("stream") != nullptr && *field("stream") == true; }
};

// What the answer has to say. In a body
//   "*"                    is anything but null,
//   "@thread_1"            is the id that the server has for it, told here for the first time or
//   not,
//   {"$any_order": [...]}  is a list of these in any order, {"$some": [...]} one with these among
//   others.
// Objects may have further fields. A message that ends in … may go on.
struct Expected {
  int status = 200;
  std::string row = {};  // of docs/wire/errors.md
  Json body = {};
  std::string bytes = {};  // of a download
};

enum class FieldKind { text, object, items, id, number, flag, open };

// A field of a body, as in the tables of endpoints.md.
struct Field {
  std::string_view name = {};
  FieldKind kind = FieldKind::text;
  bool needed = false;
  bool nullable = true;
  std::string_view unless = {};  // it is not needed beside this one
};

struct Operation {
  std::string_view id = {};
  std::string_view method = {};
  std::string_view path = {};  // after /v1
  int weight = 1;              // how often it is drawn
  void (*draw)(const World&, Draw&, Asked&) = nullptr;
  Expected (*answer)(World&, const Asked&) = nullptr;
  std::vector<Field> fields = {};
  std::vector<std::string_view> parameters = {};  // of the query
  bool beta = true;                               // asks for the header OpenAI-Beta
  bool form = false;
};

using Operations = std::vector<Operation>;

Operations assistant_operations();
Operations thread_operations();
Operations message_operations();
Operations run_operations();
Operations step_operations();
Operations store_operations();
Operations store_file_operations();
Operations batch_operations();
Operations file_operations();
Operations upload_operations();
Operations model_operations();
// Requests that no route takes; and time, which is none.
Operations other_operations();

const Operations& all_operations();
const Operation& operation_named(std::string_view id);

// The request that the choices mean in this world.
Asked drawn(const World& world, const Operation& operation, const Choices& choices, bool& possible);
// What is answered to it, in the order of checks of errors.md; changes the world.
Expected answered(World& world, const Asked& asked);

}  // namespace assistants_mock::tests::model
