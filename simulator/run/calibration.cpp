#include "simulator/run/calibration.h"

#include <algorithm>

#include "simulator/base/hash.h"
#include "simulator/conversation/planted_defects.h"

namespace simulate {

namespace {

// A message beside the one that is wrong says as much.
bool names_message(const Json& answer, int64_t at) {
  for (const Json& number : answer.value("messages", Json::array())) {
    if (std::abs(number.get<int64_t>() - at) <= 1) return true;
  }
  return false;
}

bool ought_to_catch(const RubricQuestion& question, const std::string& defect) {
  return std::count(question.catches.begin(), question.catches.end(), defect) >
         0;
}

// A conversation as it is, or with a defect in it.
class CalibrationItem : public JobItem {
 public:
  // `key` is the conversation's. Names once had no hash: an item of that time
  // is asked again, since something else may have been planted there, and its
  // answer counts on in known_calibration(), as one about what it was sent.
  CalibrationItem(const Judges& judges, JudgedTalk talk, Transcript transcript,
                  std::string key, std::string defect, size_t at)
      : judges_(judges),
        talk_(std::move(talk)),
        transcript_(std::move(transcript)),
        name_(std::move(key)),
        defect_(std::move(defect)),
        at_(at) {
    talk_.transcript = &transcript_;
    if (!defect_.empty()) name_ += ' ' + defect_;
    name_ += ' ' + short_hash(sent_text(talk_));
  }

  std::string name() const override { return name_; }

  asio::awaitable<ItemOutcome> perform(ChatModel& model) override {
    ChatRequest request = judge_request(*judges_.rubric, talk_);
    std::optional<JudgeVerdict> verdict =
        co_await judge(model, *judges_.rubric, std::move(request),
                       transcript_.messages.size());
    ItemOutcome outcome;
    if (verdict) outcome.result = verdict_json(*verdict);
    outcome.result["defect"] = defect_;
    outcome.result["at"] = at_;
    co_return outcome;
  }

 private:
  const Judges& judges_;
  JudgedTalk talk_;
  Transcript transcript_;
  std::string name_;
  std::string defect_;
  size_t at_;
};

}  // namespace

void CalibrationTally::add(const Rubric& rubric, const Json& result) {
  std::optional<JudgeVerdict> verdict = verdict_from(result);
  if (!verdict) {
    ++unusable;
    return;
  }
  std::string defect = string_at(result, "defect");
  auto at = result.value("at", int64_t{0});
  bool caught = false;
  bool located = false;
  for (const RubricQuestion& question : rubric.questions) {
    AlarmCount& count = by_statement[question.name];
    bool fails = !verdict->holds(question.name);
    if (defect.empty()) {
      ++count.unharmed;
      count.alarms += fails;
    } else if (ought_to_catch(question, defect)) {
      ++count.planted;
      count.caught += fails;
      caught = caught || fails;
      located = located ||
                (fails && names_message(verdict->answers[question.name], at));
    }
  }
  if (defect.empty()) return;
  CaughtCount& count = by_defect[defect];
  ++count.planted;
  count.caught += caught;
  count.located += located;
}

Calibration::Calibration(LedgerReader& reader, Judges judges,
                         int64_t conversations)
    : reader_(reader),
      judges_(std::move(judges)),
      records_(reader.records()),
      most_(std::min(conversations, records_)) {}

std::unique_ptr<JobItem> Calibration::next() {
  while (taken_ < 2 * most_) {
    int64_t commit_no = 1 + (taken_ / 2) * records_ / most_;
    bool harms = taken_++ % 2 == 1;
    if (harms) {
      std::unique_ptr<JobItem> item = planted_into(commit_no);
      if (item) return item;
      continue;
    }
    Conversation saved = reader_.conversation(commit_no);
    JudgedTalk talk = judged_talk(reader_, saved, judges_);
    return std::make_unique<CalibrationItem>(
        judges_, std::move(talk), std::move(saved.transcript),
        std::to_string(saved.slot.number) + "/" + std::to_string(saved.attempt),
        "", 0);
  }
  return nullptr;
}

// The kinds in turn; of one that has no place in a conversation the next.
std::unique_ptr<JobItem> Calibration::planted_into(int64_t commit_no) {
  Conversation saved = reader_.conversation(commit_no);
  JudgedTalk talk = judged_talk(reader_, saved, judges_);
  // Whoever comes half a run later is mostly somebody else.
  int64_t half = 1 + (commit_no - 1 + records_ / 2) % records_;
  Transcript other = reader_.conversation(half).transcript;
  std::string key =
      std::to_string(saved.slot.number) + "/" + std::to_string(saved.attempt);
  Random random(seed_for(saved.slot.seed, "defect"));
  const std::vector<PlantedDefect>& kinds = all_defects();
  for (size_t tried = 0; tried < kinds.size(); ++tried) {
    const PlantedDefect& kind = kinds[kind_++ % kinds.size()];
    std::optional<size_t> at = kind.plant(saved.transcript, other, random);
    if (!at) continue;
    return std::make_unique<CalibrationItem>(judges_, std::move(talk),
                                             std::move(saved.transcript), key,
                                             kind.name, *at);
  }
  return nullptr;
}

std::vector<Change> Calibration::done(const ItemRow& item) {
  tally_.add(*judges_.rubric, item.result);
  return {};
}

std::optional<CalibrationTally> known_calibration(LedgerReader& reader,
                                                  const Judges& judges) {
  CalibrationTally tally;
  for_each_item_done(
      reader, Calibration::kKind, judges.settings(),
      [&](const ItemRow& item) { tally.add(*judges.rubric, item.result); });
  if (tally.by_statement.empty()) return std::nullopt;
  return tally;
}

}  // namespace simulate
