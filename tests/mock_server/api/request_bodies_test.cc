// The tables: which fields each operation knows, needs and reads, with the exact refusals.
#include "mock_server/api/request_bodies.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/mock_server/api/expected_refusals.h"

namespace assistants_mock::mock_server::api {
namespace {

const std::string tool_types = "'code_interpreter', 'function', and 'file_search'";

// Bodies that the service answered with 200 (openai/openai-dotnet, tests/SessionRecords) and those
// of the SDKs.
TEST(RequestBodies, RecordedBodiesAreAccepted) {
  expect_accepted({
      {create_assistant_body, R"({"model":"gpt-4o"})"},
      {create_assistant_body,
       R"({"model":"gpt-4o","metadata":{"test_metadata_cleanup_eligible":"hello!"}})"},
      {create_assistant_body, R"({"model":"gpt-4o","response_format":"auto"})"},
      {create_assistant_body,
       R"({"model":"gpt-4o","tools":[{"type":"file_search","file_search":{}}],
           "tool_resources":{"file_search":{"vector_stores":[{"file_ids":["file-Cy"]}]}}})"},
      {create_assistant_body,
       R"({"model":"gpt-4o","tools":[{"type":"file_search","file_search":{"max_num_results":2,
           "ranking_options":{"ranker":"default_2024_08_21","score_threshold":0.5}}}]})"},
      {create_assistant_body,
       R"({"model":"gpt-4o","tools":[{"type":"function","function":{"description":"d","name":"f",
           "parameters":{"type":"object","properties":{"day":{"type":"string"}}}}}]})"},
      {modify_assistant_body, R"({"response_format":{"type":"text"}})"},
      {modify_assistant_body,
       R"({"tool_resources":{"file_search":{"vector_store_ids":["vs_6"]}}})"},
      {create_thread_body, ""},
      {create_thread_body, R"({"messages":[],"metadata":{"threadMetadata":"value"}})"},
      {create_thread_body,
       R"({"messages":[{"role":"user","content":[{"type":"text","text":"Describe this image:"},
           {"type":"image_url","image_url":{"url":"https://test.openai.com/image.png",
           "detail":"auto"}}]}]})"},
      {create_thread_body,
       R"({"messages":[{"role":"user","content":"Hello"},{"role":"assistant","content":"Hi"}],
           "tool_resources":{"code_interpreter":{"file_ids":["file-Ff"]}}})"},
      {create_message_body,
       R"({"role":"user","content":"Goodbye, world!","metadata":{"messageMetadata":"value"}})"},
      {modify_metadata_body, R"({"metadata":{"messageMetadata":"newValue"}})"},
      {create_run_body, R"({"assistant_id":"asst_1","additional_messages":[],"stream":true,
           "response_format":{"type":"json_object"}})"},
      {create_thread_and_run_body,
       R"({"assistant_id":"asst_1","thread":{"messages":[{"role":"user","content":"Eat?"}]}})"},
      {submit_tool_outputs_body,
       R"({"tool_outputs":[{"tool_call_id":"call_b9","output":"tacos"}],"stream":true})"},
  });
}

