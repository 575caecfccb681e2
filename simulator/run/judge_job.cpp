#include "simulator/run/judge_job.h"

#include <re2/re2.h>

#include <algorithm>

#include "simulator/base/hash.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr int kForm = 1;  // goes up when judges are asked in another way

std::string name_of(AttemptKey key) {
  return std::to_string(key.slot) + "/" + std::to_string(key.attempt);
}

// Reads it back.
std::optional<AttemptKey> key_of(const std::string& name) {
  static const RE2 pattern("(\\d+)/(\\d+)");
  AttemptKey key;
  if (!RE2::FullMatch(name, pattern, &key.slot, &key.attempt)) {
    return std::nullopt;
  }
  return key;
}

asio::awaitable<ItemOutcome> outcome_of(ChatModel& model, const Rubric& rubric,
                                        ChatRequest request, size_t messages) {
  std::optional<JudgeVerdict> verdict =
      co_await judge(model, rubric, std::move(request), messages);
  ItemOutcome outcome;
  if (verdict) outcome.result = verdict_json(*verdict);
  co_return outcome;
}

// A saved conversation, which is read when its turn has come.
class SavedItem : public JobItem {
 public:
  SavedItem(LedgerReader& reader, const Judges& judges, AttemptKey key,
            int64_t commit_no)
      : reader_(reader), judges_(judges), key_(key), commit_no_(commit_no) {}

  std::string name() const override { return name_of(key_); }

  asio::awaitable<ItemOutcome> perform(ChatModel& model) override {
    Conversation saved = reader_.conversation(commit_no_);
    JudgedTalk talk = judged_talk(reader_, saved, judges_);
    ChatRequest request = judge_request(*judges_.rubric, talk);
    ItemOutcome outcome =
        co_await outcome_of(model, *judges_.rubric, std::move(request),
                            saved.transcript.messages.size());
    std::optional<JudgeVerdict> verdict = verdict_from(outcome.result);
    if (verdict) outcome.changes.push_back(VerdictRow{key_, *verdict});
    co_return outcome;
  }

 private:
  LedgerReader& reader_;
  const Judges& judges_;
  AttemptKey key_;
  int64_t commit_no_;
};

// One that somebody has in a file.
class ReadItem : public JobItem {
 public:
  // Named after all that the judge is sent of it. Where there is a situation,
  // names once left it out: such a row is asked about again, and the old item
  // is ignored.
  ReadItem(const Judges& judges, FinishedConversation read, int64_t place)
      : judges_(judges), transcript_(std::move(read.transcript)) {
    Situation situation;
    situation.name = string_at(read.metadata, "situation");
    talk_.situation =
        situation_text(situation, string_at(read.metadata, "about"));
    talk_.scripted = judges.scripted;
    talk_.transcript = &transcript_;
    name_ = std::to_string(place) + " " + short_hash(sent_text(talk_));
  }

  std::string name() const override { return name_; }

  asio::awaitable<ItemOutcome> perform(ChatModel& model) override {
    ChatRequest request = judge_request(*judges_.rubric, talk_);
    ItemOutcome outcome =
        co_await outcome_of(model, *judges_.rubric, std::move(request),
                            transcript_.messages.size());
    co_return outcome;
  }

 private:
  const Judges& judges_;
  Transcript transcript_;
  JudgedTalk talk_;
  std::string name_;
};

void add_result(VerdictTally& tally, const Json& result) {
  std::optional<JudgeVerdict> verdict = verdict_from(result);
  if (verdict) {
    tally.add(*verdict);
  } else {
    ++tally.unusable;
  }
}

}  // namespace

Json Judges::settings() const {
  return {{"form", kForm}, {"rubric", rubric->hash}, {"judges", players}};
}

void VerdictTally::add(const JudgeVerdict& verdict) {
  ++judged;
  good += verdict.good;
  const Json truths = verdict.flat();
  for (const auto& [name, holds] : truths.items()) {
    broken[name] += !holds.get<bool>();
  }
}

VerdictTally kept_verdicts(LedgerReader& reader, const Rubric& rubric) {
  VerdictTally tally;
  int64_t records = reader.records();
  for (int64_t number = 1; number <= records; ++number) {
    std::optional<JudgeVerdict> verdict =
        reader.verdict(reader.attempt_of(number));
    if (verdict && verdict->rubric == rubric.hash) tally.add(*verdict);
  }
  return tally;
}

