#include "simulator/conversation/tool_round.h"

#include "simulator/conversation/recorded_servers.h"

namespace simulate {

namespace {

// Fills in the results that servers give.
asio::awaitable<void> ask_servers(DialogueState& dialogue,
                                  const std::vector<ToolCall>& calls,
                                  Toolbox::Round& round) {
  std::vector<ToolCall> served;
  for (size_t place : round.served) served.push_back(calls[place]);
  auto work = dialogue.servers->run(dialogue.state.servers, std::move(served));
  ServedRound answer = co_await std::move(work);
  for (size_t i = 0; i < round.served.size(); ++i) {
    ToolResult& result = round.results[round.served[i]];
    result.body = std::move(answer.results.at(i).body);
    result.error = answer.results[i].error;
  }
  dialogue.state.servers = std::move(answer.state);
}

// Beside what it answers with, or behind the words of its error.
void add_remark(const std::string& remark, ToolResult& result) {
  if (remark.empty()) return;
  if (!result.body.is_object()) result.body = {{"result", result.body}};
  if (result.error) {
    result.body["error"] = string_at(result.body, "error") + " " + remark;
  } else {
    result.body["remark"] = remark;
  }
}

}  // namespace

asio::awaitable<void> run_calls(DialogueState& dialogue, Message message,
                                Remark remark) {
  Toolbox::Terms terms{dialogue.now, dialogue.withheld_tools,
                       &dialogue.failures};
  Toolbox::Round round =
      dialogue.toolbox.run(dialogue.state, message.calls, terms);
  dialogue.state = std::move(round.state);
  if (!round.served.empty()) {
    auto work = ask_servers(dialogue, message.calls, round);
    co_await std::move(work);
  }
  for (const ToolResult& result : round.results) {
    if (result.error && !result.planned) message.train = false;
  }
  add_remark(remark(message.calls, round.results), round.results.back());
  dialogue.add(std::move(message));
  for (ToolResult& result : round.results) {
    Message told;
    told.speaker = Speaker::tool;
    told.result = std::move(result);
    dialogue.add(std::move(told));
  }
}

}  // namespace simulate
