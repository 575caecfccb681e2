// A conversation that has all there is: thoughts, words beside calls, two calls
// at once, a call that went wrong, two turns.
#pragma once

#include "simulator/samples/sample.h"

namespace simulate {

inline Message said(Speaker speaker, std::string content,
                    std::string thinking = "") {
  Message message;
  message.speaker = speaker;
  message.content = std::move(content);
  message.thinking = std::move(thinking);
  message.train = speaker == Speaker::assistant;
  return message;
}

inline Message answered(const ToolCall& call, Json body, bool error = false) {
  Message message;
  message.speaker = Speaker::tool;
  message.result = {call.id, call.name, std::move(body), error};
  return message;
}

inline ToolSpec tool_of(const std::string& name, const std::string& argument) {
  ToolSpec tool;
  tool.name = name;
  tool.description = "Does " + name + ".";
  tool.parameters = {{"type", "object"},
                     {"properties", {{argument, {{"type", "string"}}}}},
                     {"required", {argument}}};
  return tool;
}

// Messages: 0 system; 1 asks; 2 calls twice; 3 and 4 results; 5 answers; 6
// asks; 7 calls wrongly; 8 its error; 9 calls again, with words; 10 result; 11
// answers.
inline FinishedConversation told() {
  FinishedConversation talk;
  talk.id = "conv_000007";
  const std::string before =
      "You are Ada.\n\n- Think first, inside <think> and </think>. Be kind.\n"
      "\n";
  const std::string tools = "## Tools\n\nrecall, note";
  ToolCall first{"call00001", "recall", {{"query", "cat"}}};
  ToolCall second{"call00002", "note", {{"text", "asked \"why\""}}};
  ToolCall wrong{"call00003", "note", {{"txt", "Bo"}}};
  ToolCall right{"call00004", "note", {{"text", "Bo"}}};
  auto& messages = talk.transcript.messages;
  messages.push_back(
      said(Speaker::system, before + tools + "\n\nToday is Monday."));
  messages.push_back(said(Speaker::tester, "What is my cat called?"));
  messages.push_back(said(Speaker::assistant, "", "I look it up."));
  messages.back().calls = {first, second};
  messages.push_back(answered(first, {{"found", {"Tom"}}}));
  messages.push_back(answered(second, {{"total", 1}}));
  messages.push_back(said(Speaker::assistant, "Tom.", "Found it."));
  messages.push_back(said(Speaker::tester, "Now he is Bo. Note it."));
  messages.push_back(said(Speaker::assistant, "", "I note it."));
  messages.back().calls = {wrong};
  messages.back().train = false;
  messages.push_back(answered(wrong, {{"error", "there is no txt"}}, true));
  messages.push_back(
      said(Speaker::assistant, "One moment.", "The name was wrong."));
  messages.back().calls = {right};
  messages.push_back(answered(right, {{"total", 2}}));
  messages.push_back(said(Speaker::assistant, "Noted: Bo.", "Done."));
  Offer offer;
  offer.tools = {tool_of("recall", "query"), tool_of("note", "text")};
  offer.text_begin = static_cast<int64_t>(before.size());
  offer.text_size = static_cast<int64_t>(tools.size());
  talk.transcript.offer = offer;
  talk.metadata = {{"persona", "agnes"},           {"language", "en"},
                   {"situation", "fact_changed"},  {"date", "2026-03-02"},
                   {"assistant", "mistral:small"}, {"tester", "mistral:large"}};
  return talk;
}

// One turn without thoughts and calls beside words: nothing is lost of it.
inline FinishedConversation plainly_told() {
  FinishedConversation talk = told();
  auto& messages = talk.transcript.messages;
  messages.resize(6);
  messages[2].calls.pop_back();
  messages.erase(messages.begin() + 4);
  for (Message& message : messages) message.thinking.clear();
  return talk;
}

}  // namespace simulate
