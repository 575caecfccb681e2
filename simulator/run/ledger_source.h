// The saved conversations of a ledger, in the order in which they were saved.
// Tested by tests/program/export_test.cpp.
#pragma once

#include <set>

#include "simulator/run/other_answers.h"
#include "simulator/samples/source.h"
#include "simulator/store/ledger_reader.h"

namespace simulate {

// Whose conversations are meant; nothing: all.
using ChosenSlots = std::optional<std::set<int64_t>>;

class LedgerSource : public ConversationSource {
 public:
  explicit LedgerSource(LedgerReader& reader,
                        ChosenSlots chosen = std::nullopt);

  // From then on, what the assistant said before it was asked again is there.
  void add_rejected() { adds_rejected_ = true; }

  // The same of what another run's answered; `other` outlives this.
  void add_rejected_of(OtherAnswers& other) { other_ = &other; }

  // The same of verdicts.
  void add_verdicts() { adds_verdicts_ = true; }

  std::optional<FinishedConversation> next() override;
  void begin_again() override;

 private:
  LedgerReader& reader_;
  ChosenSlots chosen_;
  ToolSyntax syntax_;
  int64_t records_;
  int64_t read_ = 0;
  bool adds_rejected_ = false;
  OtherAnswers* other_ = nullptr;
  bool adds_verdicts_ = false;
};

}  // namespace simulate
