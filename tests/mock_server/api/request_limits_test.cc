// The tables: lengths, ranges, ids and forms of the values, with the exact refusals.
#include <gtest/gtest.h>

#include <string>

#include "mock_server/api/request_bodies.h"
#include "tests/mock_server/api/expected_refusals.h"

namespace assistants_mock::mock_server::api {
namespace {

// `item` as often as said, as a JSON array.
std::string array_of(std::size_t count, const std::string& item) {
  std::string text = "[";
  for (std::size_t i = 0; i < count; ++i) text += (i ? "," : "") + item;
  return text + "]";
}

// The lengths of a message, and of an assistant's words.
TEST(RequestBodies, LengthsOfStrings) {
  const auto assistant = [](const std::string& field, std::size_t length) {
    return R"({"model":"m",")" + field + R"(":")" + std::string(length, 'x') + "\"}";
  };
  const auto message = [](std::size_t length) {
    return R"({"role":"user","content":")" + std::string(length, 'x') + "\"}";
  };
  const auto part = [](std::size_t length) {
    return R"({"role":"user","content":[{"type":"text","text":")" + std::string(length, 'x') +
           "\"}]}";
  };
  expect_accepted({
      {create_assistant_body, assistant("name", 256)},
      {create_assistant_body, assistant("description", 512)},
      {modify_assistant_body, assistant("instructions", 256'000)},
      {create_message_body, message(256'000)},
      {create_message_body, part(256'000)},
  });
  expect_refused({
      {create_assistant_body, assistant("name", 257), too_long("name", 256, 257)},
      {modify_assistant_body, assistant("description", 513), too_long("description", 512, 513)},
      {create_assistant_body, assistant("instructions", 256'001),
       too_long("instructions", 256'000, 256'001)},
      {create_message_body, message(256'001), too_long("content", 256'000, 256'001)},
      {create_message_body, part(300'000), too_long("content[0].text", 256'000, 300'000)},
  });
}

TEST(RequestBodies, EmptyContent) {
  const Refusal empty{"v.content.empty", "-", "Message content must be non-empty."};
  expect_refused({
      {create_message_body, R"({"role":"user","content":""})", empty},
      {create_thread_body, R"({"messages":[{"role":"user","content":""}]})", empty},
      {create_message_body, R"({"role":"user","content":[{"type":"text","text":""}]})", empty},
      {create_message_body,
       R"({"role":"user","content":[]})",
       {"v.arrmin", "content",
        "Invalid 'content': empty array. Expected an array with minimum length 1, but got an empty "
        "array instead."}},
      {submit_tool_outputs_body,
       R"({"tool_outputs":[]})",
       {"v.arrmin", "tool_outputs",
        "Invalid 'tool_outputs': empty array. Expected an array with minimum length 1, but got an "
        "empty array instead."}},
  });
  expect_accepted(
      {{submit_tool_outputs_body, R"({"tool_outputs":[{"tool_call_id":"","output":""}]})"},
       {create_message_body, R"({"role":"user","content":" "})"}});
}

TEST(RequestBodies, LengthsOfArrays) {
  const auto tools = [](const std::string& rest, std::size_t count) {
    return "{" + rest + R"(,"tools":)" + array_of(count, R"({"type":"code_interpreter"})") + "}";
  };
  const auto files = [](std::size_t count) {
    return R"({"tool_resources":{"code_interpreter":{"file_ids":)" +
           array_of(count, R"("file-1")") + "}}}";
  };
  const std::string run = R"("assistant_id":"asst_1")";
  expect_accepted({
      {create_assistant_body, tools(R"("model":"m")", 128)},
      {create_run_body, tools(run, 20)},
      {modify_thread_body, files(20)},
      {modify_thread_body, R"({"tool_resources":{"file_search":{"vector_store_ids":[]}}})"},
  });
  expect_refused({
      {create_assistant_body, tools(R"("model":"m")", 129), too_many("tools", 128, 129)},
      {create_run_body, tools(run, 21), too_many("tools", 20, 21)},
      {create_thread_and_run_body, tools(run, 21), too_many("tools", 20, 21)},
      {modify_thread_body, files(21), too_many("tool_resources.code_interpreter.file_ids", 20, 21)},
      {modify_thread_body,
       R"({"tool_resources":{"file_search":{"vector_store_ids":["vs_1","vs_2"]}}})",
       too_many("tool_resources.file_search.vector_store_ids", 1, 2)},
      {create_thread_body, R"({"tool_resources":{"file_search":{"vector_stores":[{},{}]}}})",
       too_many("tool_resources.file_search.vector_stores", 1, 2)},
  });
}

TEST(RequestBodies, Ranges) {
  const auto run = [](const std::string& field) {
    return R"({"assistant_id":"asst_1",)" + field + "}";
  };
  expect_refused({
      {create_run_body, run(R"("temperature":200)"), above("v.decmax", "temperature", "2", "200")},
      {create_run_body, run(R"("temperature":2.5)"), above("v.decmax", "temperature", "2", "2.5")},
      {create_run_body, run(R"("temperature":-1)"), below("v.decmin", "temperature", "0", "-1")},
      {create_run_body, run(R"("top_p":1.5)"), above("v.decmax", "top_p", "1", "1.5")},
      {create_run_body, run(R"("top_p":-0.1)"), below("v.decmin", "top_p", "0", "-0.1")},
      {create_run_body, run(R"("max_prompt_tokens":255)"),
       below("v.intmin", "max_prompt_tokens", "256", "255")},
      {create_thread_and_run_body, run(R"("max_completion_tokens":0)"),
       below("v.intmin", "max_completion_tokens", "256", "0")},
      {create_run_body, run(R"("truncation_strategy":{"type":"last_messages","last_messages":0})"),
       below("v.intmin", "truncation_strategy.last_messages", "1", "0")},
      {create_run_body,
       run(R"("tools":[{"type":"file_search","file_search":{"max_num_results":51}}])"),
       above("v.intmax", "tools[0].file_search.max_num_results", "50", "51")},
      {create_run_body,
       run(R"("tools":[{"type":"file_search","file_search":{"max_num_results":0}}])"),
       below("v.intmin", "tools[0].file_search.max_num_results", "1", "0")},
      {create_run_body, run(R"("tools":[{"type":"file_search","file_search":{"ranking_options":
              {"score_threshold":1.01}}}])"),
       above("v.decmax", "tools[0].file_search.ranking_options.score_threshold", "1", "1.01")},
  });
  expect_accepted({{create_run_body, run(R"("temperature":2,"top_p":0.0,"max_prompt_tokens":256)")},
                   {create_run_body, run(R"("temperature":0,"top_p":1)")}});
}

TEST(RequestBodies, Ids) {
  expect_refused({
      {create_run_body, R"({"assistant_id":"undefined"})",
       bad_id("id.assistant", "assistant_id", "undefined", "asst")},
      {create_thread_and_run_body, R"({"assistant_id":""})",
       bad_id("id.assistant", "assistant_id", "", "asst")},
      {create_thread_body,
       R"({"messages":[{"role":"user","content":"x","attachments":[{"file_id":"undefined"}]}]})",
       bad_id("id.file", "messages[0].attachments[0].file_id", "undefined", "file")},
      {create_message_body,
       R"({"role":"user","content":[{"type":"image_file","image_file":{"file_id":"img"}}]})",
       bad_id("id.file", "content[0].image_file.file_id", "img", "file")},
      {modify_thread_body, R"({"tool_resources":{"code_interpreter":{"file_ids":["file-1","x"]}}})",
       bad_id("id.file", "tool_resources.code_interpreter.file_ids[1]", "x", "file")},
      {modify_thread_body, R"({"tool_resources":{"file_search":{"vector_store_ids":["x"]}}})",
       bad_id("id.vs", "tool_resources.file_search.vector_store_ids[0]", "x", "vs")},
      // Prefixes come last: the temperature is further down in the table.
      {create_run_body, R"({"assistant_id":"undefined","temperature":3})",
       above("v.decmax", "temperature", "2", "3")},
  });
  // The prefix is the bare word.
  expect_accepted({{create_run_body, R"({"assistant_id":"asst-1"})"},
                   {create_run_body, R"({"assistant_id":"asst"})"}});
}

TEST(RequestBodies, Functions) {
  const auto function = [](const std::string& fields) {
    return R"({"model":"m","tools":[{"type":"function","function":{)" + fields + "}}]}";
  };
  const std::string path = "tools[0].function.name";
  const Refusal pattern{"v.fn.name", path,
                        "Invalid '" + path +
                            "': string does not match pattern. Expected a string that matches the "
                            "pattern '^[a-zA-Z0-9_-]+$'."};
  const std::string name64(64, 'f');
  expect_accepted({
      {create_assistant_body, function(R"("name":")" + name64 + R"(")")},
      {create_assistant_body, function(R"("name":"Get_weather-2","strict":null)")},
      {create_assistant_body,
       function(R"("name":"f","strict":false,"parameters":{"type":"object"})")},
  });
  expect_refused({
      {create_assistant_body, function(R"("name":"get weather")"), pattern},
      {create_assistant_body, function(R"("name":"wetter_für")"), pattern},
      {create_assistant_body, function(R"("name":")" + name64 + R"(f")"), too_long(path, 64, 65)},
      {create_assistant_body,
       function(R"("name":"")"),
       {"v.empty", path,
        "Invalid '" + path +
            "': empty string. Expected a string with minimum length 1, but got an empty string "
            "instead."}},
      {create_assistant_body, function(R"("name":"f","strict":"yes")"),
       wrong_type("tools[0].function.strict", "a boolean", "a string")},
  });
}

TEST(RequestBodies, StrictFunctionsCloseEveryObject) {
  const auto strict = [](const std::string& parameters) {
    return R"({"model":"m","tools":[{"type":"function","function":{"name":"f","strict":true,
               "parameters":)" +
           parameters + "}}]}";
  };
  const auto open_at = [](const std::string& context) {
    return Refusal{"v.fn.schema", "tools[0].function.parameters",
                   "Invalid schema for function 'f': In context=" + context +
                       ", 'additionalProperties' is required to be supplied and to be false."};
  };
  const std::string closed = R"({"type":"object","properties":{},"additionalProperties":false})";
  expect_accepted({
      {create_assistant_body, strict(closed)},
      {create_assistant_body,
       strict(R"({"type":"object","additionalProperties":false,"properties":{"type":)" + closed +
              R"(,"list":{"type":"array","items":{"type":"string"}}}})")},
  });
  expect_refused({
      {create_assistant_body, strict(R"({"type":"object"})"), open_at("()")},
      {create_assistant_body, strict(R"({"type":"object","additionalProperties":true})"),
       open_at("()")},
      {create_assistant_body, strict(R"({"type":"object","additionalProperties":false,
                  "properties":{"city":{"type":"object"}}})"),
       open_at("('properties', 'city')")},
      {create_assistant_body, strict(R"({"type":"array","items":{"type":"object"}})"),
       open_at("('items',)")},
      {create_assistant_body, strict(R"({"anyOf":[)" + closed + R"(,{"properties":{}}]})"),
       open_at("('anyOf', '1')")},
      {create_assistant_body, strict(R"({"$defs":{"a":{"type":"object"}}})"),
       open_at("('$defs', 'a')")},
  });
}

// The limits of metadata, wherever it stands.
TEST(RequestBodies, Metadata) {
  const auto pairs = [](std::size_t count) {
    std::string text = "{\"metadata\":{";
    for (std::size_t i = 0; i < count; ++i)
      text += (i ? ",\"k" : "\"k") + std::to_string(i) + R"(":"v")";
    return text + "}}";
  };
  const auto pair = [](const std::string& key, const std::string& value) {
    return R"({"metadata":{")" + key + "\":" + value + "}}";
  };
  const auto quoted = [](std::size_t length) { return "\"" + std::string(length, 'v') + "\""; };
  const auto value_type = [](const std::string& path, const std::string& got) {
    return Refusal{
        "v.meta.type", path,
        "Invalid type for '" + path + "': expected a string, but got " + got + " instead."};
  };
  const std::string key64(64, 'k');
  expect_accepted({
      {modify_metadata_body, pairs(16)},
      {modify_metadata_body, pair(key64, quoted(512))},
      {modify_metadata_body, pair("", R"("")")},
      {modify_metadata_body, R"({"metadata":null})"},
  });
  expect_refused({
      {modify_metadata_body, pair("modified", "true"),
       value_type("metadata.modified", "a boolean")},
      {modify_metadata_body, pair("n", "7"), value_type("metadata.n", "an integer")},
      {modify_metadata_body, pair("n", "7.5"), value_type("metadata.n", "a decimal number")},
      {modify_metadata_body, pair("n", "null"), value_type("metadata.n", "null")},
      {create_thread_body, R"({"messages":[{"role":"user","content":"x","metadata":{"a":[]}}]})",
       value_type("messages[0].metadata.a", "an array")},
      {create_thread_and_run_body, R"({"assistant_id":"asst_1","thread":{"metadata":{"a":{}}}})",
       value_type("thread.metadata.a", "an object")},
      {modify_metadata_body,
       pairs(17),
       {"v.meta.count", "metadata",
        "Invalid 'metadata': too many properties. Expected an object with at most 16 properties, "
        "but got an object with 17 properties instead."}},
      {modify_metadata_body,
       pair(key64 + "kkkkkk", "\"v\""),
       {"v.meta.key", "metadata." + key64 + "kkkkkk",
        "Invalid property name in 'metadata': 'kkk...kkk' is too long. Expected a string with "
        "maximum length 64, but got a string with length 70 instead."}},
      {modify_metadata_body,
       pair("k", quoted(600)),
       {"v.meta.value", "metadata.k",
        "Invalid 'metadata.k': string too long. Expected a string with maximum length 512, but got "
        "a string with length 600 instead."}},
  });
}

TEST(RequestBodies, ImageUrls) {
  const std::string path = "content[0].image_url.url";
  const auto image = [](const std::string& url) {
    return R"({"role":"user","content":[{"type":"image_url","image_url":{"url":")" + url + "\"}}]}";
  };
  const Refusal invalid{
      "v.url", path,
      "Invalid '" + path + "'. Expected a valid URL, but got a value with an invalid format."};
  const Refusal format{"v.image.format", path,
                       "Invalid '" + path +
                           "'. Expected url to end in a supported format: .jpeg, .jpg, .png, .gif, "
                           ".webp."};
  for (const char* url : {"https://a.example/b.png", "HTTP://a/b.JPG", "https://a/b.jpeg?sig=1#x",
                          "https://a/view?file=b.webp", "https://a/.gif"})
    expect_accepted({{create_message_body, image(url)}});
  for (const char* url : {"", "data:image/jpeg;base64,/9j.png", "https://", "https:///b.png",
                          "https://a/b c.png", "ftp://a/b.png", "b.png"})
    expect_refused({{create_message_body, image(url), invalid}});
  for (const char* url : {"https://a/b.bmp", "https://a/b", "https://a/b.png/c"})
    expect_refused({{create_message_body, image(url), format}});
}

TEST(RequestBodies, StoresMadeBesideAThread) {
  const auto thread = [](const std::string& search) {
    return R"({"tool_resources":{"file_search":)" + search + "}}";
  };
  const auto chunks = [&](const std::string& strategy) {
    return thread(R"({"vector_stores":[{"chunking_strategy":)" + strategy + "}]}");
  };
  const std::string strategy = "tool_resources.file_search.vector_stores[0].chunking_strategy";
  expect_accepted({
      {create_thread_body, thread("{}")},
      {create_thread_body, thread(R"({"vector_stores":[{"metadata":{"a":"b"}}]})")},
      {create_assistant_body, R"({"model":"m","tool_resources":{"file_search":{"vector_stores":
           [{"file_ids":["file-1"],"chunking_strategy":{"type":"auto"}}]}}})"},
      {create_thread_body, chunks(R"({"type":"static","static":{"max_chunk_size_tokens":101,
                 "chunk_overlap_tokens":50}})")},
  });
  expect_refused({
      {create_thread_body,
       thread(R"({"vector_store_ids":["vs_1"],"vector_stores":[{}]})"),
       {"v.oneof", "tool_resources.file_search",
        "Invalid 'tool_resources.file_search': only one of 'vector_store_ids' and 'vector_stores' "
        "may be given."}},
      {create_thread_body, chunks(R"({"type":"other"})"),
       not_listed(strategy + ".type", "other", "'auto' and 'static'")},
      {create_thread_body, chunks(R"({"type":"auto","static":{}})"), unknown(strategy + ".static")},
      {create_thread_body, chunks(R"({"type":"static"})"), missing(strategy + ".static")},
      {create_thread_body, chunks(R"({"type":"static","static":{"max_chunk_size_tokens":99,
                 "chunk_overlap_tokens":0}})"),
       below("v.intmin", strategy + ".static.max_chunk_size_tokens", "100", "99")},
      {create_thread_body,
       chunks(R"({"type":"static","static":{"max_chunk_size_tokens":800,
                 "chunk_overlap_tokens":401}})"),
       {"v.chunk", strategy + ".static.chunk_overlap_tokens",
        "chunk_overlap_tokens must be less than or equal to max_chunk_size_tokens / 2"}},
  });
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
