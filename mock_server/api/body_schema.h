#pragma once
// The language in which the tables of request bodies are written (request_bodies.cc), and the one
// check that reads them. A field added to a table is a field that is accepted, limited and refused
// in the service's words. Tables are plain constants: docs and generators may read them too.
#include <cstddef>
#include <limits>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>

namespace assistants_mock::mock_server::api {

// Bodies keep the order of their keys, because what is kept of them (tools, metadata, response
// formats) is shown again in that order. Looking up a key is linear there, so parse_body refuses
// objects of more than 1,000 keys: quadratic work is bounded.
using Body = nlohmann::ordered_json;

inline constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

// The one pattern of this API, for functions and JSON schemas by name (v.fn.name).
inline constexpr std::string_view name_pattern = "^[a-zA-Z0-9_-]+$";

struct StringSchema {
  enum class Empty { accepted, refused, refused_as_content };  // v.empty, v.content.empty
  enum class Form {
    any,
    name,       // matches name_pattern
    image_url,  // http(s) and an ending of an image that the service reads: v.url, v.image.format
  };
  std::size_t max_length = unlimited;  // in Unicode characters
  Empty empty = Empty::accepted;
  Form form = Form::any;
  std::string_view id_prefix = {};                   // what an id begins with, e.g. "file"
  std::span<const std::string_view> supported = {};  // when given, the only values
};

struct IntegerSchema {  // 256.0 is a decimal number, not an integer
  long long min = std::numeric_limits<long long>::min();
  long long max = std::numeric_limits<long long>::max();
};

struct DecimalSchema {  // whole numbers included
  double min = std::numeric_limits<double>::lowest();
  double max = std::numeric_limits<double>::max();
};

struct MetadataSchema {  // string to string; lengths in Unicode characters
  std::size_t max_pairs = 16;
  std::size_t max_key_length = 64;
  std::size_t max_value_length = 512;
  bool numbers_and_flags = false;  // as values too
};

struct ObjectSchema;
struct ArraySchema;
struct TaggedSchema;

// What a value may be: one member for each JSON type that is accepted, null pointers for those that
// are not. Of `object`, `tagged` and `metadata`, which all describe objects, at most one is set.
struct ValueSchema {
  const StringSchema* string = nullptr;
  const IntegerSchema* integer = nullptr;
  const DecimalSchema* decimal = nullptr;
  bool boolean = false;
  const ArraySchema* array = nullptr;
  const ObjectSchema* object = nullptr;
  const TaggedSchema* tagged = nullptr;
  const MetadataSchema* metadata = nullptr;
  bool null = false;
};

struct ArraySchema {
  ValueSchema items;
  bool may_be_empty = true;
  std::size_t max_items = unlimited;
};

struct Field {
  std::string_view name;
  ValueSchema value;
  bool required = false;
};

// What holds between the fields of one object.
enum class Together {
  unrelated,
  one_store_source,   // vector_store_ids or vector_stores, not both
  one_file_source,    // file_ids or files, one of them
  overlap_fits,       // chunk_overlap_tokens at most half of max_chunk_size_tokens
  strict_parameters,  // `strict: true` closes every object of `parameters`: v.fn.schema
};

struct ObjectSchema {
  std::span<const Field> fields = {};  // at most max_fields
  bool open = false;                   // fields that are not listed are let through unseen
  Together together = Together::unrelated;
};
inline constexpr std::size_t max_fields = 32;

// Objects whose `type` says which fields they have.
struct TaggedSchema {
  struct Alternative {
    std::string_view type;
    const ObjectSchema* object;  // lists `type` among its fields
  };
  std::span<const Alternative> alternatives;  // in the order in which a refusal names them
};

// Throws the first refusal that `schema` has for `body`: an ApiError of a row v.* or id.* of
// docs/wire/errors.md. A body that is no object is refused as body.notjson: this is what a body
// encoded twice looks like, and the service blamed it on the use of the HTTP library.
//
// The order, in each object, is the one in which the service's shared validation was measured on
// its chat endpoint in 2026: required fields that are absent, in the table's order; then unknown
// fields, in the body's order; then the values, in the table's order. Ids with a wrong prefix come
// after everything else (errors.md, section 2: schema, then prefixes).
//
// Takes well under a microsecond for a message; allocates only to refuse.
void check(const Body& body, const ObjectSchema& schema);

}  // namespace assistants_mock::mock_server::api
