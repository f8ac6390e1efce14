#pragma once
// What a check found, for machines: JSON, JUnit XML, and the files that replay it.
#include <string>
#include <vector>

#include "assistants_mock/check_client.h"

namespace assistants_mock::mock_server::check {

std::string json_of(const CheckReport& report);

// A test case for each rule: failed, passed, or skipped when it was off or no case put it to the
// test.
std::string junit_of(const CheckReport& report);

// Makes the folder, where there was none, and takes an earlier report out of it. Throws
// std::system_error when no report can be written there, which is better heard before a check than
// after it.
void require_report_folder(const std::string& folder);

// Writes report.json and report.xml and, for each broken rule, RULE.yaml (its scenario) and
// RULE.txt (its conversation) into the folder, which is made. Throws std::system_error.
void write_report_files(const CheckReport& report, const std::string& folder);

// Where write_report_files() puts the scenario of a broken rule.
std::string scenario_file(const std::string& folder, const BrokenRule& broken);

}  // namespace assistants_mock::mock_server::check
