// The command line: arguments in, one of the commands out.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <system_error>
#include <thread>

#include "mock_server/check/rule_settings.h"
#include "mock_server/cli/check.h"
#include "mock_server/cli/exec.h"
#include "mock_server/cli/scenario_commands.h"
#include "mock_server/cli/serve.h"
#include "mock_server/engine/time_driver.h"
#include "scenarios/nearest_word.h"

namespace assistants_mock::cli {
namespace {

using mock_server::FirstVersion;
using mock_server::LimitInfo;
using mock_server::MockServerOptions;
using mock_server::TimeMode;
using mock_server::WireProfile;

const std::map<std::string, TimeMode> time_modes = {{"real", TimeMode::real},
                                                    {"stepped", TimeMode::stepped},
                                                    {"immediate", TimeMode::immediate},
                                                    {"manual", TimeMode::manual}};
const std::map<std::string, WireProfile> profiles = {{"schema", WireProfile::schema},
                                                     {"recorded", WireProfile::recorded}};

// What serve and exec have in common, as typed.
struct ServerArguments {
  std::vector<std::string> scenarios = {"echo"};
  MockServerOptions server;
  std::string time;
  std::string profile = "schema";
  std::string first_version = "served";
  std::int64_t step_ms = 1'000;
  std::int64_t longest_step_ms = 0;
  std::int64_t epoch = -1;
  bool no_poll_hint = false;
  std::string log;

  bool log_lines(bool otherwise) const { return log.empty() ? otherwise : log == "lines"; }

  MockServerOptions options() const {
    MockServerOptions options = server;
    options.time_mode = time_modes.at(time);
    options.profile = profiles.at(profile);
    if (first_version == "refused") options.first_version = FirstVersion::refused;
    options.scenarios = scenarios::ScenarioBook::load(scenarios.front());
    for (std::size_t more = 1; more < scenarios.size(); ++more)
      options.named_scenarios.push_back(scenarios::ScenarioBook::load(scenarios[more]));
    options.step = std::chrono::milliseconds{step_ms};
    options.longest_step = std::chrono::milliseconds{longest_step_ms};
    if (no_poll_hint) options.poll_hint = {};
    if (epoch >= 0)
      options.epoch = std::chrono::sys_seconds{std::chrono::seconds{epoch}};
    else if (options.time_mode == TimeMode::real)
      options.epoch = std::chrono::floor<std::chrono::seconds>(mock_server::engine::calendar_now());
    return options;
  }
};

std::string help(const LimitInfo& limit) {
  using enum LimitInfo::Unit;
  const std::string what(limit.what);
  if (limit.unit == bytes) return what + ", in bytes";
  return limit.unit == milliseconds ? what + ", in milliseconds" : what;
}

void add_server_options(CLI::App& command, ServerArguments& arguments) {
  MockServerOptions& server = arguments.server;
  command
      .add_option("--scenario", arguments.scenarios,
                  "A name from `list`, or a file; further ones are chosen by key: NAME/anything")
      ->envname("ASSISTANTS_MOCK_SCENARIO")
      ->allow_extra_args(false)
      ->delimiter(',')
      ->capture_default_str();
  command.add_option("--time", arguments.time, "What moves time")
      ->envname("ASSISTANTS_MOCK_TIME")
      ->check(CLI::IsMember({"real", "stepped", "immediate", "manual"}))
      ->capture_default_str();
  command
      .add_option("--step", arguments.step_ms, "Milliseconds that a request takes in stepped time")
      ->envname("ASSISTANTS_MOCK_STEP")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{86'400'000}))
      ->capture_default_str();
  command
      .add_option("--longest-step", arguments.longest_step_ms,
                  "In stepped time each GET in a row moves time twice as far as the one before, up "
                  "to so many milliseconds; 0: all move it by the step")
      ->envname("ASSISTANTS_MOCK_LONGEST_STEP")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{86'400'000}))
      ->capture_default_str();
  command
      .add_option("--epoch", arguments.epoch,
                  "Unix second at which time begins; in real time now unless set, else 1700000000")
      ->envname("ASSISTANTS_MOCK_EPOCH")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{253'402'300'799}));
  command.add_option("--seed", server.seed, "Same seed, same requests: the same bytes")
      ->envname("ASSISTANTS_MOCK_SEED")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command
      .add_option("--profile", arguments.profile,
                  "Shapes of objects: schema (as published) or recorded (as once sent)")
      ->envname("ASSISTANTS_MOCK_PROFILE")
      ->check(CLI::IsMember({"schema", "recorded"}))
      ->capture_default_str();
  command
      .add_option("--v1", arguments.first_version,
                  "What a client gets that asks for assistants=v1: served, or refused as from "
                  "2024-12-18")
      ->envname("ASSISTANTS_MOCK_V1")
      ->check(CLI::IsMember({"served", "refused"}))
      ->capture_default_str();
  command
      .add_option("--log", arguments.log, "lines (requests and runs, on standard error) or none")
      ->envname("ASSISTANTS_MOCK_LOG")
      ->check(CLI::IsMember({"lines", "none"}));
  command.add_flag("--no-poll-hint", arguments.no_poll_hint,
                   "Do not send openai-poll-after-ms, which the real service never sent");
  command
      .add_option("--files-dir", server.files_dir,
                  "Folder for uploaded files while it runs; the system's temporary one else")
      ->envname("ASSISTANTS_MOCK_FILES_DIR");
  command.add_option("--key", server.keys, "An API key that is let in; any, unless one is given")
      ->envname("ASSISTANTS_MOCK_KEY")
      ->allow_extra_args(false)
      ->delimiter(',');
  for (const LimitInfo& limit : mock_server::limit_table())
    command
        .add_option(std::string(limit.flag), server.limits.*limit.member, "Limit: " + help(limit))
        ->envname(mock_server::environment_variable(limit))
        ->check(CLI::Range(std::size_t{1}, limit.most))
        ->capture_default_str();
}

