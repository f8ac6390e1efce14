// The example client as a program, with habits switched by name:
//   polling_program HABIT...             has one conversation, and puts out its reply
//   polling_program serve FILE HABIT...  a service that has one for each GET /ask; it writes its
//                                        port into FILE
// Besides the habits of polling_client.h there are aborts_on_failure, and of services
// keeps_its_assistant, which it makes once for all.
#include <httplib.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/check/polling_client.h"

namespace assistants_mock::tests {
namespace {

const std::map<std::string, bool Habits::*> habits_by_name = {
    {"knows_incomplete", &Habits::knows_incomplete},
    {"knows_expired", &Habits::knows_expired},
    {"answers_all_calls", &Habits::answers_all_calls},
    {"answers_unknown_calls", &Habits::answers_unknown_calls},
    {"looks_at_status", &Habits::looks_at_status},
    {"reads_all_parts", &Habits::reads_all_parts},
    {"asks_twice", &Habits::asks_twice},
    {"polls_on", &Habits::polls_on},
    {"sends_number_as_output", &Habits::sends_number_as_output}};

struct Manners {
  Habits habits = {};
  bool aborts_on_failure = false;
  bool keeps_its_assistant = false;
};

Manners manners_of(const std::vector<std::string>& words) {
  Manners manners;
  for (const std::string& word : words) {
    if (word == "aborts_on_failure") {
      manners.aborts_on_failure = true;
    } else if (word == "keeps_its_assistant") {
      manners.keeps_its_assistant = true;
    } else {
      bool& habit = manners.habits.*habits_by_name.at(word);
      habit = !habit;
    }
  }
  return manners;
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

Conversation converse(const Manners& manners, const std::string& assistant = {}) {
  const Conversation conversation =
      ask(environment("OPENAI_BASE_URL"), environment("OPENAI_API_KEY"), manners.habits, assistant);
  if (!conversation.success && manners.aborts_on_failure) std::abort();
  return conversation;
}

int converse_once(const Manners& manners) {
  const Conversation conversation = converse(manners);
  std::cout << conversation.shown;
  if (!conversation.success) std::cerr << "no reply: " << conversation.reason << '\n';
  return conversation.success ? 0 : 1;
}

// With the function that the client has, as its own assistants do.
std::string make_assistant() {
  const std::string url = environment("OPENAI_BASE_URL");
  httplib::Client client(url.substr(0, url.find("/v1")));
  const auto answer = client.Post(
      "/v1/assistants",
      {{"Authorization", "Bearer " + environment("OPENAI_API_KEY")},
       {"OpenAI-Beta", "assistants=v2"}},
      R"({"model":"gpt-4o","tools":[{"type":"function","function":{"name":"get_weather"}}]})",
      "application/json");
  return answer ? nlohmann::json::parse(answer->body).at("id").get<std::string>() : "";
}

int serve(const std::string& port_file, const Manners& manners) {
  httplib::Server server;
  std::string assistant;
  server.Get("/ask", [&](const httplib::Request&, httplib::Response& response) {
    if (manners.keeps_its_assistant && assistant.empty()) assistant = make_assistant();
    const Conversation conversation = converse(manners, assistant);
    response.status = conversation.success ? 200 : 500;
    response.set_content(conversation.success ? conversation.shown : conversation.reason,
                         "text/plain");
  });
  const int port = server.bind_to_any_port("127.0.0.1");
  std::ofstream(port_file) << port;
  return server.listen_after_bind() ? 0 : 1;
}

int run(std::vector<std::string> words) {
  if (words.size() < 2 || words[0] != "serve") return converse_once(manners_of(words));
  const std::string port_file = words[1];
  words.erase(words.begin(), words.begin() + 2);
  return serve(port_file, manners_of(words));
}

}  // namespace
}  // namespace assistants_mock::tests

int main(int argc, char** argv) {
  return assistants_mock::tests::run({argv + 1, argv + argc});
}
