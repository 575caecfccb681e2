// Guards: what they find in what was kept when they are asked anew, and what
// they found in all that the models wrote.
// Tested by tests/report/measures_test.cpp.
#include "simulator/base/text.h"
#include "simulator/report/measures.h"
#include "simulator/report/tallies.h"

namespace simulate {

namespace {

class Guards : public Measure {
 public:
  explicit Guards(const Asked& asked)
      : facts_(asked.facts), examples_(asked.rules.most_examples) {}

  void add(const Reading& reading) override {
    messages_ +=
        reading.replies + static_cast<int64_t>(reading.questions.size());
    replies_ += reading.replies;
    for (const KeptFault& fault : reading.faults) add_fault(reading, fault);
    if (reading.has("guards")) add_corrected(reading.label("guards"));
    corrections_known_ = corrections_known_ || reading.has("guards");
  }

  Section section() override {
    Section section{"guards", "Guards",
                    "What do the guards say of what was kept, and of what the "
                    "models wrote?"};
    section.figures = {kept_faults(), trained_blemishes()};
    if (facts_ && !facts_->findings.empty()) {
      section.figures.push_back(by_player());
      section.figures.push_back(by_guard_of_run());
    } else if (corrections_known_) {
      section.figures.push_back(by_guard_of_records());
    }
    return section;
  }

 private:
  void add_fault(const Reading& reading, const KeptFault& fault) {
    const Message& message = reading.messages()[fault.position];
    std::string who =
        fault.guard->speaker == Speaker::tester ? "tester" : "assistant";
    if (fault.guard->severity == guards::Severity::correct) {
      faults_.add(who + ": " + fault.guard->name);
      examples_.add(reading.id(),
                    who + ", " + fault.guard->name + ": " + message.content);
    } else if (message.train) {
      blemishes_.add(fault.guard->name);
    }
  }

  // Of replies that were not used: "near_repeat,claims_set".
  void add_corrected(const std::string& guards) {
    for (const std::string& guard : split(guards, ',')) {
      if (!guard.empty()) corrected_.add(guard);
    }
  }

  Figure kept_faults() const {
    Figure figure =
        share_figure("kept_faults", "Faults in messages that were kept",
                     faults_.total(), messages_);
    figure.of =
        "of " + figure_text(double(messages_), Unit::count) + " messages";
    figure.good =
        "low is good: under 1 %; a run's own guards let through what they "
        "do not know";
    if (figure.value) {
      figure.verdict = small_is_good(*figure.value, 0.01, 0.05);
      figure.finding = "guards object to " +
                       figure_text(*figure.value, Unit::share) +
                       " of the messages that were kept";
    }
    for (Bar bar : faults_.bars(12)) {
      bar.value *= *ratio(double(faults_.total()), double(messages_));
      figure.bars.push_back(bar);
    }
    figure.examples = examples_.all();
    return figure;
  }

  Figure trained_blemishes() const {
    Figure figure = share_figure("trained_blemishes",
                                 "Replies to be learnt that are badly put",
                                 blemishes_.total(), replies_);
    figure.good =
        "low is good: under 2 %; a run marks them as not to be learnt";
    if (figure.value) {
      figure.verdict = small_is_good(*figure.value, 0.02, 0.1);
      figure.finding = figure_text(*figure.value, Unit::share) +
                       " of the replies to be learnt have a blemish";
    }
    for (Bar bar : blemishes_.bars(8)) {
      bar.value *= *ratio(double(blemishes_.total()), double(replies_));
      figure.bars.push_back(bar);
    }
    return figure;
  }

  Figure by_player() const {
    std::map<std::string, int64_t> replies;
    for (const Spent& spent : facts_->spent) {
      replies[spent.role + " " + spent.player] += spent.replies;
    }
    std::map<std::string, int64_t> findings;
    for (const GuardFindings& one : facts_->findings) {
      findings[one.role + " " + one.player] += one.replies;
    }
    Figure figure;
    figure.key = "by_player";
    figure.name = "By model, of all attempts";
    figure.good = "low is good: over 10 % costs more than another model would";
    figure.table.of = "model";
    figure.table.columns = {{"replies", "replies", Unit::count},
                            {"findings", "findings", Unit::count},
                            {"share", "share", Unit::share}};
    for (const auto& [player, number] : replies) {
      auto found = static_cast<double>(findings[player]);
      auto share = ratio(found, static_cast<double>(number));
      FigureVerdict verdict = number < 50 || !share
                                  ? FigureVerdict::none
                                  : small_is_good(*share, 0.1, 0.3);
      figure.table.rows.push_back(
          {player, {static_cast<double>(number), found, share}, verdict});
      if (verdict > figure.verdict) {
        figure.verdict = verdict;
        figure.finding = "guards object to " +
                         figure_text(*share, Unit::share) + " of what " +
                         player + " wrote";
      }
    }
    return figure;
  }

  Figure by_guard_of_run() const {
    LabelCounts tally;
    for (const GuardFindings& one : facts_->findings) {
      tally.add(one.role + " " + one.guard, one.replies);
    }
    return found_by("by_guard", "By guard, of all attempts", tally);
  }

  Figure by_guard_of_records() const {
    return found_by("by_guard", "Replies that were asked for again, by guard",
                    corrected_);
  }

  static Figure found_by(const char* key, const char* name,
                         const LabelCounts& tally) {
    Figure figure;
    figure.key = key;
    figure.name = name;
    figure.unit = Unit::count;
    figure.value = static_cast<double>(tally.total());
    for (const auto& [guard, times] : tally.top(12)) {
      figure.bars.push_back({guard, static_cast<double>(times)});
    }
    return figure;
  }

  const RunFacts* facts_;
  int64_t messages_ = 0;
  int64_t replies_ = 0;
  LabelCounts faults_;     // of those that are kept, to be corrected
  LabelCounts blemishes_;  // to be learnt, though badly put
  LabelCounts corrected_;  // replies that were not used, by the records
  bool corrections_known_ = false;
  Quotes examples_;
};

}  // namespace

std::unique_ptr<Measure> guards_measure(const Asked& asked) {
  return std::make_unique<Guards>(asked);
}

}  // namespace simulate