void add_serve(CLI::App& app, int& status) {
  auto* command = app.add_subcommand("serve", "Serve until stopped");
  auto arguments = std::make_shared<ServerArguments>();
  arguments->time = "real";
  arguments->server.port = 4010;
  add_server_options(*command, *arguments);
  command->add_option("--port", arguments->server.port, "0 takes any free one")
      ->envname("ASSISTANTS_MOCK_PORT")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  command->add_option("--host", arguments->server.host, "Address to listen on")
      ->envname("ASSISTANTS_MOCK_HOST")
      ->capture_default_str();
  command->callback([=, &status] {
    status = serve({arguments->options(), arguments->scenarios, arguments->log_lines(true)});
  });
}

// The words after "--" as they were typed: CLI11 takes [a,b] for two, and [] for none.
std::vector<std::string> words_after_dashes(int argc, char** argv) {
  const std::vector<std::string> typed(argv, argv + argc);
  const auto dashes = std::ranges::find(typed, "--");
  return dashes == typed.end() ? std::vector<std::string>{}
                               : std::vector<std::string>(dashes + 1, typed.end());
}

void add_exec(CLI::App& app, const std::vector<std::string>& typed, int& status) {
  auto* command = app.add_subcommand(
      "exec", "Serve on a free port while a command runs: assistants-mock exec -- npm test");
  auto arguments = std::make_shared<ServerArguments>();
  auto words = std::make_shared<std::vector<std::string>>();
  arguments->time = "stepped";
  add_server_options(*command, *arguments);
  command->add_option("COMMAND", *words, "The command and its arguments, after --")->required();
  command->positionals_at_end();
  command->callback([=, &status] {
    status =
        exec({arguments->options(), typed.empty() ? *words : typed, arguments->log_lines(false)});
  });
}

// What `check` was given, as typed.
struct CheckArguments {
  CheckCommand command;
  std::string profile = "rough";
  std::string rules;
  std::string rules_file;
  std::vector<std::string> scenarios;
  std::string world;
  std::int64_t timeout_ms = 20'000;
  bool list_rules = false;

