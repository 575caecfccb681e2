#include "simulator/commands/chosen_dataset.h"

#include <re2/re2.h>

#include <cstdio>
#include <set>

#include "simulator/base/error.h"
#include "simulator/base/screen.h"
#include "simulator/base/text.h"
#include "simulator/commands/chosen_slots.h"
#include "simulator/commands/resume.h"
#include "simulator/commands/row_output.h"
#include "simulator/store/ledger.h"
#include "simulator/store/run_lock.h"

namespace simulate {

namespace {

constexpr size_t kMostNamed = 10;

void refuse_bad_choice(const Settings& settings) {
  bool of_file = !settings.exporting.input.empty();
  if (of_file && !settings.where.empty()) {
    throw BadUsage("--where asks a ledger; with --input there is none");
  }
  if (of_file && settings.to.empty()) {
    throw BadUsage("what stays of " + settings.exporting.input.string() +
                   " goes where? Name a file with --to");
  }
  if (!of_file && !settings.to.empty()) {
    throw BadUsage(
        "of a run the conversations are marked, and export --where leaves them "
        "out; --to is of --input");
  }
  if (of_file) refuse_bad_target(settings.to);
}

int64_t slot_of(const std::string& id) {
  return std::stoll(id.substr(id.find('_') + 1));
}

}  // namespace

ChosenDataset::ChosenDataset(const Settings& settings) : settings_(settings) {
  refuse_bad_choice(settings);
  if (!settings.exporting.input.empty()) {
    file_ = conversations_in(settings.exporting.input);
    return;
  }
  refuse_bad_output(settings);
  reader_ = std::make_unique<LedgerReader>(settings.ledger());
  refuse_another_name(settings, *reader_);
  refuse_empty_run(*reader_, settings);
  ChosenSlots chosen = chosen_slots(*reader_, settings);
  refuse_empty_choice(chosen, settings);
  saved_ = std::make_unique<LedgerSource>(*reader_, std::move(chosen));
  saved_->add_verdicts();
}

std::optional<FinishedConversation> ChosenDataset::next() {
  ConversationSource& source =
      file_ ? static_cast<ConversationSource&>(*file_) : *saved_;
  std::optional<FinishedConversation> talk = source.next();
  if (!talk) return talk;
  if (file_) refuse_sample(talk->id);
  ids_.push_back(talk->id);
  return talk;
}

// Steps of one conversation are alike, and all are wanted.
void ChosenDataset::refuse_sample(const std::string& id) const {
  static const RE2 sample("conv_\\d+/\\d+");
  if (!RE2::FullMatch(id, sample)) return;
  throw BadUsage(settings_.exporting.input.string() +
                 " holds samples, several of a conversation (" + id +
                 "); choose among conversations, before they are exported");
}

void ChosenDataset::finish(const std::string& mark,
                           const std::vector<LeftOut>& bears,
                           const std::vector<LeftOut>& left_out) {
  if (file_) return write_rows(left_out);
  this->mark(mark, bears);
}

void ChosenDataset::mark(const std::string& mark,
                         const std::vector<LeftOut>& bears) {
  auto key_of = [this](const std::string& id) {
    return reader_->attempt_of(reader_->commit_number_of(slot_of(id)));
  };
  MarksGiven marked;
  marked.mark = mark;
  for (const LeftOut& one : bears) {
    marked.notes.push_back({key_of(ids_[one.place]), one.why});
  }
  if (!settings_.where.empty()) {
    marked.among.emplace();
    for (const std::string& id : ids_) marked.among->push_back(key_of(id));
  }
  RunLock lock(settings_.ledger());
  Ledger ledger(settings_.ledger(), reader_->syntax());
  Change change(std::move(marked));
  std::vector<Change*> changes = {&change};
  ledger.apply(changes, /*durable=*/true);
}

void ChosenDataset::write_rows(const std::vector<LeftOut>& left_out) {
  std::set<size_t> out;
  for (const LeftOut& one : left_out) out.insert(one.place);
  RowOutput output(settings_, nullptr);
  file_->begin_again();
  for (size_t place = 0; file_->next(); ++place) {
    if (!out.contains(place)) output.add(to_text(file_->row()));
  }
  output.finish();
}

std::unique_ptr<ImportedFile> conversations_in(
    const std::filesystem::path& file) {
  auto source = std::make_unique<ImportedFile>(file);
  if (!source->next()) {
    throw BadUsage(file.string() + " holds no conversation");
  }
  source->begin_again();
  return source;
}

void tell_left_out(const Settings& settings,
                   const std::vector<std::string>& ids,
                   const std::vector<LeftOut>& left_out) {
  if (settings.json) {
    for (const LeftOut& one : left_out) {
      Json row = {{"id", ids[one.place]}, {"why", one.why}};
      hand_out(stdout, to_text(row) + '\n');
    }
    return;
  }
  for (size_t i = 0; i < std::min(kMostNamed, left_out.size()); ++i) {
    const LeftOut& one = left_out[i];
    say(stdout, one_line("  " + ids[one.place] + ": " + one.why));
  }
  if (left_out.size() <= kMostNamed) return;
  say(stdout, "  and " + std::to_string(left_out.size() - kMostNamed) +
                  " more; --json tells all");
}

}  // namespace simulate
