// Reading is linear in the length of a reply, whatever is repeated in it: what
// opens calls in each family, with every beginning of a call behind it.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <set>

#include "simulator/base/text.h"
#include "tools/reply_parser.h"

namespace simulate {
namespace {

const std::vector<std::string> kOpeners = {
    "",
    "<tool_call>",
    "<tool_calls>",
    "<function_calls>",
    "<TOOLCALL>",
    "<tool_call>f",
    "<tool_call>f<arg_key>",
    "<tool_call>f<arg_key>a</arg_key><arg_value>",
    "<tool_call><function=f>",
    "<function=f>",
    "<function=f><parameter=a>",
    "<function name=\"f\">",
    "<invoke name=\"f\">",
    "<invoke name=\"f\"><parameter name=\"a\">",
    "<minimax:tool_call>",
    "<\xEF\xBD\x9C"
    "DSML\xEF\xBD\x9C"
    "function_calls>",
    "<\xEF\xBD\x9C"
    "DSML\xEF\xBD\x9C"
    "invoke name=\"f\">",
    "[TOOL_CALLS]",
    "[TOOL_CALLS]f[ARGS]",
    "[TOOL_CALLS]f[CALL_ID]",
    "functools[",
    "<|tool_call|>",
    "<|python_tag|>",
    "<|python_start|>",
    "<|START_ACTION|>",
    "<|tool_call_start|>",
    "<\xEF\xBD\x9Ctool_calls_begin\xEF\xBD\x9C>",
    "<\xEF\xBD\x9Ctool_call_begin\xEF\xBD\x9C>",
    "<|tool_call_begin|>f<|tool_sep|>",
    "<|tool_call_begin|>function<|tool_sep|>f\n",
    "<|tool_calls_section_begin|>",
    "<|tool_call_begin|>f:0<|tool_call_argument_begin|>",
    "\n>>>f\n",
    "<|channel|>",
    "<|channel|>analysis<|message|>",
    "<|channel|>commentary to=functions.f<|message|>",
    "<|start|>assistant",
    "<think>",
    "[THINK]",
    "<|START_THINKING|>",
    "<tool_result>",
    "\n```json\n",
    "\nf(",
};

const std::vector<std::string> kBodies = {
    "",
    "a",
    " ",
    "{",
    "[",
    "f(",
    "f(a=\"",
    "f(a=[",
    "f(a=oops)",
    "f(a=1), ",
    "{\"name\": \"f\"}",
    "{\"name\": \"f\", \"arguments\": {\"a\": \"",
    "{'a': ['",
    "[{\"name\":",
    "\\\"",
    "#",
    ";",
    "]",
    "```",
    "<",
    "</think>",
    "</tool_call>",
    "</parameter>",
    "<parameter=a>",
    "<arg_key>a"};

std::string repeated(const std::string& part, size_t bytes) {
  std::string text;
  text.reserve(bytes + part.size());
  while (text.size() < bytes) text += part;
  return text;
}

struct Rubbish {
  std::string once;   // before
  std::string again;  // and this, over and over
  double millis = 0;
};

std::vector<ToolSpec> tools() {
  Json text = {{"type", "string"}};
  return {{"f", "", "{}", {{"type", "object"}, {"properties", {{"a", text}}}}}};
}

void measure(Rubbish& rubbish, size_t bytes) {
  static const auto offered = tools();
  std::string text = rubbish.once + repeated(rubbish.again, bytes);
  std::clock_t start = std::clock();  // of the processor: others may be busy
  ParsedReply reply = parse_reply(text, offered);
  rubbish.millis = 1e3 * static_cast<double>(std::clock() - start) /
                   static_cast<double>(CLOCKS_PER_SEC);
  EXPECT_LE(reply.faults.size(), 12u);
  EXPECT_FALSE(contains(reply.content, "<tool_call>"));
}

// Each beginning over and over, and once with its body over and over.
std::vector<Rubbish> all_rubbish() {
  std::vector<Rubbish> all;
  for (const std::string& opener : kOpeners) {
    for (const std::string& body : kBodies) {
      if ((opener + body).empty()) continue;
      all.push_back({"", opener + body});
      if (body.empty() || opener.empty()) continue;
      all.push_back({opener, body});
    }
  }
  return all;
}

std::string shown(const Rubbish& rubbish) {
  return to_text(Json::array({rubbish.once, rubbish.again}));
}

// Measures all, the slowest first.
void measure_all(std::vector<Rubbish>& all, size_t bytes) {
  for (Rubbish& rubbish : all) measure(rubbish, bytes);
  std::sort(all.begin(), all.end(), [](const Rubbish& a, const Rubbish& b) {
    return a.millis > b.millis;
  });
}

// The first of those in which the same is repeated.
std::vector<Rubbish> distinct(const std::vector<Rubbish>& all, size_t most) {
  std::set<std::string> seen;
  std::vector<Rubbish> result;
  for (const Rubbish& rubbish : all) {
    if (result.size() == most) break;
    if (seen.insert(rubbish.again).second) result.push_back(rubbish);
  }
  return result;
}

// A sanitizer costs a factor of ten or so.
#ifdef __SANITIZE_ADDRESS__
constexpr size_t kSmall = 4 << 10;
constexpr double kMostMillis = 30'000;
#else
constexpr size_t kSmall = 16 << 10;
constexpr double kMostMillis = 5'000;
#endif

// Few can be read at full size in a second, so a small size chooses them.
// Quadratic reading of a MiB takes minutes, also on a fast machine.
TEST(Rubbish, OfEveryFamilyIsReadInLinearTime) {
  std::vector<Rubbish> all = all_rubbish();
  measure_all(all, kSmall);
  std::vector<Rubbish> slowest = distinct(all, 8);
  measure_all(slowest, 1 << 20);
  std::printf("%zu texts; the slowest MiB takes %.0f ms: %s\n", all.size(),
              slowest[0].millis, shown(slowest[0]).c_str());
  EXPECT_LT(slowest[0].millis, kMostMillis) << shown(slowest[0]);
}

}  // namespace
}  // namespace simulate
