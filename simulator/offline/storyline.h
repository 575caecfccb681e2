// What the scripted tester tells in which session of a storyline: a pure
// function of the scene, so that every session knows what the earlier ones
// told without having seen them.
#pragma once

#include <string>
#include <vector>

#include "simulator/base/json.h"

namespace simulate::offline {

// A fact, and what it is about without giving it away: "my cat"; both may be
// empty.
struct Told {
  std::string fact;
  std::string hint;
};

class Storyline {
 public:
  explicit Storyline(const Json& scene);

  // The facts of this session; the first is the one that is told for certain.
  const std::vector<std::string>& facts() const { return facts_; }
  // A fact of an earlier session to ask about, and one to have forgotten in
  // this one; empty when there is none.
  const Told& quiz() const { return quiz_; }
  const Told& unwanted() const { return unwanted_; }
  bool asks_for_reminder() const { return asks_for_reminder_; }

 private:
  void deal(const Json& persona, const std::string& topic);
  void choose_unwanted();
  void choose_quiz();

  uint64_t seed_;
  int session_;
  std::vector<std::string> facts_;
  std::vector<Told> earlier_;  // the certain fact of each past session
  Told quiz_;
  Told unwanted_;
  bool asks_for_reminder_ = false;
};

}  // namespace simulate::offline
