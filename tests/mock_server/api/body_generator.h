#pragma once
// Bodies made from the tables: mostly what a schema asks for, now and then something else.
#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>

#include "mock_server/api/body_schema.h"

namespace assistants_mock::mock_server::api {

class BodyGenerator {
 public:
  // One value in `mistakes_in` is replaced by any other JSON; 0: none is.
  explicit BodyGenerator(int mistakes_in) : mistakes_in_(mistakes_in) {}

  // Call inside a property or a generator of RapidCheck.
  Body object(const ObjectSchema& schema) const {
    Body body = Body::object();
    for (const Field& field : schema.fields)
      if (is_given(field)) body[std::string(field.name)] = value(field.value);
    if (!goes_wrong()) settle(body, schema.together);
    if (goes_wrong()) body[*rc::gen::element<std::string>("", "zzz", "file_ids")] = anything();
    if (goes_wrong() && !body.empty()) body.erase(body.begin());
    return body;
  }

  // JSON that no schema had a hand in.
  static Body anything() {
    return *rc::gen::oneOf(
        rc::gen::map(rc::gen::arbitrary<std::string>(),
                     [](const std::string& text) { return Body(text); }),
        rc::gen::map(rc::gen::arbitrary<int>(), [](int number) { return Body(number); }),
        rc::gen::element<Body>(nullptr, true, 0.5, 1e300, -1, "", "undefined", Body::array(),
                               Body::object(), Body::array({1, "a", nullptr}),
                               Body({{"type", "function"}}), Body({{"type", 7}}),
                               std::numeric_limits<std::uint64_t>::max()));
  }

 private:
  // RapidCheck's own range grows with the size of the case, and would choose 0 for small ones.
  template <typename Number>
  static Number below(Number end) {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<Number>(0, end));
  }

  bool goes_wrong() const { return mistakes_in_ > 0 && below(mistakes_in_) == 0; }

  static bool is_given(const Field& field) { return field.required || below(3) == 0; }

  // Makes what was chosen field by field fit together.
  static void settle(Body& body, Together rule) {
    if (rule == Together::one_store_source && body.size() == 2) body.erase(body.begin());
    if (rule == Together::overlap_fits && body.contains("max_chunk_size_tokens") &&
        body["max_chunk_size_tokens"].is_number_integer())
      body["chunk_overlap_tokens"] = body["max_chunk_size_tokens"].get<long long>() / 2;
    if (rule == Together::strict_parameters && body.contains("strict")) body["strict"] = false;
  }

  Body value(const ValueSchema& schema) const {
    if (goes_wrong()) return anything();
    if (schema.null && below(4) == 0) return nullptr;
    if (schema.tagged && (!schema.string || *rc::gen::arbitrary<bool>()))
      return tagged(*schema.tagged);
    if (schema.array && (!schema.string || *rc::gen::arbitrary<bool>()))
      return array(*schema.array);
    if (schema.object) return object(*schema.object);
    if (schema.metadata) return metadata(*schema.metadata);
    if (schema.string) return string(*schema.string);
    if (schema.integer) return integer(*schema.integer);
    if (schema.decimal)
      return schema.decimal->min + (schema.decimal->max - schema.decimal->min) / 2;
    return true;
  }

  Body tagged(const TaggedSchema& schema) const {
    const auto& chosen = schema.alternatives[below(schema.alternatives.size())];
    Body body = object(*chosen.object);
    if (!goes_wrong()) body["type"] = chosen.type;
    return body;
  }

  Body array(const ArraySchema& schema) const {
    const std::size_t most = std::min<std::size_t>(schema.max_items, 3);
    Body body = Body::array();
    const std::size_t least = schema.may_be_empty ? 0 : 1;
    const std::size_t count = least + below(most + 1 - least);
    while (body.size() < count) body.push_back(value(schema.items));
    return body;
  }

  static Body metadata(const MetadataSchema& schema) {
    Body body = Body::object();
    const auto count = below(schema.max_pairs + 1);
    for (std::size_t i = 0; i < count; ++i)
      body["k" + std::to_string(i)] = std::string(below(std::size_t{513}), 'v');
    return body;
  }

  static Body string(const StringSchema& schema) {
    if (!schema.supported.empty()) return schema.supported[below(schema.supported.size())];
    if (schema.form == StringSchema::Form::image_url) return "https://a.example/b.png";
    const std::size_t most = std::min<std::size_t>(schema.max_length, 300);
    return std::string(schema.id_prefix) + std::string(1 + below(most - 1), 'x');
  }

  // The ends of the range are the interesting part.
  static Body integer(const IntegerSchema& schema) {
    const long long least = std::max(schema.min, -1000LL);
    const long long most = std::min(schema.max, least + 1000);
    return *rc::gen::element(least, most);
  }

  int mistakes_in_;
};

}  // namespace assistants_mock::mock_server::api