TEST(RequestBodies, NullIsAcceptedWhereTheSchemaSaysSo) {
  expect_accepted({
      {create_assistant_body,
       R"({"model":"m","name":null,"description":null,"instructions":null,"reasoning_effort":null,
           "tool_resources":null,"metadata":null,"temperature":null,"top_p":null,
           "response_format":null})"},
      {create_thread_body, R"({"tool_resources":null,"metadata":null})"},
      {create_message_body, R"({"role":"user","content":"x","attachments":null,"metadata":null})"},
      {create_run_body,
       R"({"assistant_id":"asst_1","model":null,"reasoning_effort":null,"instructions":null,
           "additional_instructions":null,"additional_messages":null,"tools":null,"metadata":null,
           "temperature":null,"top_p":null,"stream":null,"max_prompt_tokens":null,
           "max_completion_tokens":null,"truncation_strategy":null,"tool_choice":null,
           "response_format":null})"},
      {create_thread_and_run_body,
       R"({"assistant_id":"asst_1","model":null,"instructions":null,"tools":null,
           "tool_resources":null,"truncation_strategy":{"type":"auto","last_messages":null}})"},
      {submit_tool_outputs_body, R"({"tool_outputs":[{"tool_call_id":"c"}],"stream":null})"},
  });
  expect_refused({
      {create_assistant_body, R"({"model":null})", wrong_type("model", "a string", "null")},
      {create_assistant_body, R"({"model":"m","tools":null})",
       wrong_type("tools", "an array of objects", "null")},
      {create_thread_body, R"({"messages":null})",
       wrong_type("messages", "an array of objects", "null")},
      {create_thread_and_run_body, R"({"assistant_id":"asst_1","thread":null})",
       wrong_type("thread", "an object", "null")},
      {create_run_body, R"({"assistant_id":"asst_1","parallel_tool_calls":null})",
       wrong_type("parallel_tool_calls", "a boolean", "null")},
      {submit_tool_outputs_body, R"({"tool_outputs":[{"tool_call_id":"c","output":null}]})",
       wrong_type("tool_outputs[0].output", "a string", "null")},
  });
}

TEST(RequestBodies, RequiredFields) {
  expect_refused({
      {create_assistant_body, "{}", missing("model")},
      {create_message_body, R"({"content":"hi"})", missing("role")},
      {create_message_body, R"({"role":"user"})", missing("content")},
      {create_run_body, R"({"model":"m"})", missing("assistant_id")},
      {create_thread_and_run_body, "", missing("assistant_id")},
      {create_thread_body, R"({"messages":[{"role":"user","content":"a"},{"content":"b"}]})",
       missing("messages[1].role")},
      {submit_tool_outputs_body, "{}", missing("tool_outputs")},
      {submit_tool_outputs_body, R"({"tool_outputs":[{"output":"x"}]})",
       missing("tool_outputs[0].tool_call_id")},
      {create_assistant_body, R"({"model":"m","tools":[{}]})", missing("tools[0].type")},
      {create_assistant_body, R"({"model":"m","tools":[{"type":"function"}]})",
       missing("tools[0].function")},
      {create_assistant_body, R"({"model":"m","tools":[{"type":"function","function":{}}]})",
       missing("tools[0].function.name")},
      {create_assistant_body,
       R"({"model":"m","tools":[{"type":"file_search","file_search":{"ranking_options":{}}}]})",
       missing("tools[0].file_search.ranking_options.score_threshold")},
      {create_assistant_body, R"({"model":"m","response_format":{}})",
       missing("response_format.type")},
      {create_assistant_body, R"({"model":"m","response_format":{"type":"json_schema"}})",
       missing("response_format.json_schema")},
      {create_assistant_body,
       R"({"model":"m","response_format":{"type":"json_schema","json_schema":{}}})",
       missing("response_format.json_schema.name")},
      {create_run_body, R"({"assistant_id":"asst_1","tool_choice":{"type":"function"}})",
       missing("tool_choice.function")},
      {create_run_body,
       R"({"assistant_id":"asst_1","tool_choice":{"type":"function","function":{}}})",
       missing("tool_choice.function.name")},
      {create_run_body, R"({"assistant_id":"asst_1","truncation_strategy":{}})",
       missing("truncation_strategy.type")},
      {create_message_body, R"({"role":"user","content":[{"type":"text"}]})",
       missing("content[0].text")},
      {create_message_body, R"({"role":"user","content":[{"type":"image_file","image_file":{}}]})",
       missing("content[0].image_file.file_id")},
      {create_message_body, R"({"role":"user","content":[{"type":"image_url","image_url":{}}]})",
       missing("content[0].image_url.url")},
  });
  expect_accepted({{modify_assistant_body, "{}"},
                   {modify_thread_body, "{}"},
                   {modify_metadata_body, "{}"},
                   {create_message_body, R"({"role":"user","content":"x","attachments":[{}]})"}});
}

