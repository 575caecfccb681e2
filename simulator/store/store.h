// How changes reach the ledger. Writer is the real store, with a thread of its
// own; InlineStore, which ships beside it, does the same work at once.
// Tested by tests/store/ledger_test.cpp.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "simulator/conversation/converse.h"
#include "simulator/conversation/persona.h"
#include "simulator/conversation/recorded_servers.h"
#include "simulator/models/lanes.h"
#include "simulator/models/recorded.h"
#include "simulator/store/job_rows.h"

namespace simulate {

// A wave was opened, or some more of its slots were drawn.
struct Planned {
  std::optional<Wave> opened;
  std::vector<Persona> personas;  // of an opened wave, in its order
  std::vector<Slot> slots;
};

struct AttemptBegun {
  AttemptKey key;
  int64_t version = 0;
  int64_t storyline = 0;
  std::string provider;
};

// All that an attempt starts from.
struct AttemptStart {
  Persona persona;  // as it was when the wave opened
  ToolState state;  // what the storyline's tools remember before the session
  std::vector<RecordedReply> replies;  // that the attempt has already, in order
  std::vector<RecordedRound> rounds;   // the same
  Past past;
  Moment moment;  // what was drawn, and its otherwise
};

// The attempt came to nothing.
struct AttemptEnded {
  AttemptKey key;
  std::string status;  // failed, parked or outdated
  std::string reason;
  std::string detail;
  bool abandons = false;               // the slot is given up
  std::optional<Slot> replacement;     // and this one takes its place
  std::vector<Finding> findings = {};  // of the guards
};

// Settings or prompts that this run has not used before.
struct VersionBegun {
  int64_t version = 0;
  std::string settings;  // JSON
  std::vector<std::string> texts;
};

// What was learned and counted of each provider since the last tally.
struct Tally {
  LaneStatsByProvider lanes;
};

// The process before this one died: its attempts are parked, and each may have
// had one request in flight.
struct Interrupted {};

// What these versions made is to be made again, and so are the later sessions
// that remember it. The training file has to be rebuilt.
struct Superseded {
  std::vector<int64_t> versions;
};

// Saved conversations are to be made again, and so are the later sessions that
// remember them: those of these slots. With `instead`, one for each, the slots
// are given up and these take their places. The training file has to be
// rebuilt.
struct TakenOut {
  std::vector<int64_t> slots;
  std::vector<Slot> instead;
};

// Slots that were not begun give their places to others; the wave opened last
// is not continued.
struct SlotsReplaced {
  std::vector<int64_t> replaced;
  std::vector<Slot> replacements;
};

// A reply to what was asked for an item of a job, which stands for the slot.
struct ItemReply {
  RecordedReply reply;
};

using Change =
    std::variant<Planned, AttemptBegun, AttemptEnded, VersionBegun, Tally,
                 Interrupted, Superseded, TakenOut, SlotsReplaced,
                 RecordedReply, RecordedRound, Conversation, JobRow, ItemRow,
                 ItemReply, VerdictRow>;

class Store : public ReplyLog, public RoundLog {
 public:
  // Comes back when the change is in the ledger: a conversation synced to the
  // disk and appended to the training file, the rest so that the death of the
  // process cannot lose it. Changes take effect in the order of the calls.
  // Throws Fatal when the ledger can no longer be written; nothing is then.
  virtual asio::awaitable<void> write(Change change) = 0;

  // Writes that the attempt begins, and comes back with what it starts from
  // then. The slot is planned. Throws as write() does.
  virtual asio::awaitable<AttemptStart> begin(AttemptBegun begun) = 0;

  // Bytes that were free a moment ago where the run is kept.
  virtual int64_t free_bytes() const = 0;

  asio::awaitable<void> keep(RecordedReply reply) override {
    Change change(std::move(reply));
    co_await write(std::move(change));
  }

  asio::awaitable<void> keep(RecordedRound round) override {
    Change change(std::move(round));
    co_await write(std::move(change));
  }
};

}  // namespace simulate
