// What the scripted assistant makes of a person's message: what it states, what
// it is about, what is wished for. Pure.
#pragma once

#include <string>
#include <vector>

#include "simulator/base/json.h"

namespace simulate::offline {

struct Wishes {
  bool quiz = false;      // what do you remember about ...
  bool insists = false;   // I told you
  bool forget = false;    // forget what I said about ...
  bool reminder = false;  // remind me ...
  bool done = false;      // the reminder asked about is done
  bool not_done = false;  // it is not
  bool opinion = false;   // what do you think
  bool goodbye = false;
  bool hurry = false;                 // the hour matters
  std::vector<std::string> shopping;  // to be put on the list
  std::string errand;                 // a tool to be tried out
  // What is kept is taken for granted; is not so any more; is to be made more
  // exact. Of which subject, and what is to be said of it from now on.
  bool leans = false;
  bool changed = false;
  bool exact = false;
  std::string subject;
  std::string detail;
};

// `before`: the words of the assistant's that are answered. `tools`: those that
// are offered, by name.
Wishes wishes_in(const std::string& said, const std::string& before,
                 const Json& tools);

// The sentences that state something about the person, as they were said.
std::vector<std::string> facts_in(const std::string& said);

// The first thing that the message is said to be about; may be empty.
std::string topic_in(const std::string& said);

// What a question about the past is about; "that" when it does not say.
std::string subject_in(const std::string& said);

}  // namespace simulate::offline
