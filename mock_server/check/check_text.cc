#include "mock_server/check/check_text.h"

#include <algorithm>
#include <sstream>

#include "scenarios/scenario_writer.h"
#include "scenarios/utf8.h"

namespace assistants_mock::mock_server::check {
namespace {

RuleInfo info_of(const std::string& name) {
  const auto all = check_rules();
  return *std::ranges::find(all, name, &RuleInfo::name);
}

std::string indented(const std::string& text, const std::string& by) {
  std::istringstream lines(text);
  std::string all;
  for (std::string line; std::getline(lines, line);) all += by + line + "\n";
  return all;
}

void write(std::ostream& out, const BrokenRule& broken, std::uint64_t seed,
           const std::string& replay) {
  const RuleInfo rule = info_of(broken.rule);
  out << "✗ " << broken.rule << ": a client " << rule.holds << "\n"
      << "    " << broken.what << "\n"
      << "    why: " << rule.why << "\n"
      << "    remedy: " << rule.remedy << "\n"
      << "    seen in others: " << rule.source << "\n\n";
  if (broken.is_flaky())
    out << "  FLAKY: of three more conversations under this scenario, " << broken.broke_again
        << " broke the rule. The client leaves something to chance: time, order, randomness"
        << (broken.rule == "client.hangs"
                ? "; or this machine was busy: fewer --jobs, a longer --timeout"
                : "")
        << ".\n\n";
  out << "  The conversation:\n";
  for (const std::string& line : broken.story) out << "  " << line << "\n";
  out << "\n  The scenario, case " << broken.case_number << " of seed " << seed;
  if (broken.shrink_tries > 0)
    out << ", made simpler in " << broken.shrink_tries
        << (broken.shrink_tries == 1 ? " try" : " tries");
  out << ":\n\n"
      << indented(to_yaml(broken.scenario.scenario()), "    ") << "\n  Play it again:\n    "
      << replay << "\n\n";
}

// "a, b and c"
std::string listed(const std::vector<std::string>& names) {
  std::string all;
  for (std::size_t place = 0; place < names.size(); ++place) {
    if (place > 0) all += place + 1 == names.size() ? " and " : ", ";
    all += names[place];
  }
  return all;
}

std::string cases_of(const CheckReport& report) {
  if (report.cases == 0) return "the first look at the client";
  return std::to_string(report.cases) + (report.cases == 1 ? " case" : " cases") + ", profile " +
         std::string(name(report.profile)) + ", seed " + std::to_string(report.seed);
}

// The beginning of what was said has the reason, and the end what came of it.
std::string shortened(const std::string& text) {
  constexpr std::size_t most = 400;
  if (text.size() <= 2 * most) return scenarios::valid_utf8(text);
  return scenarios::valid_utf8(text.substr(0, most)) + " … " +
         scenarios::valid_utf8(text.substr(text.size() - most));
}

}  // namespace

std::string text_of(const CheckReport& report,
                    const std::function<std::string(const BrokenRule&)>& replay) {
  std::ostringstream out;
  if (!report.could_not_check.empty()) return report.could_not_check + "\n";
  for (const BrokenRule& broken : report.broken) write(out, broken, report.seed, replay(broken));
  std::vector<std::string> untested;
  for (const RuleOutcome& rule : report.rules)
    if (rule.tested == 0 && !rule.off) untested.push_back(rule.rule);
  out << (report.passed() ? "✓ " : "") << cases_of(report) << ": "
      << (report.passed()
              ? "no rule was broken"
              : std::to_string(report.broken.size()) +
                    (report.broken.size() == 1 ? " rule was" : " rules were") + " broken")
      << "\n";
  if (!untested.empty()) out << "  not put to the test: " << listed(untested) << "\n";
  const auto ends = std::ranges::find(report.rules, "report.unseen_end", &RuleOutcome::rule);
  if (ends != report.rules.end() && ends->tested == 0 && report.cases > 0)
    out << "  WARNING: the client created no run in any of them, so that little of it was "
           "checked\n";
  return out.str();
}

std::string why_nothing_was_asked(const ClientEnd& end) {
  const std::string words = end.errors.empty() ? end.output : end.errors;
  const std::string said = words.empty() ? "" : "\nIt said:\n" + indented(shortened(words), "    ");
  const std::string_view elsewhere =
      "It may not look at OPENAI_BASE_URL: an SDK of before late 2023, a base URL in its own code "
      "or "
      "settings, or a proxy";
  if (end.how == ClientEnd::How::ended && !end.success)
    return "the client ended with " + (end.words.empty() ? "a failure" : end.words) +
           " and never asked this server, which would have answered well. " +
           std::string(elsewhere) + "; or it failed before it asked anybody." + said;
  if (end.how == ClientEnd::How::crashed)
    return "the client crashed before it made a request: " + end.words + said;
  return std::string("the client ") +
         (end.how == ClientEnd::How::stopped ? "had to be stopped (" + end.words + ")" : "ended") +
         " and never asked this server. " + std::string(elsewhere) +
         "; or it made no request in this conversation at all." + said;
}

}  // namespace assistants_mock::mock_server::check
