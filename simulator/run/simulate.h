// The main job: fill the plan's slots with conversations, many at a time, and
// save each as soon as it is finished.
// Tested by tests/run/virtual_time_test.cpp.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "simulator/conversation/converse.h"
#include "simulator/conversation/evidence.h"
#include "simulator/models/lanes.h"
#include "simulator/models/retried.h"
#include "simulator/run/admission.h"
#include "simulator/run/batch.h"
#include "simulator/run/schedule.h"
#include "simulator/run/status.h"
#include "simulator/store/ledger_reader.h"
#include "simulator/store/store.h"

namespace simulate {

struct SimulationSettings {
  ConversationSettings conversation;
  Patience patience;
  int concurrency = 0;  // 0: what limits and latency can use, at most 256
  uint64_t seed = 1;
  int64_t version = 1;  // of the settings, as the ledger numbers them
  bool failover = false;
  // Ends every request in flight, when nothing can be kept any more.
  std::function<void()> hang_up;
};

// Everybody whom a simulation needs; main introduces them, and they outlive
// it.
struct SimulationParts {
  ChatModel& model;  // answers one try: the lanes, or a decorator of theirs
  Lanes& lanes;
  Timer& timer;
  Toolbox& toolbox;
  Evidence& evidence;
  ToolServers* servers;  // null when no tool is run by a server
  Store& store;
  LedgerReader& reader;
  Status& status;
  const Prompts& prompts;
  const PersonaList& personas;     // of waves that open from now on
  const Rubric* rubric = nullptr;  // what a judge is asked; null: nobody judges
};

class Simulation : private Work<OpenSlot> {
 public:
  Simulation(SimulationSettings settings, SimulationParts parts,
             Schedule schedule);

  // Until the target is reached or nothing more can be done. Throws Fatal.
  asio::awaitable<void> run();

  // No new conversation; those under way are finished.
  void stop() { admission_.stop(); }

  Report report() const;
  bool stopping() const { return admission_.stopping(); }
  // It ends because what --max-calls allows is used up.
  bool budget_reached() const { return admission_.budget_reached(); }
  // Why the run cannot go on although there is work left; empty if it can.
  const std::string& advice() const { return admission_.advice(); }

 private:
  // The batch asks these: how many at once, which next, and to play it.
  int capacity() override { return admission_.capacity(); }
  asio::awaitable<std::optional<OpenSlot>> take() override;
  asio::awaitable<void> perform(OpenSlot slot) override;

  // Draws more of the plan and stores it, before a slot of it is taken.
  asio::awaitable<void> plan_more(int at_once);
  std::vector<Persona> personas_of(const Wave& wave) const;

  // One slot, from its first call or from what is recorded of it, to the
  // store: play() = attempt(), then save() or end_attempt().
  asio::awaitable<void> play(OpenSlot slot);
  asio::awaitable<Conversation> attempt(const OpenSlot& slot,
                                        const std::string& provider);
  Assignment assignment(const OpenSlot& slot, const std::string& provider,
                        AttemptStart start);
  asio::awaitable<void> save(Conversation conversation, std::string provider);
  asio::awaitable<void> end_attempt(OpenSlot slot, AttemptFailure failure,
                                    std::string provider);
  asio::awaitable<void> give_up_or_retry(OpenSlot& slot, AttemptEnded ended);
  void count_failure(const OpenSlot& slot, const AttemptFailure& failure);

  // Beside the batch, until it ends: tells the status how it stands, and the
  // ledger what each lane has done since it was last told.
  asio::awaitable<void> show_progress();
  asio::awaitable<void> tally_lanes();
  LaneStats since_last_tally(const Lane& lane);
  bool bills_are_untold();

  // What it was given.
  SimulationSettings settings_;
  SimulationParts with_;

  // Who decides: which slot is next, and whether, and with whom, it begins.
  Schedule schedule_;
  Admission admission_;

  // Who works: conversations ask a model that is patient with the lanes.
  Retried model_;
  Batch<OpenSlot> batch_;
  bool ended_ = false;  // ends show_progress()

  // What the report counts, of this process.
  Micros started_at_{0};
  Micros full_until_{0};  // the last moment at which something began
  int64_t saved_ = 0;
  Cost cost_;
  int64_t failed_ = 0;
  int64_t abandoned_ = 0;
  int64_t parked_ = 0;
  std::map<std::string, int64_t> conversations_;  // kept, by provider

  // What the ledger knows of the lanes already.
  Micros next_tally_{0};
  LaneStatsByProvider tallied_;
};

}  // namespace simulate
