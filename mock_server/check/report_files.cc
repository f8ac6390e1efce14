#include "mock_server/check/report_files.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <system_error>

#include "scenarios/generator/simpler_scenarios.h"
#include "scenarios/scenario_writer.h"
#include "scenarios/utf8.h"

namespace assistants_mock::mock_server::check {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson as_json(const BrokenRule& broken) {
  return {{"rule", broken.rule},
          {"what", broken.what},
          {"case", broken.case_number},
          {"flaky", broken.is_flaky()},
          {"broke_again", broken.broke_again},
          {"shrink_tries", broken.shrink_tries},
          {"lines", lines_of(broken.scenario.scenario())},
          {"story", broken.story},
          {"scenario", to_yaml(broken.scenario.scenario())}};
}

// Text of XML 1.0: what it cannot say at all is left out.
std::string xml(const std::string& text) {
  std::string escaped;
  for (const char letter : scenarios::valid_utf8(text)) {
    const auto code = static_cast<unsigned char>(letter);
    if (letter == '&')
      escaped += "&amp;";
    else if (letter == '<')
      escaped += "&lt;";
    else if (letter == '>')
      escaped += "&gt;";
    else if (letter == '"')
      escaped += "&quot;";
    else if (code >= 0x20 || letter == '\n' || letter == '\t')
      escaped += letter;
  }
  return escaped;
}

std::string lines(const std::vector<std::string>& story) {
  std::string all;
  for (const std::string& line : story) all += line + "\n";
  return all;
}

void write_case(std::ostream& out, const CheckReport& report, const RuleOutcome& rule) {
  out << "  <testcase classname=\"assistants-mock check\" name=\"" << xml(rule.rule) << "\">\n";
  const auto broken = std::ranges::find(report.broken, rule.rule, &BrokenRule::rule);
  if (!report.could_not_check.empty())
    out << "    <error message=\"" << xml(report.could_not_check) << "\"/>\n";
  else if (broken != report.broken.end())
    out << "    <failure message=\"" << xml(broken->what) << "\">"
        << xml(lines(broken->story) + "\n" + to_yaml(broken->scenario.scenario()))
        << "</failure>\n";
  else if (rule.off || rule.tested == 0)
    out << "    <skipped message=\"" << (rule.off ? "switched off" : "no case put it to the test")
        << "\"/>\n";
  out << "  </testcase>\n";
}

void write_file(const std::string& name, const std::string& text) {
  std::ofstream file(name, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw std::system_error(errno, std::generic_category(), name);
}

}  // namespace

std::string json_of(const CheckReport& report) {
  OrderedJson json = {{"passed", report.passed()},
                      {"cases", report.cases},
                      {"seed", report.seed},
                      {"profile", name(report.profile)},
                      {"could_not_check", report.could_not_check},
                      {"broken", OrderedJson::array()},
                      {"rules", OrderedJson::array()}};
  for (const BrokenRule& broken : report.broken) json["broken"].push_back(as_json(broken));
  for (const RuleOutcome& rule : report.rules)
    json["rules"].push_back(
        {{"rule", rule.rule}, {"tested", rule.tested}, {"broken", rule.broken}, {"off", rule.off}});
  return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

std::string junit_of(const CheckReport& report) {
  std::ostringstream out;
  const auto skipped = std::ranges::count_if(
      report.rules, [](const RuleOutcome& rule) { return rule.off || rule.tested == 0; });
  const bool could_check = report.could_not_check.empty();
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      << "<testsuite name=\"assistants-mock check\" tests=\"" << report.rules.size()
      << "\" failures=\"" << report.broken.size() << "\" errors=\""
      << (could_check ? 0 : report.rules.size()) << "\" skipped=\"" << (could_check ? skipped : 0)
      << "\">\n";
  for (const RuleOutcome& rule : report.rules) write_case(out, report, rule);
  out << "</testsuite>\n";
  return out.str();
}

void require_report_folder(const std::string& folder) {
  if (folder.empty())
    throw std::system_error(std::make_error_code(std::errc::no_such_file_or_directory),
                            "the folder of the report has no name");
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw std::system_error(error, "no report can be written to " + folder);
  for (const char* name : {"/report.json", "/report.xml"}) {
    write_file(folder + name, "");
    std::filesystem::remove(folder + name);
  }
  // Those of an earlier check would be taken for this one's.
  for (const RuleInfo& rule : check_rules())
    for (const char* ending : {".yaml", ".txt"})
      std::filesystem::remove(folder + "/" + std::string(rule.name) + ending);
}

void write_report_files(const CheckReport& report, const std::string& folder) {
  std::filesystem::create_directories(folder);
  write_file(folder + "/report.json", json_of(report));
  write_file(folder + "/report.xml", junit_of(report));
  for (const BrokenRule& broken : report.broken) {
    write_file(scenario_file(folder, broken), to_yaml(broken.scenario.scenario()));
    write_file(folder + "/" + broken.rule + ".txt", broken.transcript);
  }
}

std::string scenario_file(const std::string& folder, const BrokenRule& broken) {
  return folder + "/" + broken.rule + ".yaml";
}

}  // namespace assistants_mock::mock_server::check
