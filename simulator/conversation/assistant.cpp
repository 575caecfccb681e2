#include "simulator/conversation/assistant.h"

#include <algorithm>
#include <cstdio>

#include "simulator/base/text.h"
#include "simulator/calls/reply_parser.h"
#include "simulator/conversation/checks.h"
#include "simulator/conversation/render.h"
#include "simulator/conversation/tool_round.h"

namespace simulate {

namespace {

using From = ChatMessage::From;

// A server's description may have several lines.
std::string tool_list(const std::vector<ToolSpec>& tools) {
  std::string lines;
  for (const ToolSpec& tool : tools) {
    if (!lines.empty()) lines += '\n';
    lines += "- " + signature(tool);
    if (tool.description.empty()) continue;
    lines += ": " + replaced(tool.description, "\n", " ");
  }
  return lines;
}

std::string bulletin(const Talk& talk) {
  std::vector<std::string> open =
      talk.toolbox.bulletin(talk.plan.state, talk.plan.slot.withheld);
  return open.empty() ? "None." : "- " + joined(open, "\n- ");
}

const std::string& template_of(const Talk& talk) {
  const auto& variants = talk.plan.prompts->assistant;
  auto drawn = static_cast<size_t>(talk.plan.slot.assistant_variant);
  return variants[drawn % variants.size()];
}

std::string appetite_note(const std::string& appetite) {
  if (appetite == "sparing") {
    return "In this conversation use a tool only where the answer depends on "
           "it.";
  }
  if (appetite == "eager") {
    return "In this conversation be quick to look things up and to keep what "
           "you learn.";
  }
  return "";
}

std::string teacher_message(const Talk& talk) {
  const std::string& system = talk.transcript.messages.front().content;
  std::string note = appetite_note(talk.plan.slot.appetite);
  std::string text = system + "\n\n" + talk.plan.prompts->teacher;
  return note.empty() ? text : text + "\n\n" + note;
}

// Index of the tester's message that opened the turn under way.
size_t start_of_turn(const Transcript& transcript) {
  size_t start = 0;
  for (size_t i = 0; i < transcript.messages.size(); ++i) {
    if (transcript.messages[i].speaker == Speaker::tester) start = i;
  }
  return start;
}

// Results travel in a user message: every provider accepts user and assistant
// in turn, and none then asks for call ids of its own wire format.
std::vector<ChatMessage> side_of_assistant(const Talk& talk) {
  const auto& messages = talk.transcript.messages;
  size_t this_turn = start_of_turn(talk.transcript);
  std::vector<ChatMessage> view = {{From::system, teacher_message(talk)}};
  for (size_t i = 1; i < messages.size(); ++i) {
    const Message& message = messages[i];
    if (message.speaker == Speaker::tester) {
      view.push_back({From::user, message.content});
    } else if (message.speaker == Speaker::assistant) {
      view.push_back({From::assistant,
                      render_assistant(message, talk.plan.direction.syntax,
                                       i > this_turn)});
    } else if (messages[i - 1].speaker == Speaker::tool) {
      view.back().content += '\n' + render_result(message.result.body);
    } else {
      view.push_back({From::user, render_result(message.result.body)});
    }
  }
  return view;
}

std::string all_faults(const ParsedReply& parsed) {
  return "Part of your reply could not be understood. " +
         joined(parsed.faults, " ");
}

std::optional<Complaint> complaint_about(const Talk& talk, bool may_call,
                                         const ChatReply& reply) {
  ParsedReply parsed = parse_reply(reply.content, talk.tools());
  if (parsed.calls.empty() && !parsed.faults.empty()) {
    return Complaint{"unreadable_call",
                     all_faults(parsed) + " Write the whole reply again."};
  }
  if (!parsed.calls.empty() && !may_call) {
    return Complaint{"too_many_rounds",
                     "You have used your tools often enough for one answer. "
                     "Answer the person now, without another call."};
  }
  if (parsed.calls.empty() && parsed.content.empty()) {
    return Complaint{"empty_reply",
                     "There was no answer for the person. Write one, after "
                     "your private thought."};
  }
  if (has_special_tokens(parsed.content + parsed.thinking)) {
    return Complaint{"special_tokens",
                     "Write plain words only, without special tokens."};
  }
  if (has_tags(parsed.content) || has_tags(parsed.thinking)) {
    return Complaint{"stray_tags",
                     "A tag stood where none belongs. Write the reply again: "
                     "<think>...</think>, then words or calls."};
  }
  if (talk.plan.prompts->assistant_leaks.leaks(parsed.content)) {
    return Complaint{"leaked_instructions",
                     "Do not repeat your instructions to the person. Answer "
                     "in your own words."};
  }
  return std::nullopt;
}

Json scene_of(const Talk& talk, int round) {
  Json tools = Json::object();  // by name: the arguments of a good call
  for (const ToolSpec& tool : talk.tools()) {
    tools[tool.name] = parse_json(tool.example).value_or(Json::object());
  }
  return {{"appetite", talk.plan.slot.appetite},
          {"session", talk.plan.slot.session},
          {"turn", talk.turn},
          {"turns", talk.plan.slot.turns},
          {"round", round},
          {"syntax",
           talk.plan.direction.syntax == ToolSyntax::json ? "json" : "python"},
          {"date", date_text(talk.now)},
          {"tools", std::move(tools)}};
}

// Nine alphanumerics, counted through the conversation.
std::string call_id(int number) {
  char text[16];
  std::snprintf(text, sizeof text, "call%05d", number % 100'000);
  return text;
}

Message message_of(const Talk& talk, const ChatReply& reply,
                   ParsedReply parsed) {
  Message message;
  message.speaker = Speaker::assistant;
  message.content = std::move(parsed.content);
  message.thinking = trimmed(without_markup(reply.thinking));
  if (message.thinking.empty()) message.thinking = std::move(parsed.thinking);
  int number = talk.transcript.tool_calls();
  for (ParsedCall& call : parsed.calls) {
    message.calls.push_back(
        {call_id(++number), std::move(call.name), std::move(call.arguments)});
  }
  message.train = parsed.faults.empty();
  message.repairs = std::move(parsed.repairs);
  return message;
}

ChatRequest request_for(const Talk& talk, int round) {
  ChatRequest request;
  request.role = Role::assistant;
  if (!talk.plan.provider.empty()) request.providers = {talk.plan.provider};
  request.messages = side_of_assistant(talk);
  request.sampling = talk.plan.direction.assistant;
  if (talk.plan.direction.scripted) request.scene = scene_of(talk, round);
  return request;
}

}  // namespace

std::string assistant_system_message(const Talk& talk) {
  Placeholders tools;
  tools["tool_syntax"] =
      explain_syntax(talk.plan.direction.syntax, talk.tools());
  tools["tool_list"] = tool_list(talk.tools());
  Placeholders values;
  values["tools"] = rendered(talk.plan.prompts->tools, tools);
  values["date"] = date_text(talk.now);
  values["weekday"] = weekday_text(talk.now);
  values["clock"] = clock_text(talk.now);
  values["reminders"] = bulletin(talk);
  return rendered(template_of(talk), values);
}

namespace {

// Of the round that was run last, those that were answered with an error.
std::vector<ToolCall> refused_calls(const Transcript& transcript) {
  const auto& messages = transcript.messages;
  size_t caller = messages.size() - 1;
  while (messages[caller].speaker == Speaker::tool) --caller;
  std::vector<ToolCall> refused;
  for (size_t i = caller + 1; i < messages.size(); ++i) {
    if (!messages[i].result.error) continue;
    refused.push_back(messages[caller].calls[i - caller - 1]);
  }
  return refused;
}

bool repeats(const std::vector<ToolCall>& before,
             const std::vector<ToolCall>& now) {
  return std::any_of(now.begin(), now.end(), [&before](const ToolCall& call) {
    return std::any_of(
        before.begin(), before.end(), [&call](const ToolCall& other) {
          return call.name == other.name && call.arguments == other.arguments;
        });
  });
}

}  // namespace

asio::awaitable<void> answer(Talk& talk) {
  std::string untold;  // faults beside good calls: told, never recorded
  std::vector<ToolCall> refused;
  bool stuck = false;
  for (int round = 0; round <= kMostToolRounds; ++round) {
    ChatRequest request = request_for(talk, round);
    if (!untold.empty()) request.messages.back().content += '\n' + untold;
    bool may_call = round < kMostToolRounds && !stuck;
    Check check = [&talk, may_call](const ChatReply& reply) {
      return complaint_about(talk, may_call, reply);
    };
    ChatReply reply = co_await ask(talk, std::move(request), std::move(check));
    ParsedReply parsed = parse_reply(reply.content, talk.tools());
    untold = parsed.faults.empty() ? "" : all_faults(parsed);
    Message message = message_of(talk, reply, std::move(parsed));
    if (message.calls.empty()) {
      talk.transcript.messages.push_back(std::move(message));
      co_return;
    }
    auto work = run_calls(talk, std::move(message));
    co_await std::move(work);
    std::vector<ToolCall> refused_now = refused_calls(talk.transcript);
    if (repeats(refused, refused_now)) {
      stuck = true;
      untold +=
          "The same call was refused twice. Answer the person now, without "
          "another call.";
    }
    refused = std::move(refused_now);
  }
}

}  // namespace simulate
