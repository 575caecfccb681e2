// Endings: why conversations end, whether they end as one does, and why
// attempts failed.
// Tested by tests/report/measures_test.cpp.
#include "simulator/base/text.h"
#include "simulator/report/measures.h"
#include "simulator/report/tallies.h"

namespace simulate {

namespace {

constexpr int64_t kEnough = 100;

class Endings : public Measure {
 public:
  explicit Endings(const Asked& asked)
      : facts_(asked.facts), unfinished_(asked.rules.most_examples) {}

  void add(const Reading& reading) override {
    ++conversations_;
    std::string ending = reading.label("ending");
    if (!ending.empty()) endings_.add(ending);
    replies_ += reading.replies;
    blank_ += reading.blank_replies;
    const Message& last = reading.messages().back();
    bool answered =
        last.speaker == Speaker::assistant && !trimmed(last.content).empty();
    if (answered) return;
    ++without_answer_;
    unfinished_.add(reading.id(), std::string(speaker_name(last.speaker)) +
                                      " is last: " + last.content);
  }

  Section section() override {
    Section section{"endings", "Endings", "Does each talk come to its end?"};
    section.figures = {answered(), blank()};
    if (endings_.total() > 0) section.figures.push_back(why());
    if (facts_ && !facts_->failures.empty()) {
      section.figures.push_back(failures());
    }
    return section;
  }

 private:
  Figure answered() const {
    Figure figure =
        share_figure("unanswered", "Conversations that end without an answer",
                     without_answer_, conversations_);
    figure.good = "none is good: the last word is the assistant's";
    if (figure.value) {
      figure.verdict = small_is_good(*figure.value, 0, 0.01);
      figure.finding = figure_text(*figure.value, Unit::share) +
                       " of the conversations end without an answer";
    }
    figure.examples = unfinished_.all();
    return figure;
  }

  Figure blank() const {
    Figure figure =
        share_figure("blank_replies", "Replies with neither words nor calls",
                     blank_, replies_);
    figure.good = "none is good: silence is learnt, too";
    if (figure.value) {
      figure.verdict = small_is_good(*figure.value, 0, 0.005);
      figure.finding =
          figure_text(*figure.value, Unit::share) + " of the replies are blank";
    }
    return figure;
  }

  Figure why() const {
    Figure figure;
    figure.key = "why";
    figure.name = "Why conversations ended";
    figure.unit = Unit::share;
    figure.good =
        "a mix is good: a model that is never left cannot say goodbye";
    figure.bars = endings_.bars(8);
    if (endings_.total() < kEnough) return figure;
    double left =
        *ratio(double(endings_.count("tester_left")), double(endings_.total()));
    bool mixed = left >= 0.1 && left <= 0.98;
    figure.verdict = mixed ? FigureVerdict::good : FigureVerdict::look;
    figure.finding = "the tester leaves in " + figure_text(left, Unit::share) +
                     " of the conversations: it is no mix of endings";
    return figure;
  }

  Figure failures() const {
    Figure figure;
    figure.key = "failures";
    figure.name = "Attempts that failed";
    figure.good = "low is good: each was paid for";
    LabelCounts tally;
    for (const auto& [reason, times] : facts_->failures) {
      tally.add(reason, times);
    }
    double share = static_cast<double>(tally.total()) /
                   static_cast<double>(tally.total() + conversations_);
    figure.unit = Unit::share;
    figure.value = share;
    figure.of = "of all attempts";
    for (const auto& [reason, times] : tally.top(10)) {
      figure.bars.push_back(
          {reason, static_cast<double>(times) /
                       static_cast<double>(tally.total() + conversations_)});
    }
    figure.verdict = small_is_good(share, 0.1, 0.3);
    figure.finding = figure_text(share, Unit::share) +
                     " of the attempts failed, most of them of " +
                     tally.top(1).front().first;
    return figure;
  }

  const RunFacts* facts_;
  LabelCounts endings_;
  Quotes unfinished_;
  int64_t conversations_ = 0;
  int64_t without_answer_ = 0;
  int64_t replies_ = 0;
  int64_t blank_ = 0;
};

}  // namespace

std::unique_ptr<Measure> endings_measure(const Asked& asked) {
  return std::make_unique<Endings>(asked);
}

}  // namespace simulate
