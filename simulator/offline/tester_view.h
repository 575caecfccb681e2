// What the scripted tester can know when it is asked: what it has said, what
// Ada answered, what is still to be told. Read from the request and nothing
// else. A value; the request outlives it.
// Tested by tests/offline/tester_script_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/models/text_messages.h"
#include "simulator/offline/storyline.h"

namespace simulate::offline {

struct TesterView {
  TesterView(const ChatRequest& request, const std::vector<TextMessage>& texts);

  bool has_said(const std::string& part) const;  // in whatever case
  bool told(const std::string& fact) const;
  // The fact that this session must tell is still to be told.
  bool certain_fact_waits() const;
  // An answer that waits to be told has to do with Ada's question.
  bool fact_fits_question() const;
  bool is_on_topic() const;  // the next fact to be told

  // What is asked about the past. `message` asks what Ada still knows; the last
  // message but one did; Ada's answer was right.
  bool is_quiz(const std::string& message) const;
  bool was_pushing() const;
  bool was_right() const;

  bool asked_opinion() const;
  bool offers(const std::string& tool) const;  // "check watch"
  // Tools that no part of the script knows how to ask for.
  std::vector<std::string> strange_tools() const;

  std::string cased(const std::string& text) const;  // as this person writes

  // A number that stays the same from the first message to the last.
  uint64_t stage() const;

  const Json& scene;
  Storyline story;
  std::vector<std::string> said;
  std::string heard;     // Ada's last answer
  std::string question;  // the last one in it
  std::string name, speaking, topic, style;
  std::vector<std::string> pending;  // facts of this session, not yet told
  int session, turn, turns;
  bool brief;  // this person, or today's style, has few words
};

}  // namespace simulate::offline
