// Which slot starts next. It holds only slots that are planned and not yet
// done, so its size follows what is in flight, never the target. No clock, no
// waiting, no files.
// Tested by tests/run/schedule_test.cpp.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "simulator/conversation/plan.h"
#include "simulator/store/ledger_reader.h"

namespace simulate {

// From what new waves are opened.
struct PlanSettings {
  uint64_t seed = 1;
  CountRange sessions{1, 8};
  CountRange turns{1, 12};
  int tester_variants = 1;
  int assistant_variants = 1;
  std::string tools;           // groups, "memory,diary"
  std::string optional_tools;  // of these, those a storyline may lack
};

class Schedule {
 public:
  // When the last wave is closed, the slots that are not planned yet are of a
  // wave of their own. `situations` outlive it.
  Schedule(int64_t target, PlanSettings settings, PersonaSource personas,
           const Situations& situations, PlanSoFar plan);

  // Whether a slot had better begin now than one that is not preferred; an
  // empty function prefers all of them.
  using Preferred = std::function<bool(const Slot&)>;

  // Marks the next slot as under way: a preferred one if there is any. The
  // lowest one first; near the end of the plan, when `at_once` could take what
  // is left soon, those of the storylines with most sessions left, so that the
  // tail is short.
  std::optional<OpenSlot> take(int at_once, const Preferred& preferred = {});

  // Whether take() needs more slots than are planned.
  bool wants_slots(int at_once, const Preferred& preferred = {}) const;

  // The next slots of the plan. Hand them to the ledger, then to add().
  struct Block {
    std::optional<Wave> opened;
    std::vector<Slot> slots;
  };
  Block draw_block(int at_once);
  void add(const std::vector<Slot>& slots);

  // How the slot under way ended.
  void mark_kept(const Slot& slot, const Outcome& outcome);
  void reopen(const OpenSlot& slot);  // the same slot is open for a next try
  // Returns the slot that takes its place, drawn from the wave of `slot`; it
  // is planned already.
  Slot abandon(const Slot& slot, const Wave& wave);
  // The storyline's provider is gone: nothing of it starts in this run, and
  // other places are filled instead.
  void park(const OpenSlot& slot);

  int64_t kept() const { return kept_; }
  int64_t target() const { return target_; }
  const Shares& shares() const { return shares_; }

  // Of the storylines known to it, for tests: slots planned and not done.
  size_t size() const;

 private:
  // The open slots of one storyline, by session.
  struct Line {
    std::map<int, OpenSlot> waiting;
    bool busy = false;
    bool parked = false;
  };

  bool may_start(const Line& line) const;
  bool near_the_end(int at_once) const;
  int sessions_left(const Line& line) const;
  std::optional<int64_t> lowest_storyline(const Preferred& preferred) const;
  std::optional<int64_t> longest_storyline(const Preferred& preferred) const;
  Line& insert(OpenSlot slot);
  void release(const Slot& slot);
  void raise_limit();
  bool needs_wave() const;
  void begin_with_whose_turn_it_is();
  size_t personas_per_wave() const;
  Wave next_wave();
  void count_drawn(const Slot& slot);
  Draw draw() const;

  int64_t target_;
  int64_t limit_;  // no place above it starts
  PlanSettings settings_;
  PersonaSource personas_;
  const Situations& situations_;
  size_t turn_ = 0;  // whose it is, among them
  std::optional<Wave> wave_;
  int64_t planned_slots_;
  int64_t planned_places_;
  int64_t storylines_;
  int64_t kept_;
  int busy_ = 0;
  Shares shares_;
  Storylines storylines_so_far_;      // of the last wave
  std::map<int64_t, Line> lines_;     // by storyline
  std::map<int64_t, int64_t> ready_;  // slot to storyline, may start
};

}  // namespace simulate
