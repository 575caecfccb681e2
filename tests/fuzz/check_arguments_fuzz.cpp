// The first line is a JSON Schema, the rest the arguments of a call. A schema
// that cannot be used is an Error; nothing else is ever thrown, and arguments
// that were put right are right.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/calls/call_syntax.h"
#include "tests/fuzz/expect.h"
#include "tools/arguments.h"

namespace simulate {
namespace {

void check(const Json& schema, Json arguments) {
  ToolSpec spec{"f", "", R"({"a": 1})", schema};
  ArgumentCheck argument_check(spec);
  expect(!signature(spec).empty(), "no signature");
  auto verdict = argument_check.check(arguments);
  if (verdict.problem) {
    expect(is_utf8(*verdict.problem), "a problem that cannot be shown");
    expect(verdict.problem->size() > 3, "a problem that says nothing");
    return;
  }
  expect(!argument_check.check(arguments).problem,
         "what was put right is not right");
}

}  // namespace
}  // namespace simulate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  size_t line = text.find('\n');
  if (line == text.npos) return 0;
  auto schema = simulate::parse_json(text.substr(0, line));
  auto arguments = simulate::parse_json(text.substr(line + 1));
  if (!schema || !arguments) return 0;
  try {
    simulate::check(*schema, *arguments);
  } catch (const simulate::Error&) {
  }
  return 0;
}
