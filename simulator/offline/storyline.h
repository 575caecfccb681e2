// What the scripted tester has to tell and to ask in a session: a function of
// what stands in its prompt, as a model would read it there.
// Tested by tests/offline/storyline_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/base/json.h"

namespace simulate::offline {

class Storyline {
 public:
  explicit Storyline(const Json& scene);

  // The situation's name, "recall_found"; empty when the prompt has none.
  const std::string& moment() const { return moment_; }

  // What it is about, as the person would say it, and without giving it away:
  // "my cat". Empty when it is about nothing of the past.
  const std::string& about() const { return about_; }
  const std::string& hint() const { return hint_; }

  // What has happened, then facts that no earlier session told as far as the
  // prompt says; the first is the one that is told for certain. In most moments
  // there are none.
  const std::vector<std::string>& facts() const { return facts_; }
  bool is_news(const std::string& fact) const;

 private:
  bool said_before(const std::string& part) const;
  void deal(const Json& scene);
  void read_moment(const Json& scene);

  uint64_t seed_;
  std::string moment_;
  std::string about_;
  std::string hint_;
  std::vector<std::string> said_;  // in earlier sessions, in lower case
  std::vector<std::string> news_;
  std::vector<std::string> facts_;
};

// A number that a prompt has as text.
int count_in(const Json& scene, const char* key, int otherwise);

}  // namespace simulate::offline
