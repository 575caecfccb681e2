// Rows of what a guard finds and of what looks like it, shared by the tests of
// the guards and the one that every guard has both.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "simulator/guards/guard.h"

namespace simulate::guards {

struct Row {
  const char* guard;
  bool caught;
  const char* language;
  std::vector<Message> before;
  Said said;
  int turns = 8;
};

std::vector<Row> tester_rows();
std::vector<Row> assistant_rows();

inline Message person(const char* words) { return {Speaker::tester, words}; }
inline Message ada(const char* words) { return {Speaker::assistant, words}; }

// A result, as JSON; one of an error when it has that key.
inline Message result(const char* tool, const char* body) {
  Message message;
  message.speaker = Speaker::tool;
  message.result.name = tool;
  message.result.body = *parse_json(body);
  message.result.error = message.result.body.contains("error");
  return message;
}

inline Said says(const char* words, const char* thinking = "Hm.") {
  Said said;
  said.words = words;
  said.thinking = thinking;
  return said;
}

inline Said leaves(const char* words) {
  Said said = says(words);
  said.leaves = true;
  return said;
}

inline Said calls(const char* tool, const char* arguments,
                  const char* words = "") {
  Said said = says(words);
  said.calls.push_back({"", tool, *parse_json(arguments)});
  return said;
}

// Whether the row's guard is among those that find something.
inline bool is_caught(const Row& row, Speaker speaker) {
  Transcript before;
  before.messages = row.before;
  before.offer = Offer{{{"add_memory", "", "", {}}, {"search", "", "", {}}}};
  Said said = row.said;
  said.speaker = speaker;
  Scene scene{before, row.language, "Rolf Huber"};
  scene.turn = before.turns() + (speaker == Speaker::tester ? 1 : 0);
  scene.turns = row.turns;
  scene.leaks = [](const std::string& text) {
    return text.find("secret") != text.npos;
  };
  for (const Guard* guard : found(said, scene)) {
    if (std::string(guard->name) == row.guard) return true;
  }
  return false;
}

}  // namespace simulate::guards
