// ToolServers whose one tool, "note", keeps its "text" in the state and answers
// with all that it has kept; it counts how often it is asked.
// Tested by tests/conversation/served_test.cpp.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "simulator/base/json.h"
#include "tools/tool_file.h"
#include "tools/tool_servers.h"

namespace simulate {

class FakeServers : public ToolServers {
 public:
  static ToolGroup group() {
    Json schema = *parse_json(
        R"({"type": "object", "properties": {"text": {"type": "string"}},
            "required": ["text"]})");
    return served_group("mcp:fake",
                        {{"note", "Keeps a note.", "{}", std::move(schema)}});
  }

  asio::awaitable<ServedRound> run(std::string conversation, ServerState before,
                                   std::vector<ToolCall> calls) override {
    present.insert(conversation);
    ServedRound round{{}, std::move(before)};
    for (const ToolCall& call : calls) {
      ++asked;
      round.state.text += string_at(call.arguments, "text") + ";";
      round.results.push_back(
          {call.id, call.name, {{"result", round.state.text}}});
    }
    co_return round;
  }

  asio::awaitable<ServerState> leave(std::string conversation,
                                     ServerState last) override {
    if (present.erase(conversation) != 0) last.text += "bye;";
    co_return last;
  }

  bool stopped() const override { return stop; }

  int asked = 0;
  bool stop = false;
  std::set<std::string> present;  // conversations that have not left
};

}  // namespace simulate
