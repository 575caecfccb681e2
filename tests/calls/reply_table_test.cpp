// Replies as the models of each family write them, and what must be read in
// them. The rows stand in tests/calls/replies/*.txt; each is
//
//     #### its name
//     the reply, as many lines as it takes; \xNN stands for that byte
//     ----
//     f {"a":1}             each call: its name, and its arguments as JSON
//     content: the text     \n stands for a line break; without it: none
//     thinking: the text    without it: not looked at
//     fault: a part of it   each fault; without it: none
//     repair: its words     each repair; without it: none
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "simulator/calls/reply_parser.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;

struct Row {
  std::string name;
  std::string text;
  std::vector<std::string> calls;
  std::string content;
  std::string thinking = "?";
  std::vector<std::string> faults;
  std::vector<std::string> repairs;
};

std::string bytes_of(const std::string& line) {
  std::string text;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line.compare(i, 2, "\\x") != 0 || i + 3 >= line.size()) {
      text += line[i];
      continue;
    }
    text += static_cast<char>(std::stoi(line.substr(i + 2, 2), nullptr, 16));
    i += 3;
  }
  return text;
}

void expect_line(const std::string& line, Row& row) {
  size_t colon = line.find(": ");
  std::string key = colon == line.npos ? "" : line.substr(0, colon);
  std::string rest = colon == line.npos ? "" : line.substr(colon + 2);
  if (key == "content") {
    row.content = replaced(rest, "\\n", "\n");
  } else if (key == "thinking") {
    row.thinking = replaced(rest, "\\n", "\n");
  } else if (key == "fault") {
    row.faults.push_back(rest);
  } else if (key == "repair") {
    row.repairs.push_back(rest);
  } else if (!line.empty()) {
    row.calls.push_back(line);
  }
}

std::vector<Row> rows_of(const fs::path& file) {
  std::vector<Row> rows;
  bool expecting = false;
  std::istringstream lines(read_file(file));
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("#### ", 0) == 0) {
      rows.push_back({});
      rows.back().name = line.substr(5);
      expecting = false;
    } else if (line == "----") {
      expecting = true;
      if (!rows.back().text.empty()) rows.back().text.pop_back();
    } else if (expecting) {
      expect_line(line, rows.back());
    } else if (!rows.empty()) {
      rows.back().text += bytes_of(line) + "\n";
    }
  }
  return rows;
}

Json string_schema() { return {{"type", "string"}}; }

// What the rows call by name. `f` and `g` are known tools without a schema of
// their own; `typed` has an argument of every type.
std::vector<ToolSpec> offered() {
  Json types = {
      {"text", string_schema()},
      {"count", {{"type", "integer"}}},
      {"ratio", {{"type", "number"}}},
      {"yes", {{"type", "boolean"}}},
      {"list", {{"type", "array"}, {"items", string_schema()}}},
      {"object", {{"type", "object"}}},
      {"maybe", {{"type", Json::array({"string", "null"})}}},
      {"either",
       {{"anyOf", Json::array({{{"type", "integer"}}, {{"type", "null"}}})}}},
      {"nullable", {{"type", "integer"}, {"nullable", true}}},
      {"choice", {{"enum", Json::array({"low", "high"})}}}};
  Json input = {{"type", "array"}, {"items", string_schema()}};
  auto tool = [](const char* name, Json properties) {
    return ToolSpec{
        name,
        "",
        "{}",
        {{"type", "object"}, {"properties", std::move(properties)}}};
  };
  return {tool("f", Json::object()),
          tool("g", Json::object()),
          tool("typed", types),
          tool("add_memory", {{"input_text", input}}),
          tool("recall_memories", Json::object()),
          tool("gr\xC3\xB6\xC3\x9F"
               "e",
               Json::object()),
          tool("get_weather",
               {{"city", string_schema()}, {"days", {{"type", "integer"}}}}),
          tool("get-time", {{"zone", string_schema()}})};
}

void expect_parts(const std::vector<std::string>& found,
                  const std::vector<std::string>& expected, const char* what) {
  EXPECT_EQ(found.size(), expected.size())
      << what << ": " << joined(found, " | ");
  for (size_t i = 0; i < std::min(found.size(), expected.size()); ++i) {
    EXPECT_TRUE(contains(found[i], expected[i])) << what << ": " << found[i];
  }
}

void expect(const Row& row) {
  ParsedReply reply = parse_reply(row.text, offered());
  std::vector<std::string> calls;
  for (const ParsedCall& call : reply.calls) {
    calls.push_back(call.name + " " + to_text(call.arguments));
  }
  EXPECT_EQ(calls, row.calls);
  EXPECT_EQ(reply.content, row.content);
  if (row.thinking != "?") {
    EXPECT_EQ(reply.thinking, row.thinking);
  }
  expect_parts(reply.faults, row.faults, "faults");
  for (const std::string& fault : reply.faults) {
    EXPECT_EQ(fault, printable(fault));  // so it is UTF-8, too
  }
  expect_parts(reply.repairs, row.repairs, "repairs");
}

TEST(ReplyTable, IsReadAsItsRowsSay) {
  size_t count = 0;
  fs::path folder = fs::path(SIMULATE_SOURCE_DIR) / "tests/calls/replies";
  for (const auto& file : fs::directory_iterator(folder)) {
    for (const Row& row : rows_of(file.path())) {
      SCOPED_TRACE(file.path().filename().string() + ": " + row.name);
      expect(row);
      ++count;
    }
  }
  std::printf("%zu rows\n", count);
  EXPECT_GE(count, 600u);
}

}  // namespace
}  // namespace simulate
