#include "tests/offline/scripted_requests.h"

#include <gtest/gtest.h>

#include "simulator/base/text.h"
#include "simulator/calls/call_syntax.h"
#include "simulator/calls/reply_parser.h"
#include "simulator/offline/scripts.h"
#include "tests/shipped.h"

namespace simulate::offline {

namespace {

constexpr const char* kSystem = "You are Ada.\n\nOpen reminders:\nNone.";

}  // namespace

const Json& agnes() {
  static const Json value = {
      {"name", "Agnes Doyle"},
      {"speaking", "Full sentences."},
      {"facts",
       {"My cat is called Bishop and he bites anyone.",
        "My husband Tom died nine years ago.",
        "I ran the post office in Murrisk for 31 years.",
        "My daughter Bernadette lives in Boston.",
        "I play bridge on Wednesdays with Nuala.",
        "My neighbour Padraig brings in the turf for me.",
        "My brother Eamon left me a gold pocket watch."}},
      {"topics", {"my cat Bishop", "my bridge game", "my brother's watch"}}};
  return value;
}

std::string listed(const std::vector<std::string>& items) {
  return items.empty() ? "- (nothing in particular)"
                       : "- " + joined(items, "\n- ");
}

ChatRequest tester_request(uint64_t seed, int session) {
  ChatRequest request;
  request.role = Role::tester;
  request.seed = seed;
  request.messages = {{Speaker::system, "You play Agnes."},
                      {Speaker::tester, "(The conversation is open.)"}};
  const Json& topics = agnes()["topics"];
  request.scene = {{"persona.name", agnes()["name"]},
                   {"persona.speaking", agnes()["speaking"]},
                   {"persona.facts",
                    listed(agnes()["facts"].get<std::vector<std::string>>())},
                   {"topic", topics[static_cast<size_t>(session - 1) % 3]},
                   {"opening", "Way " + std::to_string(seed % 100) + "."},
                   {"mood", "calm"},
                   {"session", std::to_string(session)},
                   {"turns", "4"},
                   {"date", "2025-03-04"},
                   {"past", "(You have never talked before.)"},
                   {"news", listed({})},
                   {"abilities", "add memory, recall memories"}};
  return request;
}

void add_exchanges(ChatRequest& request, int count) {
  for (int i = 0; i < count; ++i) {
    std::string number = std::to_string(i);
    request.messages.push_back({Speaker::assistant, "Line " + number + "."});
    request.messages.push_back({Speaker::tester, "I see it, " + number + "."});
  }
}

ChatRequest assistant_request(const std::string& said, int session) {
  ChatRequest request;
  request.role = Role::assistant;
  request.seed = 7;
  request.messages = {{Speaker::system, kSystem}, {Speaker::tester, said}};
  Json tools = Json::object();
  Toolbox toolbox(shipped_groups());
  for (const ToolSpec& tool : toolbox.tools()) {
    tools[tool.name] = *parse_json(tool.example);
  }
  request.scene = {{"session", session}, {"turn", 1},
                   {"turns", 3},         {"round", 0},
                   {"syntax", "python"}, {"date", "2025-03-04"},
                   {"tools", tools}};
  return request;
}

std::string spoken(ChatRequest request, const ToolState& before,
                   ToolState* after, std::vector<std::string>* names) {
  Toolbox toolbox(shipped_groups());
  ToolState state = before;
  for (int round = 0; round <= 4; ++round) {
    request.scene["round"] = round;
    std::string text = assistant_script(request);
    ParsedReply reply = parse_reply(text);
    EXPECT_TRUE(reply.faults.empty()) << text;
    EXPECT_FALSE(reply.thinking.empty()) << text;
    if (after != nullptr) *after = state;
    if (reply.calls.empty()) return reply.content;
    std::vector<ToolCall> calls;
    for (ParsedCall& call : reply.calls) {
      if (names != nullptr) names->push_back(call.name);
      calls.push_back({"call00001", call.name, call.arguments});
    }
    Toolbox::Round done = toolbox.run(state, calls, {20'151 * 1440 + 600});
    state = done.state;
    request.messages.push_back({Speaker::assistant, text});
    std::string results;
    for (const ToolResult& result : done.results) {
      if (!results.empty()) results += '\n';
      results += render_result(result.body);
    }
    request.messages.push_back({Speaker::tester, results});
  }
  ADD_FAILURE() << "it never answered";
  return "";
}

ToolState state_with(const std::vector<std::string>& memories) {
  std::vector<ToolCall> calls = {
      {"call00001", "add_memory", {{"input_text", memories}}}};
  return Toolbox(shipped_groups()).run({}, calls, {20'151 * 1440}).state;
}

}  // namespace simulate::offline
