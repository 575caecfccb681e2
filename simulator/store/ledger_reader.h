// What the rest of the program wants to know of a ledger. It reads through a
// connection of its own, beside the one that writes (WAL allows that), and
// sees every change whose write has come back. Its parts: ledger_reader.cpp
// (settings, the plan), reader_attempts.cpp, reader_account.cpp and
// reader_jobs.cpp.
// Tested by tests/store/ledger_test.cpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simulator/conversation/converse.h"
#include "simulator/conversation/cost.h"
#include "simulator/export/training_file.h"
#include "simulator/models/recorded.h"
#include "simulator/settings/settings.h"
#include "simulator/store/statements.h"
#include "simulator/store/store.h"

namespace simulate {

struct TakenBack;

struct Counters {
  int64_t kept = 0;
  int64_t abandoned = 0;
  int64_t record_bytes = 0;
  int64_t planned_slots = 0;   // the highest slot number
  int64_t planned_places = 0;  // the highest place
  int64_t storylines = 0;      // the highest number
  int64_t wave = 0;            // the highest number
  int64_t cut_off = 0;         // requests in flight when a process died
  int64_t rebuild = 0;         // 1: the training file is to be written anew
  int64_t generation = 0;      // goes up when saved conversations are taken out
  Cost cost;                   // of conversations that keep their calls
};

struct OpenSlot {
  Slot slot;
  int attempt = 1;   // next, or to be continued
  int failures = 0;  // attempts used up
};

// What a plan goes on from.
struct PlanSoFar {
  Counters counters = {};
  std::optional<Wave> last_wave = {};
  std::vector<OpenSlot> open = {};
  Shares shares = {};
  Storylines storylines = {};  // of the last wave
};

// One row of attempts.
struct AttemptRow {
  AttemptKey key;
  int64_t version = 0;
  std::string status;
  std::string reason;
};

struct UsageRow {
  Player player;
  std::string role;
  int64_t replies = 0;
  Usage usage;
};

// How often a guard found something in the replies of a player.
struct FindingsRow {
  Player player;
  std::string role;
  std::string guard;
  int64_t replies = 0;
};

struct SettingsVersion {
  int64_t version = 0;
  Settings settings;
};

class LedgerReader : public LedgerView {
 public:
  // While it lives, the reader sees the ledger as it was when it began,
  // whatever is written meanwhile.
  class Snapshot {
   public:
    explicit Snapshot(LedgerReader& reader);
    Snapshot(const Snapshot&) = delete;
    ~Snapshot();

   private:
    LedgerReader& reader_;
  };

  // A ledger of an older version is brought up to date; nothing else is
  // changed. Throws BadUsage when there is none at `path`, or an older one that
  // may not be written, and Fatal when a process has its run.
  explicit LedgerReader(const std::filesystem::path& path);
  // Reads an in-memory ledger through the connection that writes it.
  explicit LedgerReader(SQLite::Database& database);

  Counters counters();
  // Of these three each throws BadUsage when a value is of another type than
  // it can be.
  std::optional<SettingsVersion> latest_settings();
  std::vector<SettingsVersion> versions();
  Settings settings_of(int64_t version);
  int64_t version_of(AttemptKey key);  // 0 when there is no such attempt
  std::optional<Wave> wave(int64_t number);
  std::vector<OpenSlot> open_slots();
  PlanSoFar plan_so_far();
  // Of the text with that hash; what the ledger lacks has none. Stays until the
  // next call.
  const Situations& situations(const std::string& hash);
  // What a slot is drawn from when nothing is known but the ledger.
  const Situations& latest_situations();
  // As they were with these settings; old ones did not keep them, and had those
  // that ship.
  std::vector<ToolGroup> tools_of(const Settings& settings,
                                  const std::vector<ToolGroup>& shipped);
  std::string tools_of_run();                 // groups, "memory,diary"
  std::string text(const std::string& hash);  // empty when there is none
  Persona persona_of(const Slot& slot);
  // Its assistant's, by player_text; empty when not yet given.
  std::string provider_of(int64_t storyline);
  // Slots of storylines that were given to each, those given up apart.
  std::map<std::string, int64_t> slots_by_provider();
  // What the sessions before that one have left.
  ToolState state_before(int64_t storyline, int session);
  // The same of the slot's, and in a storyline of which nothing was kept yet
  // what the person brings along.
  ToolState state_at_start(const Slot& slot);
  std::vector<RecordedReply> replies(AttemptKey key);
  std::vector<RecordedRound> server_rounds(AttemptKey key);
  // What was said in the kept sessions before that one.
  Past past_before(const Slot& slot, const std::string& assistant);
  AttemptStart start_of(AttemptKey key);
  std::vector<std::pair<std::string, int64_t>> failures();  // reason, count
  std::vector<UsageRow> usage();  // of the attempts that ended
  std::vector<FindingsRow> findings();
  LaneStatsByProvider lanes();  // over all processes; backoff: from now
  int64_t unfinished_attempts(const std::string& status);  // running or parked
  std::optional<Slot> slot(int64_t number);
  // In the order of their keys, after `key`.
  std::vector<AttemptRow> attempts_after(AttemptKey key, int most);
  Conversation conversation(int64_t commit_no);
  int64_t commit_number_of(int64_t slot);    // 0 when it has none
  AttemptKey attempt_of(int64_t commit_no);  // whose conversation it is
  int record_version_of(int64_t commit_no);
  // What a redo of what these versions of the settings made would take back.
  TakenBack would_take_back(const std::vector<int64_t>& versions);
  // The same of saved conversations, by their slots.
  TakenBack would_take_out(const std::vector<int64_t>& slots);

  // Of jobs, in reader_jobs.cpp. 0 when there is no such job; the highest
  // number that one has.
  int64_t job_of(const std::string& kind, const std::string& settings);
  int64_t highest_job();
  int64_t highest_item();
  std::optional<ItemRow> item(int64_t job, const std::string& name);
  // In the order in which they were begun, after `item`.
  std::vector<ItemRow> items_after(int64_t job, int64_t item, int most);
  std::vector<RecordedReply> item_replies(int64_t item);
  std::vector<JobRow> jobs(const std::string& kind);  // the latest one first
  std::vector<UsageRow> job_usage();                  // of all jobs
  std::optional<JudgeVerdict> verdict(AttemptKey key);
  Json marks(AttemptKey key);  // {"duplicate": "of conv_000003"}

  // How conversations are rendered: the run's, from its settings.
  ToolSyntax syntax();

  int64_t records() override { return counters().kept; }
  int64_t record_bytes() override { return counters().record_bytes; }
  KnownRecord known_record(int64_t number) override;
  std::string render(int64_t number) override;

 private:
  Query query(std::string_view sql) { return statements_.query(sql); }
  template <class Question>
  TakenBack asked(Question question);
  std::string assistant_of(AttemptKey key);
  std::optional<ToolState> kept_state(int64_t storyline, int session);

  std::unique_ptr<SQLite::Database> own_;
  SQLite::Database& database_;
  Statements statements_;
  std::optional<SettingsVersion> latest_;  // as it was read last
  Situations situations_;                  // the same
};

}  // namespace simulate
