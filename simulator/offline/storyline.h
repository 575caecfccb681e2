// What the scripted tester tells in a session and asks about the ones before:
// a function of what stands in its prompt, as a model would read it there.
// Tested by tests/offline/storyline_test.cpp.
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

  // What has happened, then facts that no earlier session told as far as the
  // prompt says; the first is the one that is told for certain.
  const std::vector<std::string>& facts() const { return facts_; }
  bool is_news(const std::string& fact) const;
  // A fact of an earlier session to ask about, and one to have forgotten in
  // this one; empty when there is none.
  const Told& quiz() const { return quiz_; }
  const Told& unwanted() const { return unwanted_; }
  bool asks_for_reminder() const { return asks_for_reminder_; }

 private:
  bool said_before(const std::string& part) const;
  bool asked_before(const std::string& hint) const;
  void deal(const Json& scene);
  void choose_from_the_past();

  uint64_t seed_;
  int session_;
  std::vector<std::string> said_;  // in earlier sessions, in lower case
  std::vector<std::string> news_;
  std::vector<std::string> facts_;
  std::vector<Told> earlier_;  // told then, and not asked about by then
  Told quiz_;
  Told unwanted_;
  bool asks_for_reminder_ = false;
};

// A number that a prompt has as text.
int count_in(const Json& scene, const char* key, int otherwise);

}  // namespace simulate::offline
