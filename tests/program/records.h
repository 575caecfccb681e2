// What the tests of the program read back: the records of a training file and
// the conversations that a process announced.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "simulator/base/file.h"
#include "simulator/base/json.h"
#include "simulator/calls/reply_parser.h"

namespace simulate {

// Null when the file is no valid JSON.
inline Json records_in(const std::filesystem::path& file) {
  return parse_json(read_file(file)).value_or(Json());
}

inline std::set<std::string> ids_of(const Json& records) {
  std::set<std::string> ids;
  for (const Json& record : records) ids.insert(record["id"]);
  return ids;
}

// Of what a process with --json wrote to stdout: the conversations that it
// said are saved, in its order.
inline std::vector<std::string> announced_in(const std::string& out) {
  std::vector<std::string> ids;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    auto event = parse_json(line);
    if (!event || string_at(*event, "type") != "saved") continue;
    ids.push_back(string_at(*event, "id"));
  }
  return ids;
}

// What must hold in every record, whoever made it.
inline void check_record(const Json& record) {
  SCOPED_TRACE(record["id"]);
  int calls = 0, results = 0;
  std::string before = "system";
  for (const Json& message : record["conversations"]) {
    std::string role = message["role"];
    std::string content = message["content"];
    EXPECT_FALSE(content.empty());
    if (role == "user") {
      EXPECT_TRUE(before == "system" || before == "assistant");
    }
    if (role == "assistant") {
      ParsedReply parsed = parse_reply(content);
      EXPECT_TRUE(parsed.faults.empty()) << content;
      EXPECT_FALSE(parsed.thinking.empty()) << content;
      EXPECT_FALSE(parsed.content.empty() && parsed.calls.empty());
      calls += static_cast<int>(parsed.calls.size());
    }
    if (role == "tool") {
      ++results;
      EXPECT_TRUE(content.starts_with("<tool_result>{")) << content;
    }
    before = role;
  }
  EXPECT_EQ(before, "assistant");
  EXPECT_EQ(calls, results);
  EXPECT_EQ(record["metadata"]["tool_calls"], calls);
}

}  // namespace simulate