  CheckCommand parsed() const {
    CheckCommand parsed = command;
    const auto& names = scenarios::case_profile_names;
    parsed.options.profile =
        static_cast<scenarios::CaseProfile>(std::ranges::find(names, profile) - names.begin());
    parsed.options.time_limit = std::chrono::milliseconds{timeout_ms};
    if (!rules_file.empty()) parsed.options.rules = rules_of_file(rules_file);
    for (const auto& [name, setting] : mock_server::check::read_rule_settings(rules))
      parsed.options.rules[name] = setting;
    if (!world.empty()) parsed.options.world = scenarios::ScenarioBook::load(world);
    for (const std::string& scenario : scenarios)
      parsed.options.scenarios.push_back(scenarios::ScenarioBook::load(scenario));
    parsed.replay_options = replay_options();
    return parsed;
  }

  // Those that decide whether a case breaks a rule, where they are not the usual ones; and where
  // the report goes.
  std::vector<std::string> replay_options() const {
    const CheckArguments usual;
    std::vector<std::string> options;
    const auto add = [&](const char* option, const std::string& value) {
      options.insert(options.end(), {option, value});
    };
    if (timeout_ms != usual.timeout_ms) add("--timeout", std::to_string(timeout_ms));
    if (!rules.empty()) add("--rules", rules);
    if (!rules_file.empty()) add("--rules-file", rules_file);
    if (!world.empty()) add("--world", world);  // which the first look needs too
    if (command.out != usual.command.out) add("--out", command.out);
    return options;
  }

  static std::map<std::string, mock_server::RuleSetting> rules_of_file(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream || std::filesystem::is_directory(file))
      throw std::invalid_argument(file + " cannot be read");
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    return mock_server::check::read_rule_file(text, file);
  }
};

void add_check_options(CLI::App& command, CheckArguments& arguments) {
  mock_server::CheckOptions& options = arguments.command.options;
  command.add_option("--cases", options.cases, "Conversations under generated scenarios")
      ->check(CLI::Range(std::size_t{1}, std::size_t{10'000'000}))
      ->capture_default_str();
  command.add_option("--seed", options.seed, "Same seed, same client: the same scenarios")
      ->check(CLI::TypeValidator<std::uint64_t>("UINT"))
      ->capture_default_str();
  command.add_option("--jobs", options.jobs, "Conversations side by side")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command.add_option("--profile", arguments.profile, "What the scenarios may hold")
      ->check(CLI::IsMember({"gentle", "rough", "hostile"}))
      ->capture_default_str();
  command.add_option("--rules", arguments.rules,
                     "NAME=off or NAME=LIMIT, with commas between; --list-rules has the names");
  command.add_option("--rules-file", arguments.rules_file,
                     "The same as a YAML file: a line NAME: off or NAME: LIMIT for each");
  command
      .add_option("--timeout", arguments.timeout_ms, "Milliseconds that a conversation may take")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{86'400'000}))
      ->capture_default_str();
  command.add_option("--out", arguments.command.out, "Folder for the report")
      ->capture_default_str();
  command
      .add_option("--scenario", arguments.scenarios,
                  "Plays this one, and none that is generated; as often as needed")
      ->allow_extra_args(false);
  command.add_option("--world", arguments.world,
                     "A scenario whose assistants, files, vector stores and models are there in "
                     "every case, for clients that were configured with an id");
  command
      .add_option("--first-case", options.first_case,
                  "Number of the first case, which decides how its time goes")
      ->capture_default_str();
  command.add_flag("--keep-going", options.keep_going, "Look for further rules that are broken");
  command.add_option("--shrink", options.shrink_tries, "Tries to make a scenario simpler")
      ->capture_default_str();
  command.add_option(
      "--request", arguments.command.request,
      "COMMAND is a service that keeps running; for each conversation the shell runs "
      "this: --request 'curl -sf http://127.0.0.1:3000/ask -d Hello'");
  command.add_flag("--list-rules", arguments.list_rules, "Say what the rules are");
}