// What was written for v1.
TEST(RequestBodies, BodiesOfV1AreRefused) {
  expect_refused({
      {create_assistant_body, R"({"model":"m","file_ids":["file-1"],"tools":[]})",
       unknown("file_ids")},
      {create_assistant_body, R"({"model":"m","tools":[{"type":"retrieval"}]})",
       not_listed("tools[0].type", "retrieval", tool_types)},
      {create_message_body, R"({"role":"user","content":"x","file_ids":["file-1"]})",
       unknown("file_ids")},
      {create_thread_body, R"({"messages":[{"role":"user","content":"x","file_ids":[]}]})",
       unknown("messages[0].file_ids")},
      {create_assistant_body,
       R"({"model":"m","tools":[{"type":"file_search"}],
           "tool_resources":{"file_search":{"file_ids":["file-1"]}}})",
       unknown("tool_resources.file_search.file_ids")},
  });
}

TEST(RequestBodies, UnknownFields) {
  expect_refused({
      {modify_thread_body, R"({"messages":[]})", unknown("messages")},
      {modify_metadata_body, R"({"metadata":{},"role":"user"})", unknown("role")},
      {create_thread_and_run_body, R"({"assistant_id":"asst_1","reasoning_effort":"low"})",
       unknown("reasoning_effort")},
      {create_thread_and_run_body, R"({"assistant_id":"asst_1","additional_messages":[]})",
       unknown("additional_messages")},
      {create_thread_and_run_body, R"({"assistant_id":"asst_1","thread":{"id":"thread_1"}})",
       unknown("thread.id")},
      {create_run_body, R"({"assistant_id":"asst_1","tool_resources":{}})",
       unknown("tool_resources")},
      {modify_assistant_body, R"({"tool_resources":{"file_search":{"vector_stores":[]}}})",
       unknown("tool_resources.file_search.vector_stores")},
      {modify_thread_body, R"({"tool_resources":{"retrieval":{}}})",
       unknown("tool_resources.retrieval")},
      {create_run_body,
       R"({"assistant_id":"asst_1","additional_messages":[{"role":"user","content":"x","id":"m"}]})",
       unknown("additional_messages[0].id")},
      {submit_tool_outputs_body, R"({"tool_outputs":[{"tool_call_id":"c"}],"run_id":"run_1"})",
       unknown("run_id")},
  });
  // Open in the published schema, and no refusal of the service says otherwise.
  expect_accepted({
      {create_assistant_body, R"({"model":"m","tools":[{"type":"code_interpreter","x":1}]})"},
      {create_message_body, R"({"role":"user","content":[{"type":"text","text":"x","y":1}]})"},
      {create_message_body, R"({"role":"user","content":"x","attachments":[{"name":"y"}]})"},
      {submit_tool_outputs_body, R"({"tool_outputs":[{"tool_call_id":"c","name":"f"}]})"},
  });
}