std::string tally_text(const VerdictTally& tally, const Rubric& rubric) {
  std::vector<std::string> statements;
  for (const RubricQuestion& question : rubric.questions) {
    auto broken = tally.broken.find(question.name);
    int64_t fails = broken == tally.broken.end() ? 0 : broken->second;
    std::string text = replaced(question.name, "_", " ");
    text += ' ' + std::to_string(tally.judged - fails);
    statements.push_back(std::move(text));
  }
  return std::to_string(tally.good) +
         " good; each statement holds in: " + joined(statements, ", ");
}

Json verdict_json(const JudgeVerdict& verdict) {
  return {{"rubric", verdict.rubric},
          {"judge", player_text(verdict.judge)},
          {"good", verdict.good},
          {"answers", verdict.answers}};
}

std::optional<JudgeVerdict> verdict_from(const Json& result) {
  if (!result.is_object() || !result.contains("answers")) return std::nullopt;
  JudgeVerdict verdict;
  verdict.rubric = string_at(result, "rubric");
  verdict.judge = player_named(string_at(result, "judge"));
  verdict.good = result.value("good", true);
  verdict.answers = result.at("answers");
  return verdict;
}

std::string sent_text(const JudgedTalk& talk) {
  return talk.person + talk.situation + numbered_text(*talk.transcript);
}

JudgedTalk judged_talk(LedgerReader& reader, const Conversation& saved,
                       const Judges& judges) {
  const Situations& among = reader.situations(saved.slot.situations);
  const Situation* played = among.find(saved.outcome().situation);
  Situation unknown;
  unknown.name = saved.outcome().situation;
  return {&saved.transcript,
          person_text(as_of(reader.persona_of(saved.slot), saved.slot)),
          situation_text(played ? *played : unknown, saved.about),
          judges.scripted};
}

JudgedRun::JudgedRun(LedgerReader& reader, Judges judges, ChosenSlots chosen)
    : reader_(reader),
      judges_(std::move(judges)),
      chosen_(std::move(chosen)),
      records_(reader.records()),
      jobs_(reader.jobs(kKind)) {}

std::unique_ptr<JobItem> JudgedRun::next() {
  while (read_ < records_) {
    AttemptKey key = reader_.attempt_of(++read_);
    if (chosen_ && !chosen_->contains(key.slot)) continue;
    if (is_judged(key)) continue;
    return std::make_unique<SavedItem>(reader_, judges_, key, read_);
  }
  return nullptr;
}

bool JudgedRun::is_judged(AttemptKey key) {
  std::optional<JudgeVerdict> verdict = reader_.verdict(key);
  if (!verdict || verdict->rubric != judges_.rubric->hash) return false;
  // Servers may call the model that was asked by another name.
  bool among = std::any_of(judges_.players.begin(), judges_.players.end(),
                           [&](const std::string& player) {
                             return player_named(player).provider ==
                                    verdict->judge.provider;
                           });
  if (!among || is_of_a_job(key)) return false;
  tally_.add(*verdict);
  return true;
}

// Then its item says whether it is of these judges.
bool JudgedRun::is_of_a_job(AttemptKey key) {
  return std::any_of(jobs_.begin(), jobs_.end(), [&](const JobRow& job) {
    std::optional<ItemRow> item = reader_.item(job.job, name_of(key));
    return item && item->status == "done";
  });
}

// Where another rubric's verdict has taken its place since, it comes back.
std::vector<Change> JudgedRun::done(const ItemRow& item) {
  add_result(tally_, item.result);
  std::optional<JudgeVerdict> verdict = verdict_from(item.result);
  std::optional<AttemptKey> key = key_of(item.name);
  if (!verdict || !key) return {};
  std::optional<JudgeVerdict> now = reader_.verdict(*key);
  bool same = now && now->rubric == verdict->rubric &&
              now->judge.provider == verdict->judge.provider &&
              now->judge.model == verdict->judge.model;
  if (same) return {};
  std::vector<Change> changes;
  changes.push_back(VerdictRow{*key, std::move(*verdict)});
  return changes;
}

JudgedSource::JudgedSource(ConversationSource& source, Judges judges)
    : source_(source), judges_(std::move(judges)) {}

std::unique_ptr<JobItem> JudgedSource::next() {
  std::optional<FinishedConversation> talk = source_.next();
  if (!talk) return nullptr;
  return std::make_unique<ReadItem>(judges_, std::move(*talk), ++read_);
}

std::vector<Change> JudgedSource::done(const ItemRow& item) {
  add_result(tally_, item.result);
  return {};
}

}  // namespace simulate
