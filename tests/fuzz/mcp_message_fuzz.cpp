// Any bytes are what an MCP server writes: lines, some of which are messages.
// What they hold becomes results and tools within bounds, or nothing.
#include "simulator/base/error.h"
#include "simulator/base/redactor.h"
#include "simulator/base/text.h"
#include "simulator/mcp/folder_alias.h"
#include "simulator/mcp/mcp_offers.h"
#include "simulator/mcp/mcp_result.h"
#include "simulator/mcp/rpc_message.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/scratch_file.h"
#include "tools/toolbox.h"

namespace simulate {
namespace {

constexpr size_t kLongestLine = 1000;
constexpr size_t kMostBytes = 2000;

void take_result(const Json& answer) {
  McpResult result = mcp_result_from(answer, kMostBytes);
  expect(result.body.is_object(), "a result is no object");
  expect(to_text(result.body).size() <= kMostBytes + 200,
         "a result without an end");
}

void take_tools(const Json& page) {
  McpServerConfig server;
  server.name = "s";
  try {
    McpOffers offers({server}, {tools_in(page)}, {});
    for (const ToolGroup& group : offers.groups()) {
      Toolbox toolbox({tool_group_from(group.name, group.text)});
      expect(toolbox.tools().size() == group.tools.size(), "a tool is lost");
    }
  } catch (const BadUsage&) {
  }
}

void take_message(Json message) {
  FolderAlias("/tmp/folder").hide(message);
  if (!message.is_object()) return;
  if (message.contains("method")) {
    if (message.contains("id")) rpc_reply(message);  // else a notification
    return;
  }
  answered_id(message);
  McpAnswer answer = answer_in(message);
  if (const auto* result = std::get_if<Json>(&answer)) {
    take_result(*result);
    take_tools(*result);
  } else {
    expect(!std::get<McpFailure>(answer).message.empty(), "a failure is dumb");
  }
}

void take_line(const LineCutter::Line& line) {
  if (line.too_long) {
    answered_id(line);
    return;
  }
  std::string text = line.text;
  Redactor({"canary-0123456789"}).redact(text);
  expect(!contains(lowered(text), "canary-0"), "a key is left");
  std::optional<Json> message = parse_json(text);
  if (message && message->is_array()) {
    for (const Json& part : *message) take_message(part);
  } else if (message) {
    take_message(std::move(*message));
  }
}

}  // namespace
}  // namespace simulate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  simulate::LineCutter cutter(simulate::kLongestLine);
  std::string bytes(simulate::bytes_of(data, size));
  for (const auto& line : cutter.add(bytes + "\n")) simulate::take_line(line);
  return 0;
}
