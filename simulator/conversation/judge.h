// The judge reads a finished conversation, with its tool results, once, and
// says which statements of a rubric hold. One that does not answer as asked
// gives no verdict, and changes nothing.
// Tested by tests/conversation/judge_test.cpp.
#pragma once

#include <optional>
#include <string>

#include "simulator/conversation/persona.h"
#include "simulator/conversation/rubric.h"
#include "simulator/conversation/situation.h"
#include "simulator/models/chat.h"
#include "simulator/transcript/transcript.h"

namespace simulate {

struct JudgeVerdict {
  std::string rubric;  // its hash
  Player judge;
  // By question, in the rubric's order: {"natural": {"holds": false,
  // "messages": [4]}}. Numbers are positions in the transcript.
  Json answers = Json::object();
  bool good = true;

  bool holds(const std::string& question) const;  // true where it was not asked
  Json flat() const;                              // {"natural": false}
  std::string fault() const;  // "natural (message 4)"; empty when all hold
};

// What it is shown.
struct JudgedTalk {
  const Transcript* transcript = nullptr;
  std::string person = {};     // who it is; may be empty
  std::string situation = {};  // and what ought to be done; may be empty
  bool scripted = false;       // the offline model judges
};

// Of whoever the conversation is with, as they were then.
std::string person_text(const Persona& persona);
std::string situation_text(const Situation& situation,
                           const std::string& about);

// With numbers, without what the system message says of tools.
std::string numbered_text(const Transcript& transcript);

ChatRequest judge_request(const Rubric& rubric, const JudgedTalk& talk);

// `messages`: how many the transcript has. Nothing when a question is not
// answered.
std::optional<JudgeVerdict> read_verdict(const Rubric& rubric,
                                         const ChatReply& reply,
                                         size_t messages);

// Asks, and once more. `rubric` and `model` outlive the wait. Throws NoReply,
// and what the model throws.
asio::awaitable<std::optional<JudgeVerdict>> judge(ChatModel& model,
                                                   const Rubric& rubric,
                                                   ChatRequest request,
                                                   size_t messages);

}  // namespace simulate
