// The ledger: the SQLite file that is the truth about a run, and every write
// to it. Used by one thread at a time; LedgerReader reads beside it.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <string>
#include <vector>

#include "simulator/store/ledger_reader.h"
#include "simulator/store/statements.h"
#include "simulator/store/store.h"

namespace simulate {

class Ledger {
 public:
  // Opens or creates, and brings an older one up to date; an empty path is a
  // database in memory. Throws BadUsage for a file that is no ledger or is of
  // a newer version.
  Ledger(const std::filesystem::path& path, ToolSyntax syntax);

  SQLite::Database& database() { return database_; }

  // After a failed write or sync: the connection leaves the file as it is,
  // closing it included.
  void give_up();

  // All of `changes` or none. With `durable` the commit is synced. Returns
  // the records of the conversations among them, in commit order. Throws
  // Fatal.
  std::vector<std::string> apply(std::vector<Change*>& changes, bool durable);

  // What an attempt that has begun starts from. Throws Fatal.
  AttemptStart start_of(AttemptKey key) { return reader_.start_of(key); }

 private:
  void set_up();
  void make_durable(bool durable);
  void roll_back();
  void add_to_counter(const char* name, int64_t amount);
  void put_slot(const Slot& slot);
  // Some of them in storylines that nobody has numbered yet.
  void put_slots_of_new_storylines(const std::vector<Slot>& slots);
  void add_usage(AttemptKey key);
  void add_costs(const Conversation& kept);
  void add_findings(const std::vector<Finding>& findings);
  void put_wave(const Wave& wave);

  void put(const Planned& change);
  void put(const AttemptBegun& change);
  void put(const AttemptEnded& change);
  void put(const VersionBegun& change);
  void put(const Tally& change);
  void put(const Interrupted& change);
  void put(const Superseded& change);
  void put(const TakenOut& change);
  void put(const SlotsReplaced& change);
  void put(const RecordedReply& change);
  void put(const RecordedRound& change);
  void put(const Conversation& change);
  void put(const JobRow& change);
  void put(const ItemRow& change);
  void put(const ItemReply& change);
  void put(const VerdictRow& change);

  SQLite::Database database_;
  ToolSyntax syntax_;
  bool durable_ = true;
  Statements statements_;
  LedgerReader reader_;               // through the same connection
  std::vector<std::string> records_;  // of the transaction under way
};

}  // namespace simulate
