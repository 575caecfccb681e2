// What each slot of a run is to become. Slots come in waves of P personas × S
// sessions, session-major; a slot is drawn from the run's seed and its numbers
// alone, stored, and never changes. Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "simulator/base/time.h"
#include "simulator/conversation/persona_list.h"

namespace simulate {

// One place in the plan, as the ledger keeps it.
struct Slot {
  int64_t number = 0;  // names the conversation: conv_000001 is slot 1
  int64_t place = 0;   // which of the target's places it fills, from 1
  int64_t wave = 0;
  int64_t storyline = 0;
  int session = 1;
  std::string persona;       // name
  std::string persona_text;  // content hash of the persona as it was
  std::string situation;
  std::string topic;
  std::string style;
  std::string mood;
  std::string opening;         // a sentence for the tester
  std::string tool_eagerness;  // how readily the assistant reaches for tools
  std::string
      withheld_tools;  // groups of tools that it is not offered: "diary,watch"
  // What has happened to the person by then: indexes into the events of that
  // text, in the order in which they did; those of the session before come
  // first. "2,0"
  std::string events;
  int turns = 3;
  int tester_variant = 0;
  int assistant_variant = 0;
  uint64_t seed = 0;
  SimulatedTime starts_at;
};

std::string conversation_id(int64_t slot);  // "conv_000001"

struct PlannedPersona {
  std::string name;
  std::string text;  // content hash of its JSON
  std::vector<std::string> topics;
  size_t events = 0;  // how many may happen
};

// Whom a plan draws from; each is made when it is asked for. A value.
struct PersonaSource {
  PersonaSource(std::vector<PlannedPersona> all);  // a list is one
  // `personas` outlive it.
  explicit PersonaSource(const PersonaList& personas);

  size_t size = 0;
  std::function<PlannedPersona(size_t index)> at;
  std::function<std::optional<size_t>(const std::string& name)> find;
};

// Everything that a wave's slots are drawn from. The personas are those of the
// day on which the wave opened.
struct Wave {
  int64_t wave = 1;
  int64_t first_place = 1;
  int64_t first_storyline = 1;
  int sessions = 3;
  int fewest_turns = 2;
  int most_turns = 5;
  int tester_variants = 1;
  int assistant_variants = 1;
  uint64_t seed = 1;
  std::vector<PlannedPersona> personas;
  std::string optional_tools;  // groups that a storyline has or has not
  bool closed = false;         // no more slots are drawn from it

  int64_t places() const {
    return static_cast<int64_t>(personas.size()) * sessions;
  }
  int64_t last_place() const { return first_place + places() - 1; }
};

// `place` lies in the wave; `slot` is the next free number.
Slot draw_slot(const Wave& wave, int64_t place, int64_t slot);

// The slot that takes the place of `given_up`: the same persona in another
// storyline.
Slot draw_replacement(const Wave& wave, const Slot& given_up, int64_t slot,
                      int64_t storyline, int session = 1);

}  // namespace simulate
