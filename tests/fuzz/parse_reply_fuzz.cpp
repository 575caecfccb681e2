// Any bytes are a reply: parse_reply never throws, what it finds stays within
// bounds, and a call that it found is read again when we write it ourselves.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "simulator/base/text.h"
#include "simulator/calls/call_syntax.h"
#include "simulator/calls/json_call.h"
#include "simulator/calls/reply_parser.h"
#include "tests/fuzz/expect.h"

namespace simulate {
namespace {

ToolSpec tool(const char* name, Json properties) {
  return {name,
          "",
          "{}",
          {{"type", "object"}, {"properties", std::move(properties)}}};
}

// `f` knows no argument; `typed` has one of every type.
std::vector<ToolSpec> offered() {
  Json text = {{"type", "string"}};
  Json types = {
      {"text", text},
      {"count", {{"type", "integer"}}},
      {"ratio", {{"type", "number"}}},
      {"yes", {{"type", "boolean"}}},
      {"list", {{"type", "array"}, {"items", text}}},
      {"object", {{"type", "object"}}},
      {"maybe", {{"type", Json::array({"string", "null"})}}},
      {"either",
       {{"anyOf", Json::array({{{"type", "integer"}}, {{"type", "null"}}})}}},
      {"choice", {{"enum", Json::array({"low", "high"})}}}};
  return {tool("f", Json::object()), tool("typed", types)};
}

void expect_bounds(std::string_view text, const ParsedReply& reply) {
  expect(reply.calls.size() <= 16, "too many calls");
  expect(reply.faults.size() <= 12, "too many faults");
  expect(reply.repairs.size() <= 12, "too many repairs");
  // Pieces are joined by empty lines, at most two for a mark like </s>.
  expect(reply.content.size() <= 2 * text.size(), "the content grew");
  expect(reply.thinking.size() <= 2 * text.size(), "the thinking grew");
  expect(trimmed(reply.content) == reply.content, "the content is not trimmed");
  for (const std::string& fault : reply.faults) {
    expect(!fault.empty() && fault.size() < 1000, "a fault is no sentence");
    expect(is_utf8(fault), "a fault is torn");
  }
  if (!is_utf8(text)) return;
  expect(is_utf8(reply.content), "the content is torn");
  expect(is_utf8(reply.thinking), "the thinking is torn");
}

bool nests_too_deep(const ParsedReply& reply) {
  return std::any_of(reply.faults.begin(), reply.faults.end(),
                     [](const std::string& fault) {
                       return contains(fault, "nests too deep");
                     });
}

// A name like functions.functions.f loses a part each time it is read.
bool has_a_plain_name(const ParsedCall& call) {
  return bare_name(call.name) == call.name;
}

void expect_read_back(const ParsedCall& call, ToolSyntax syntax) {
  std::string written = render_call(syntax, call.name, call.arguments);
  ParsedReply again = parse_reply(written, offered());
  if (nests_too_deep(again)) return;
  expect(again.calls.size() == 1, "our own call is not read back");
  expect(again.calls[0].name == call.name, "the name changed");
  expect(again.calls[0].arguments == call.arguments, "an argument changed");
  expect(again.content.empty(), "our own call is shown");
}

void look_at(std::string_view text, const ParsedReply& reply) {
  expect_bounds(text, reply);
  for (const ParsedCall& call : reply.calls) {
    expect(!call.name.empty(), "a call without a name");
    expect(call.arguments.is_object(), "arguments that are no object");
    if (!is_utf8(text) || !has_a_plain_name(call)) continue;
    expect_read_back(call, ToolSyntax::python);
    expect_read_back(call, ToolSyntax::json);
  }
}

}  // namespace
}  // namespace simulate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto tools = simulate::offered();
  std::string_view text(reinterpret_cast<const char*>(data), size);
  simulate::look_at(text, simulate::parse_reply(text, tools));
  simulate::look_at(text, simulate::parse_reply(text));
  return 0;
}