void add_check(CLI::App& app, const char* program, const std::vector<std::string>& typed,
               int& status) {
  auto* command = app.add_subcommand(
      "check", "Say whether a client is right: assistants-mock check -- node my_client.mjs");
  auto arguments = std::make_shared<CheckArguments>();
  arguments->command.program = program;
  arguments->command.options.jobs = std::max(1U, std::thread::hardware_concurrency());
  add_check_options(*command, *arguments);
  command->add_option("COMMAND", arguments->command.words,
                      "The client and its arguments, after --");
  command->positionals_at_end();
  command->callback([=, &status] {
    if (!arguments->list_rules && arguments->command.words.empty())
      throw CLI::RequiredError("COMMAND");
    if (!typed.empty()) arguments->command.words = typed;
    status = arguments->list_rules ? list_rules() : check(arguments->parsed());
  });
}

void add_scenario_commands(CLI::App& app, int& status) {
  auto* validate_command = app.add_subcommand("validate", "Say what is wrong in scenario files");
  auto files = std::make_shared<std::vector<std::string>>();
  validate_command->add_option("FILE", *files, "Scenario files, or names from `list`")->required();
  validate_command->callback([=, &status] { status = validate(*files); });

  auto* list_command = app.add_subcommand("list", "List the scenarios that are shipped");
  auto word = std::make_shared<std::string>();
  list_command->add_option("WORD", *word, "Only those that have this word");
  list_command->callback([=, &status] { status = list(*word); });

  auto* explain_command =
      app.add_subcommand("explain", "Say which rule would answer a run, and why not another");
  auto scenario = std::make_shared<std::string>();
  auto question = std::make_shared<scenarios::RunQuestion>();
  auto asked_before = std::make_shared<int>(0);
  explain_command->add_option("FILE", *scenario, "A scenario file, or a name from `list`")
      ->required();
  explain_command->add_option("--message", question->message, "The last user message");
  explain_command->add_option("--assistant", question->assistant_name, "The assistant's name");
  explain_command->add_option("--assistant-id", question->assistant_id, "The assistant's id");
  explain_command->add_option("--model", question->model, "The run's model");
  explain_command->add_option("--instructions", question->instructions, "The run's instructions");
  explain_command->add_option("--metadata", question->metadata, "KEY VALUE, of the run or thread");
  explain_command->add_option("--asked-before", *asked_before, "How often it was asked before")
      ->check(CLI::NonNegativeNumber);
  explain_command->callback(
      [=, &status] { status = explain(*scenario, *question, *asked_before); });

  app.add_subcommand("schema", "Print the JSON Schema of scenario files, for editors")
      ->callback([&status] { status = schema(); });
}

// CLI11 says only that a command is missing; this names the one that was meant.
bool is_unknown_command(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return false;
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  if (std::ranges::find(names, argv[1]) != names.end()) return false;
  const std::vector<std::string_view> words(names.begin(), names.end());
  std::cerr << "assistants-mock: there is no command '" << argv[1] << "'"
            << scenarios::did_you_mean(argv[1], words) << "; commands are";
  for (const std::string& name : names) std::cerr << ' ' << name;
  std::cerr << '\n';
  return true;
}

int run(int argc, char** argv) {
  block_signals();
  CLI::App app("An offline mock of the OpenAI Assistants API", "assistants-mock");
  app.set_version_flag("--version", ASSISTANTS_MOCK_VERSION);
  app.require_subcommand(1);
  int status = 0;
  add_serve(app, status);
  const std::vector<std::string> typed = words_after_dashes(argc, argv);
  add_exec(app, typed, status);
  add_check(app, argv[0], typed, status);
  add_scenario_commands(app, status);
  if (is_unknown_command(app, argc, argv)) return 2;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const scenarios::ScenarioError& error) {
    std::cerr << error.what() << '\n';
    return 2;
  } catch (const std::invalid_argument& error) {
    std::cerr << "assistants-mock: " << error.what() << '\n';
    return 2;
  } catch (const std::system_error& error) {
    std::cerr << "assistants-mock: " << error.what();
    if (error.code() == std::errc::address_in_use)
      std::cerr << "; another program has that port: choose one with --port, or --port 0";
    std::cerr << '\n';
    return 1;
  }
  return status;
}

}  // namespace
}  // namespace assistants_mock::cli

int main(int argc, char** argv) {
  return assistants_mock::cli::run(argc, argv);
}
