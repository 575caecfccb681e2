// The main job: fill the plan's slots with conversations, many at a time, and
// save each as soon as it is finished.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "simulator/conversation/converse.h"
#include "simulator/models/lanes.h"
#include "simulator/models/retried.h"
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
  ToolServers* servers;  // null when no tool is run by a server
  Store& store;
  LedgerReader& reader;
  Status& status;
  const Prompts& prompts;
  const std::vector<Persona>& personas;  // of waves that open from now on
};

class Simulation : private Work<OpenSlot> {
 public:
  Simulation(SimulationSettings settings, SimulationParts parts,
             Schedule schedule);

  // Until the target is reached or nothing more can be done. Throws Fatal.
  asio::awaitable<void> run();

  // No new conversation; those under way are finished.
  void stop() { stopping_ = true; }

  Report report() const;
  bool stopping() const { return stopping_; }
  // Why the run cannot go on although there is work left; empty if it can.
  const std::string& advice() const { return advice_; }

 private:
  int capacity() override;
  asio::awaitable<std::optional<OpenSlot>> take() override;
  asio::awaitable<void> perform(OpenSlot slot) override;

  asio::awaitable<void> plan_more(int at_once);
  asio::awaitable<void> play(OpenSlot slot);
  asio::awaitable<Conversation> attempt(const OpenSlot& slot,
                                        const std::string& provider);
  asio::awaitable<void> save(Conversation conversation, std::string provider);
  asio::awaitable<void> end_attempt(OpenSlot slot, AttemptFailure failure,
                                    std::string provider);
  asio::awaitable<void> give_up_or_retry(OpenSlot& slot, AttemptEnded ended);
  asio::awaitable<void> show_progress();
  asio::awaitable<void> tally_lanes();
  LaneStats since_last_tally(const Lane& lane);
  bool bills_are_untold();
  void look_at_the_disk();
  std::string provider_for(const Slot& slot);
  const Lane* least_loaded_lane() const;
  const std::vector<std::string>& players_of(Role role) const;
  void look_for_roles_without_players();
  Assignment assignment(const OpenSlot& slot, const std::string& provider,
                        AttemptStart start);
  void count_failure(const OpenSlot& slot, const AttemptFailure& failure);
  bool may_start();

  SimulationSettings settings_;
  SimulationParts with_;
  Schedule schedule_;
  Retried model_;
  Batch<OpenSlot> batch_;
  bool stopping_ = false;
  bool ended_ = false;
  std::string advice_;
  Micros started_at_{0};
  Micros full_until_{0};  // the last moment at which all capacity was taken
  int64_t saved_ = 0;
  int64_t failed_ = 0;
  int64_t abandoned_ = 0;
  int64_t parked_ = 0;
  int failed_in_a_row_ = 0;
  Micros next_tally_{0};
  LaneStatsByProvider tallied_;
  std::map<std::string, int64_t> conversations_;       // kept, by provider
  std::map<std::string, int> active_;                  // under way, by provider
  std::map<int64_t, std::string> storyline_provider_;  // of those under way
};

}  // namespace simulate