TEST(RequestBodies, Types) {
  expect_refused({
      {submit_tool_outputs_body, R"({"tool_outputs":[{"tool_call_id":"c","output":12}]})",
       wrong_type("tool_outputs[0].output", "a string", "an integer")},
      {submit_tool_outputs_body, R"({"tool_outputs":[{"tool_call_id":"c","output":{"t":1}}]})",
       wrong_type("tool_outputs[0].output", "a string", "an object")},
      {create_assistant_body, R"({"model":"m","tools":"none"})",
       wrong_type("tools", "an array of objects", "a string")},
      {create_assistant_body, R"({"model":"m","tools":["function"]})",
       wrong_type("tools[0]", "an object", "a string")},
      {create_assistant_body, R"({"model":"m","tools":[{"type":7}]})",
       wrong_type("tools[0].type", "one of 'code_interpreter', 'function', or 'file_search'",
                  "an integer")},
      {create_message_body, R"({"role":7,"content":"x"})",
       wrong_type("role", "one of 'user' or 'assistant'", "an integer")},
      {create_message_body, R"({"role":"user","content":7})",
       wrong_type("content", "one of a string or array of objects", "an integer")},
      {create_message_body, R"({"role":"user","content":null})",
       wrong_type("content", "one of a string or array of objects", "null")},
      {create_message_body, R"({"role":"user","content":[{"type":"text","text":{"value":"x"}}]})",
       wrong_type("content[0].text", "a string", "an object")},
      {create_assistant_body, R"({"model":"m","temperature":"hot"})",
       wrong_type("temperature", "a decimal", "a string")},
      {create_run_body, R"({"assistant_id":"asst_1","tool_choice":7})",
       wrong_type("tool_choice", "one of one of 'none', 'auto', or 'required' or object",
                  "an integer")},
      {create_run_body, R"({"assistant_id":"asst_1","response_format":7})",
       wrong_type("response_format", "one of 'auto' or object", "an integer")},
      {create_run_body, R"({"assistant_id":"asst_1","stream":"true"})",
       wrong_type("stream", "a boolean", "a string")},
      {create_run_body, R"({"assistant_id":"asst_1","max_prompt_tokens":256.0})",
       wrong_type("max_prompt_tokens", "an integer", "a decimal number")},
      {modify_metadata_body, R"({"metadata":"x"})",
       wrong_type("metadata", "a metadata object", "a string")},
      {modify_thread_body, R"({"tool_resources":{"code_interpreter":{"file_ids":"file-1"}}})",
       wrong_type("tool_resources.code_interpreter.file_ids", "an array of strings", "a string")},
      {create_assistant_body,
       R"({"model":"m","tools":[{"type":"function","function":{"name":"f","parameters":null}}]})",
       wrong_type("tools[0].function.parameters", "an object", "null")},
  });
}

TEST(RequestBodies, Lists) {
  expect_refused({
      {create_message_body, R"({"role":"system","content":"x"})",
       not_listed("role", "system", "'user' and 'assistant'")},
      {create_thread_body, R"({"messages":[{"role":"tool","content":"x"}]})",
       not_listed("messages[0].role", "tool", "'user' and 'assistant'")},
      {create_run_body, R"({"assistant_id":"asst_1","tools":[{"type":""}]})",
       not_listed("tools[0].type", "", tool_types)},
      {create_message_body, R"({"role":"user","content":[{"type":"input_text","text":"x"}]})",
       not_listed("content[0].type", "input_text", "'text', 'image_url', and 'image_file'")},
      {create_message_body,
       R"({"role":"user","content":"x","attachments":[{"tools":[{"type":"function"}]}]})",
       not_listed("attachments[0].tools[0].type", "function",
                  "'code_interpreter' and 'file_search'")},
      {create_run_body, R"({"assistant_id":"asst_1","tool_choice":"any"})",
       not_listed("tool_choice", "any", "'none', 'auto', and 'required'")},
      {create_run_body, R"({"assistant_id":"asst_1","tool_choice":{"type":"retrieval"}})",
       not_listed("tool_choice.type", "retrieval",
                  "'function', 'code_interpreter', and 'file_search'")},
      {create_run_body, R"({"assistant_id":"asst_1","response_format":"json"})",
       not_listed("response_format", "json", "'auto'")},
      {create_run_body, R"({"assistant_id":"asst_1","response_format":{"type":"yaml"}})",
       not_listed("response_format.type", "yaml", "'json_object', 'json_schema', and 'text'")},
      {create_run_body, R"({"assistant_id":"asst_1","truncation_strategy":{"type":"middle"}})",
       not_listed("truncation_strategy.type", "middle", "'auto' and 'last_messages'")},
      {create_run_body, R"({"assistant_id":"asst_1","reasoning_effort":"huge"})",
       not_listed("reasoning_effort", "huge",
                  "'none', 'minimal', 'low', 'medium', 'high', 'xhigh', and 'max'")},
      {create_assistant_body,
       R"({"model":"m","tools":[{"type":"file_search","file_search":{"ranking_options":
           {"ranker":"best","score_threshold":0}}}]})",
       not_listed("tools[0].file_search.ranking_options.ranker", "best",
                  "'auto' and 'default_2024_08_21'")},
      {create_message_body,
       R"({"role":"user","content":[{"type":"image_file","image_file":{"file_id":"file-1",
           "detail":"best"}}]})",
       not_listed("content[0].image_file.detail", "best", "'auto', 'low', and 'high'")},
  });
}

