// What each slot of a run is to become. Slots come in waves of the sessions of
// P personas' storylines, session-major; a slot is drawn from the run's seed,
// its numbers and what has come out so far, stored, and never changes. Pure.
// Tested by tests/conversation/plan_test.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "simulator/base/time.h"
#include "simulator/conversation/count_range.h"
#include "simulator/conversation/persona_list.h"
#include "simulator/conversation/shares.h"
#include "simulator/conversation/situations.h"

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
  std::string situation;     // name
  std::string situations;    // content hash of the text that it is told in
  std::string topic;
  // A value of each axis.
  std::string mood;
  std::string style;
  std::string typing;
  std::string opening;  // a sentence for the tester
  std::string purpose;
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

// "situation" and the axes: what shares are kept of; and where a slot has its
// value of one.
const std::vector<std::string>& shared_axes();
std::string Slot::*axis_member(const std::string& axis);

struct PlannedPersona {
  std::string name;
  std::string text;  // content hash of its JSON
  std::vector<std::string> topics;
  size_t events = 0;  // how many may happen
  size_t facts = 0;
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
  CountRange sessions{3, 3};
  CountRange turns{2, 5};
  int tester_variants = 1;
  int assistant_variants = 1;
  uint64_t seed = 1;
  std::vector<PlannedPersona> personas;
  std::string optional_tools;  // groups that a storyline has or has not
  bool closed = false;         // no more slots are drawn from it
  // How many sessions each persona's storyline has; see draw_lengths().
  std::vector<int> lengths;

  int64_t places() const;
  int64_t last_place() const { return first_place + places() - 1; }
};

// To be called when the rest of the wave is known.
void draw_lengths(Wave& wave);
// Whose turn it is there.
size_t persona_at(const Wave& wave, int64_t place);

// What the slots before it made of a storyline.
struct StorylineSoFar {
  std::vector<std::string> situations;
  std::optional<SimulatedTime> last_start;

  void add(const Slot& slot);
};
using Storylines = std::map<int64_t, StorylineSoFar>;

// What a kept conversation was: the situation that was played, which is another
// one than the slot's when that was not possible, and whether it took place.
struct Outcome {
  std::string situation;
  bool took_place = true;
};

// A slot was drawn; it gave its place to another before it began; its
// conversation was kept; it was given up.
void count_open(Shares& shares, const Slot& slot);
void count_replaced(Shares& shares, const Slot& slot);
void count_kept(Shares& shares, const Slot& slot, const Outcome& outcome);
void count_given_up(Shares& shares, const Slot& slot);
// What was kept is dropped, as if it had never been drawn.
void count_dropped(Shares& shares, const Slot& slot, const Outcome& outcome);

// From what a slot's situation and axes are drawn.
struct Draw {
  const Situations& situations;
  const Shares& shares;
  std::string tools;  // groups that the run offers: "memory,diary"
};

// `place` lies in the wave; `slot` is the next free number.
Slot draw_slot(const Wave& wave, int64_t place, int64_t slot,
               const Storylines& before, const Draw& draw);

// The slot that takes the place of `given_up`: the same persona in another
// storyline, of which `before` is what there is of it.
Slot draw_replacement(const Wave& wave, const Slot& given_up, int64_t slot,
                      int64_t storyline, int session,
                      const StorylineSoFar& before, const Draw& draw);

}  // namespace simulate
