// A run once more from its ledger alone: every attempt is played from its own
// recorded replies, with the prompts and settings of its version, without a
// network, a key or a clock. What comes out must be what is kept; where parser,
// validation or export have changed since, replay says what would differ.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "simulator/conversation/converse.h"
#include "simulator/conversation/evidence.h"
#include "simulator/settings/settings.h"
#include "simulator/store/ledger_reader.h"

namespace simulate {

struct ReplayCounts {
  int64_t conversations = 0;
  int64_t other_attempts = 0;   // failed, or not finished
  int64_t of_old_settings = 0;  // outdated or superseded: not played
  // Made by a program of another conduct: conversations are rendered from their
  // transcripts, other attempts are left out.
  int64_t of_older_conduct = 0;
  int64_t different = 0;
};

class Replay {
 public:
  // `emit` gets each record, in commit order; `differs` a sentence for each
  // attempt that came out in another way.
  using Emit = std::function<void(const std::string& record)>;
  using Differs = std::function<void(const std::string& what)>;

  // `shipped` are the tools of ledgers that did not yet keep theirs.
  Replay(LedgerReader& reader, std::vector<ToolGroup> shipped, Emit emit,
         Differs differs);

  ReplayCounts run();

 private:
  // What does not change within a version of the settings.
  struct VersionInputs {
    Prompts prompts;
    std::optional<Rubric> rubric;
    ConversationSettings settings;
    int conduct = 0;
    std::unique_ptr<Toolbox> toolbox;
    std::unique_ptr<Evidence> evidence;
  };
  struct PlayedAttempt;

  void unless_damaged(const std::string& name,
                      const std::function<void()>& work);
  void replay_kept(int64_t commit_no);
  void replay_other(const AttemptRow& attempt);
  void render_kept(int64_t commit_no, const Conversation& kept);
  bool is_record_of(int64_t commit_no, const Conversation& kept,
                    const std::string& record);
  void compare(int64_t commit_no, const Conversation& kept,
               PlayedAttempt& outcome);
  void report(AttemptKey key, const std::string& what);
  PlayedAttempt play(AttemptKey key, int64_t version);
  const VersionInputs& inputs(int64_t version);

  LedgerReader& reader_;
  std::vector<ToolGroup> shipped_;
  Emit emit_;
  Differs differs_;
  ReplayCounts counts_;
  std::map<int64_t, std::unique_ptr<VersionInputs>> inputs_;
};

}  // namespace simulate
