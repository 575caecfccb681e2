// A small stage for conversations: prompts of a line each, one persona, and a
// chat model whose three roles are functions.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "simulator/conversation/converse.h"
#include "simulator/models/fake_chat.h"
#include "simulator/models/text_messages.h"
#include "tests/run_awaitable.h"
#include "tests/shipped.h"

namespace simulate {

inline Prompts small_prompts() {
  Prompts prompts;
  prompts.tester = {"You are {{persona.name}} and talk about {{topic}}."};
  prompts.assistant = {"You are Ada. {{tools}} {{date}}\n{{reminders}}"};
  prompts.teacher = "TEACHER";
  prompts.tools = "{{tool_syntax}} {{tool_list}}";
  prompts.rewriter = "Rewrite the blocks.";
  prompts.version = "v1";
  return prompts;
}

class Stage {
 public:
  // Replies of a role in order; the last one is given again and again.
  using Lines = std::vector<std::string>;

  Stage() {
    plan.persona.name = "Bo";
    plan.slot.number = 3;
    plan.slot.turns = 1;
    plan.slot.topic = "boats";
    plan.prompts = &prompts;
    plan.settings.rewrite = Rewrite::off;
    lines[Role::tester] = {"hello", "and then?", "well"};
    lines[Role::assistant] = {"<think>\nt\n</think>\n\nhi"};
  }

  Conversation play(Watcher* watcher = nullptr) {
    FakeChat chat(timer, [this](const ChatRequest& r) { return answer(r); });
    return run_awaitable(timer,
                         converse(plan, chat, toolbox, nullptr, watcher));
  }

  Conversation play(Toolbox& other, RecordedServers& servers) {
    FakeChat chat(timer, [this](const ChatRequest& r) { return answer(r); });
    return run_awaitable(timer, converse(plan, chat, other, &servers));
  }

  // The reason of the setback that the conversation ends with.
  std::string failure() {
    try {
      play();
    } catch (const AttemptFailure& what) {
      return what.reason();
    }
    return "";
  }

  // What the `number`th request of `role` held, its messages joined.
  std::string asked(Role role, size_t number) const {
    std::string text;
    for (const TextMessage& message :
         text_messages(requests.at(role).at(number))) {
      text += "[" + std::to_string(static_cast<int>(message.from)) + "]" +
              message.content + "\n";
    }
    return text;
  }

  Prompts prompts = small_prompts();
  Assignment plan;
  std::map<Role, Lines> lines;
  std::map<Role, std::vector<ChatRequest>> requests;
  size_t offered = 0;  // tools, with the last request
  Finish finish = Finish::stop;
  std::string thinking;             // of every reply, in a field of its own
  std::optional<Role> unreachable;  // whose calls fail
  Toolbox toolbox{shipped_groups()};
  FakeTimer timer;

 private:
  ChatOutcome answer(const ChatRequest& request) {
    if (request.role == unreachable) {
      ChatFailure failure;
      failure.message = "nobody is there";
      return failure;
    }
    auto& past = requests[request.role];
    const Lines& script = lines[request.role];
    ChatReply reply;
    reply.content = script.at(std::min(past.size(), script.size() - 1));
    reply.finish = finish;
    reply.thinking = thinking;
    reply.player = {"fake", role_name(request.role)};
    if (request.on_text) request.on_text(reply.content);
    past.push_back(request);
    past.back().offer = nullptr;  // it does not outlive the conversation
    offered = request.offer ? request.offer->tools.size() : 0;
    return reply;
  }
};

}  // namespace simulate
