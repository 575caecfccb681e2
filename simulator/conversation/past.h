// What a tester knows of the time before its session: what was said in the
// earlier ones of its storyline, and what has happened in the person's life.
// Pure.
// Tested by tests/conversation/past_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/base/time.h"
#include "simulator/conversation/persona.h"
#include "simulator/conversation/plan.h"
#include "simulator/transcript/transcript.h"

namespace simulate {

// The words of one session, the tester's and the assistant's, in their order.
struct PastSession {
  SimulatedTime starts_at;
  std::vector<Message> spoken;
};

struct Past {
  bool any = false;    // a session was kept
  std::string said;    // past_text() of those that were
  std::string events;  // Slot::events of the newest of them
};

// The newest session first, each with its day and how long ago it was; of what
// does not fit, the end. A person has forgotten the rest.
std::string past_text(const std::vector<PastSession>& newest_first,
                      SimulatedTime now, const std::string& assistant);
constexpr size_t kMostPast = 900;  // bytes: 225 tokens of four

// The person in the session of `slot`, with the facts that are true after its
// events, and one of the sides in turn as a part of the background.
Persona as_of(const Persona& persona, const Slot& slot);

// {{past}}, {{news}}: what has happened since the newest session, and
// {{changes}}: what had happened before that. All with what was true before.
std::string memory_text(const Past& past, int session);
std::string news_text(const Persona& persona, const Slot& slot,
                      const Past& past);
std::string changes_text(const Persona& persona, const Past& past);

}  // namespace simulate