// docs/wire/vector-stores.md, the limits of the published schema.
TEST(RequestBodies, VectorStoreLimits) {
  const auto ids = [](std::size_t count) {
    return Body(std::vector<std::string>(count, "file-1")).dump();
  };
  const auto expiring = [](const std::string& days) {
    return R"({"expires_after":{"anchor":"last_active_at","days":)" + days + "}}";
  };
  const auto finding = [](const std::string& results) {
    return R"({"query":"q","max_num_results":)" + results + "}";
  };
  expect_accepted({
      {create_vector_store_body, ""},
      {create_vector_store_body, R"({"file_ids":)" + ids(500) + "}"},
      {create_vector_store_body, expiring("365")},
      {create_file_batch_body, R"({"file_ids":)" + ids(2000) + "}"},
      {search_vector_store_body, finding("50")},
      {search_vector_store_body, R"({"query":["a","b"],"rewrite_query":true})"},
  });
  expect_refused({
      {create_vector_store_body, R"({"file_ids":)" + ids(501) + "}",
       too_many("file_ids", 500, 501)},
      {create_vector_store_body, expiring("0"), below("v.intmin", "expires_after.days", "1", "0")},
      {create_vector_store_body, expiring("366"),
       above("v.intmax", "expires_after.days", "365", "366")},
      {create_vector_store_body, R"({"expires_after":{"anchor":"created_at","days":1}})",
       not_listed("expires_after.anchor", "created_at", "'last_active_at'")},
      {create_vector_store_body, R"({"files":[]})", unknown("files")},
      {create_file_batch_body, R"({"file_ids":)" + ids(2001) + "}",
       too_many("file_ids", 2000, 2001)},
      {create_file_batch_body, "{}", missing("file_ids")},
      {create_store_file_body, "{}", missing("file_id")},
      {create_store_file_body, R"({"file_id":"x"})", bad_id("id.file", "file_id", "x", "file")},
      {search_vector_store_body, finding("0"), below("v.intmin", "max_num_results", "1", "0")},
      {search_vector_store_body, finding("51"), above("v.intmax", "max_num_results", "50", "51")},
      {search_vector_store_body, R"({"query":7})",
       wrong_type("query", "one of a string or array of strings", "an integer")},
  });
}

TEST(RequestBodies, AttributeLimits) {
  Body many = Body::object();
  for (int pair = 0; pair < 17; ++pair) many["key" + std::to_string(pair)] = pair;
  const auto with = [](const Body& attributes) { return Body{{"attributes", attributes}}.dump(); };
  expect_accepted({
      {store_file_attributes_body, with({{"a", "x"}, {"b", 1}, {"c", 0.5}, {"d", true}})},
      {store_file_attributes_body, with({{"a", std::string(512, 'x')}})},
      {store_file_attributes_body, with(nullptr)},
  });
  expect_refused({
      {store_file_attributes_body, "{}", missing("attributes")},
      {store_file_attributes_body,
       with(many),
       {"v.meta.count", "attributes",
        "Invalid 'attributes': too many properties. Expected an object with at most 16 properties, "
        "but got an object with 17 properties instead."}},
      {store_file_attributes_body, with({{"a", nullptr}}),
       wrong_type("attributes.a", "one of a string or decimal or boolean", "null")},
      {store_file_attributes_body, with({{"a", Body::array()}}),
       wrong_type("attributes.a", "one of a string or decimal or boolean", "an array")},
  });
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
