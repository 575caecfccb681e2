#include "simulator/run/ledger_source.h"

#include "simulator/conversation/metadata.h"
#include "simulator/run/rejected_replies.h"

namespace simulate {

namespace {

std::string licence_of(const Persona& persona) {
  if (persona.licence.empty()) return "";
  return persona.licence +
         (persona.source.empty() ? "" : ", of " + persona.source);
}

}  // namespace

LedgerSource::LedgerSource(LedgerReader& reader, ChosenSlots chosen)
    : reader_(reader),
      chosen_(std::move(chosen)),
      syntax_(reader.syntax()),
      records_(reader.records()) {}

void LedgerSource::begin_again() {
  read_ = 0;
  if (other_) other_->begin_again();
}

std::optional<FinishedConversation> LedgerSource::next() {
  while (read_ < records_) {
    ++read_;
    if (chosen_ && !chosen_->contains(reader_.attempt_of(read_).slot)) continue;
    Conversation saved = reader_.conversation(read_);
    FinishedConversation result;
    result.id = conversation_id(saved.slot.number);
    result.metadata = metadata_of(saved);
    result.syntax = syntax_;
    result.licence = licence_of(reader_.persona_of(saved.slot));
    if (adds_rejected_) {
      result.rejected = rejected_replies(
          saved, reader_.replies({saved.slot.number, saved.attempt}));
    }
    if (other_) {
      if (auto answer = other_->to(saved)) result.rejected = {*answer};
    }
    if (adds_verdicts_) {
      result.verdict = reader_.verdict({saved.slot.number, saved.attempt});
    }
    result.transcript = std::move(saved.transcript);
    return result;
  }
  return std::nullopt;
}

}  // namespace simulate
