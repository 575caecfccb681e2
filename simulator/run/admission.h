// What a simulation may begin: how much at once, with which provider, and when
// nothing more. It looks at the lanes, the budget of calls, the disk and the
// failures so far, and starts nothing itself. One Simulation owns it, asks
// before each conversation and says how each one ended.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "simulator/conversation/conversation_settings.h"
#include "simulator/models/lanes.h"
#include "simulator/net/timer.h"
#include "simulator/run/status.h"
#include "simulator/store/ledger_reader.h"
#include "simulator/store/store.h"

namespace simulate {

// Whom it asks; they outlive it.
struct AdmissionParts {
  Lanes& lanes;
  Timer& timer;
  Store& store;
  LedgerReader& reader;
  bool has_servers = false;  // their folders need disk, too
  bool judges = false;       // conversations are judged
};

class Admission {
 public:
  // A lane that does nothing but fail is given up, and what began with it is
  // parked: after the first span when the others can do all that it does and
  // have nothing else left to begin, after the second when they cannot.
  static constexpr Micros kPatienceBesideOthers = Seconds(10 * 60);
  static constexpr Micros kPatienceAlone = Seconds(2 * 3600);

  // `concurrency` 0: what limits and latency can use. With `failover` a
  // storyline leaves a provider that is out, or rests while another works.
  Admission(AdmissionParts parts, Cast cast, int concurrency, bool failover)
      : with_(parts),
        cast_(std::move(cast)),
        concurrency_(concurrency),
        failover_(failover) {}

  // How many conversations may be under way now.
  int capacity() const;
  // Whether another one may begin, once a slot is found for it.
  bool may_begin(int under_way);

  // Whether `slot` had better begin now than others: it does not when its
  // storyline has begun with a lane that backs off and others can work.
  bool prefers(const Slot& slot) const;
  enum class Verdict {
    begin,  // it is under way from now on, until ended()
    wait,   // what is under way needs the calls that are left
    park,   // its provider is not in this run any more
  };
  Verdict judge(const OpenSlot& slot);
  void nothing_was_ready() { is_idle_ = true; }

  // Of a storyline that is under way: its assistant's, by player_text.
  const std::string& provider_of(int64_t storyline) const;
  // Whether what has begun with it can be gone on with in this run.
  bool may_go_on(const std::string& provider) const;
  // Who plays in the conversation of that slot: of a role with shares, one.
  Cast cast_for(const Slot& slot) const;

  void ended(int64_t storyline);
  void was_kept(const OpenSlot& slot);
  // `what` is the reason of a failed attempt, in a sentence.
  void has_failed(const std::string& what);

  // To be called often: gives up lanes that have been silent for too long.
  void look_at_silent_lanes();
  void stop() { stopping_ = true; }

  bool stopping() const { return stopping_; }
  // What is left of the budget of calls would finish no other conversation.
  bool budget_reached() const;
  // Why nothing begins although there is work left; empty while it may, and
  // when it was stopped or the budget is reached.
  const std::string& advice() const { return advice_; }
  // What it knows of the lane: whether it backs off, and who waits for it.
  void describe(const Lane& lane, LaneReport& row) const;

 private:
  // A conversation that has begun.
  struct UnderWay {
    std::string provider;
    double calls = 0;  // that it was expected to need when it began
  };

  bool plays(const Lane& lane, Role role) const;
  bool is_up(const Lane& lane) const;
  bool someone_is_up(Role role, const Lane* but = nullptr) const;
  bool is_replaceable(const Lane& lane) const;
  Micros patience_with(const Lane& lane) const;
  int waiting() const;
  int waiting_for(const Lane& lane) const;
  const Lane* lane_of(const std::string& provider) const;
  bool is_gone(const std::string& provider) const;
  Players players_left(Role role) const;
  bool stays(const std::string& provider) const;
  std::string provider_for(const Slot& slot) const;
  void note_given(const Slot& slot, const std::string& provider);
  const Lane* least_loaded_lane() const;
  void look_for_roles_without_players();
  void look_at_the_disk(int under_way);
  double expected_calls(const Slot& slot) const;
  double calls_to_come(const OpenSlot& slot) const;
  bool can_afford(double calls) const;

  AdmissionParts with_;
  Cast cast_;
  int concurrency_;
  bool failover_;
  // Sessions of storylines, by whom they were given to.
  std::map<std::string, int64_t> given_;
  bool knows_given_ = false;

  // The verdict on the run as a whole.
  bool stopping_ = false;
  bool is_idle_ = false;  // nothing but what waits for a lane could begin
  bool short_of_calls_ = false;  // since a conversation was last begun
  std::string advice_;
  int failures_in_a_row_ = 0;

  // Who is under way, by storyline, and with whom.
  std::map<int64_t, UnderWay> under_way_;
  std::map<std::string, int> active_;  // conversations, by lane

  // What conversations have needed, against what was expected of them.
  bool has_begun_ = false;
  double calls_expected_ = 0;
  double calls_needed_ = 0;
};

}  // namespace simulate
