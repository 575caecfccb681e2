#include "simulator/conversation/assistant.h"

#include <algorithm>
#include <cstdio>

#include "simulator/base/text.h"
#include "simulator/calls/reply_parser.h"
#include "simulator/conversation/judgement.h"
#include "simulator/conversation/tool_round.h"
#include "simulator/guards/markup.h"

namespace simulate {

namespace {

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

std::string bulletin(const DialogueState& dialogue) {
  std::vector<std::string> open = dialogue.toolbox.bulletin(
      dialogue.assignment.state, dialogue.withheld_tools);
  return open.empty() ? "None." : "- " + joined(open, "\n- ");
}

const std::string& template_of(const DialogueState& dialogue) {
  const auto& variants = dialogue.assignment.prompts->assistant;
  auto drawn = static_cast<size_t>(dialogue.assignment.slot.assistant_variant);
  return variants[drawn % variants.size()];
}

// What is the same in every conversation comes first, and the hour of the day
// last: providers keep the beginnings of prompts at hand.
std::string teacher_message(const DialogueState& dialogue) {
  Placeholders values = {{"examples", examples_text(dialogue.examples)}};
  const std::string& system = dialogue.transcript.messages.front().content;
  return rendered(dialogue.assignment.prompts->teacher, values) + "\n\n" +
         system;
}

// Index of the tester's message that opened the turn under way.
size_t start_of_turn(const Transcript& transcript) {
  size_t start = 0;
  for (size_t i = 0; i < transcript.messages.size(); ++i) {
    if (transcript.messages[i].speaker == Speaker::tester) start = i;
  }
  return start;
}

// What it thought in the turns before is not shown to it again.
std::vector<Message> side_of_assistant(const DialogueState& dialogue) {
  const auto& messages = dialogue.transcript.messages;
  size_t this_turn = start_of_turn(dialogue.transcript);
  std::vector<Message> view = {{Speaker::system, teacher_message(dialogue)}};
  for (size_t i = 1; i < messages.size(); ++i) {
    const Message& message = messages[i];
    Message& seen = view.emplace_back();
    seen.speaker = message.speaker;
    seen.content = message.content;
    if (i > this_turn) {
      seen.thinking = message.thinking;
      seen.wire = message.wire;
    }
    seen.calls = message.calls;
    seen.result = message.result;
  }
  return view;
}

std::string all_faults(const std::vector<std::string>& faults) {
  return "Part of your reply could not be understood. " + joined(faults, " ");
}

// A reply of the assistant as it was read.
struct Heard {
  ParsedReply parsed;
  std::string thinking;  // native thinking comes before what stands in tags
  Player player;
  std::string wire;  // as of the reply
  Judgement judgement;
};

guards::Said said_in(const Heard& heard, bool may_call) {
  guards::Said said;
  said.words = heard.parsed.content;
  said.thinking = heard.thinking;
  for (const ParsedCall& call : heard.parsed.calls) {
    said.calls.push_back({"", call.name, call.arguments});
  }
  said.may_call = may_call;
  said.faults = heard.parsed.faults;
  return said;
}

Heard heard(const DialogueState& dialogue, const ChatReply& reply,
            bool may_call) {
  Heard result;
  result.parsed = parse_reply(reply.content, dialogue.tools());
  for (ParsedCall& call : result.parsed.calls) {
    // Escaped, they came through.
    change_strings(call.arguments,
                   [](std::string& text) { text = written_text(text); });
  }
  result.thinking = trimmed(guards::without_markup(reply.thinking));
  if (result.thinking.empty()) result.thinking = result.parsed.thinking;
  result.player = reply.player;
  result.wire = reply.wire;
  result.judgement = judgement_of(dialogue, said_in(result, may_call));
  return result;
}

Json scene_of(const DialogueState& dialogue, int round) {
  Json tools = Json::object();  // by name: the arguments of a good call
  for (const ToolSpec& tool : dialogue.tools()) {
    tools[tool.name] = parse_json(tool.example).value_or(Json::object());
  }
  return {
      {"session", dialogue.assignment.slot.session},
      {"turn", dialogue.turn},
      {"turns", dialogue.assignment.slot.turns},
      {"round", round},
      {"syntax", dialogue.assignment.settings.tool_syntax == ToolSyntax::json
                     ? "json"
                     : "python"},
      {"date", date_text(dialogue.now)},
      {"tools", std::move(tools)}};
}

// Nine alphanumerics, counted through the conversation.
std::string call_id(int number) {
  char text[16];
  std::snprintf(text, sizeof text, "call%05d", number % 100'000);
  return text;
}

Message message_of(const DialogueState& dialogue, Heard heard) {
  ParsedReply& parsed = heard.parsed;
  Message message;
  message.speaker = Speaker::assistant;
  message.content = std::move(parsed.content);
  message.thinking = std::move(heard.thinking);
  int number = dialogue.transcript.tool_calls();
  for (ParsedCall& call : parsed.calls) {
    message.calls.push_back(
        {call_id(++number), std::move(call.name), std::move(call.arguments)});
  }
  message.train = parsed.faults.empty() && heard.judgement.blemishes.empty();
  message.repairs = std::move(parsed.repairs);
  message.wire = std::move(heard.wire);
  return message;
}

void note_blemishes(DialogueState& dialogue, const Heard& heard) {
  for (const std::string& guard : heard.judgement.blemishes) {
    dialogue.findings.push_back(
        {Role::assistant, heard.player, guard, /*rejected=*/false});
  }
}

// The world's own words about tools, but for how a call is written and which
// tools there are: that stands in fields.
ToolsInWords tools_in_words(const DialogueState& dialogue, size_t bytes_sent) {
  const Transcript& transcript = dialogue.transcript;
  size_t shift = bytes_sent - transcript.messages.front().content.size();
  ToolsInWords words;
  words.begin = shift + static_cast<size_t>(transcript.offer->text_begin);
  words.size = static_cast<size_t>(transcript.offer->text_size);
  Placeholders values = {
      {"tool_syntax",
       "a tool call of your interface. A call that is written into the text of "
       "a reply is none."},
      {"tool_list", "(those that your interface names, with their arguments)"}};
  words.in_fields = rendered(dialogue.assignment.prompts->tools, values);
  return words;
}

ChatRequest request_for(const DialogueState& dialogue, int round) {
  ChatRequest request;
  request.role = Role::assistant;
  request.messages = side_of_assistant(dialogue);
  request.offer = &*dialogue.transcript.offer;
  if (dialogue.assignment.settings.tool_mode != ToolMode::tags) {
    request.tools_in_words =
        tools_in_words(dialogue, request.messages.front().content.size());
  }
  request.sampling = dialogue.assignment.settings.assistant;
  if (dialogue.assignment.settings.scripted)
    request.scene = scene_of(dialogue, round);
  return request;
}

}  // namespace

void brief_assistant(DialogueState& dialogue) {
  Placeholders tools;
  tools["tool_syntax"] = explain_syntax(
      dialogue.assignment.settings.tool_syntax, dialogue.tools());
  tools["tool_list"] = tool_list(dialogue.tools());
  Placeholders values;
  values["tools"] = rendered(dialogue.assignment.prompts->tools, tools);
  values["date"] = date_text(dialogue.now);
  values["weekday"] = weekday_text(dialogue.now);
  values["clock"] = clock_text(dialogue.now);
  values["reminders"] = bulletin(dialogue);
  // A prompt has {{tools}} once; where it were there again, it is read there.
  const std::string& prompt = template_of(dialogue);
  size_t place = prompt.find("{{tools}}");
  std::string before = rendered(prompt.substr(0, place), values);
  Offer offer{dialogue.tools(), static_cast<int64_t>(before.size()),
              static_cast<int64_t>(values["tools"].size())};
  dialogue.transcript.offer = std::move(offer);
  dialogue.add(
      {Speaker::system, before + rendered(prompt.substr(place), values)});
}

namespace {

std::vector<ToolCall> refused_of(const std::vector<ToolCall>& calls,
                                 const std::vector<ToolResult>& results) {
  std::vector<ToolCall> refused;
  for (size_t i = 0; i < results.size(); ++i) {
    if (results[i].error) refused.push_back(calls[i]);
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

// Of the rounds of one answer, what the next one has to know.
struct Rounds {
  std::vector<ToolCall> refused;  // in the round before
  bool stuck = false;             // the same call was refused twice

  // Of the round whose reply had these faults beside its calls.
  std::string remark_on(const std::vector<std::string>& faults,
                        const std::vector<ToolCall>& calls,
                        const std::vector<ToolResult>& results) {
    std::vector<ToolCall> refused_now = refused_of(calls, results);
    stuck = repeats(refused, refused_now);
    refused = std::move(refused_now);
    std::string text = faults.empty() ? "" : all_faults(faults);
    if (!stuck) return text;
    return text + (text.empty() ? "" : " ") +
           "The same call was refused twice. Answer the person now, without "
           "another call.";
  }
};

}  // namespace

asio::awaitable<void> answer(DialogueState& dialogue) {
  Rounds rounds;
  for (int round = 0; round <= kMostToolRounds; ++round) {
    bool may_call = round < kMostToolRounds && !rounds.stuck;
    Hearing<Heard> hearing;
    hearing.read = [&dialogue, may_call](const ChatReply& reply) {
      return heard(dialogue, reply, may_call);
    };
    hearing.judge = [](const Heard& what) { return what.judgement.rejection; };
    ChatRequest request = request_for(dialogue, round);
    Heard what = co_await ask(dialogue, std::move(request), std::move(hearing));
    std::vector<std::string> faults = what.parsed.faults;
    note_blemishes(dialogue, what);
    Message message = message_of(dialogue, std::move(what));
    if (message.calls.empty()) {
      dialogue.add(std::move(message));
      co_return;
    }
    Remark remark = [&rounds, &faults](const auto& calls, const auto& results) {
      return rounds.remark_on(faults, calls, results);
    };
    auto work = run_calls(dialogue, std::move(message), std::move(remark));
    co_await std::move(work);
  }
}

}  // namespace simulate
