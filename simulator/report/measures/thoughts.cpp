// Thoughts: whether there are any, and how clean they are before and after the
// rewriter.
// Tested by tests/report/measures_test.cpp.
#include "simulator/guards/thought_faults.h"
#include "simulator/metrics/measured_words.h"
#include "simulator/report/measures.h"
#include "simulator/report/tallies.h"

namespace simulate {

namespace {

// Thoughts as they were at some time.
struct State {
  int64_t faulty = 0;  // speaks of the user, of rules, of roles
  int64_t clean = 0;   // and has no filler either
  Distribution words;
};

class Thoughts : public Measure {
 public:
  explicit Thoughts(const Asked& asked)
      : name_(asked.rules.assistant_name),
        examples_(asked.rules.most_examples) {}

  void add(const Reading& reading) override {
    for (const Message& message : reading.messages()) {
      if (message.speaker != Speaker::assistant) continue;
      if (message.train) ++trained_;
      if (message.thinking.empty()) continue;
      ++thoughts_;
      if (message.train) ++trained_thoughts_;
      add_thought(reading, message);
    }
    refused_ +=
        static_cast<int64_t>(reading.number("thoughts_refused").value_or(0));
    rewritten_ +=
        static_cast<int64_t>(reading.number("thoughts_rewritten").value_or(0));
  }

  Section section() override {
    Section section{"thoughts", "Thoughts",
                    "Does it think before it speaks, as itself?"};
    if (thoughts_ == 0) return section;
    section.figures = {there(), faulty(), states()};
    if (rewritten_ + refused_ > 0) section.figures.push_back(rewriting());
    return section;
  }

 private:
  void add_thought(const Reading& reading, const Message& message) {
    guards::Thinker thinker{reading.language, name_};
    const std::string& before = message.original_thinking.empty()
                                    ? message.thinking
                                    : message.original_thinking;
    judge(before, thinker, before_);
    has_originals_ = has_originals_ || !message.original_thinking.empty();
    std::string fault = judge(message.thinking, thinker, after_);
    if (!fault.empty()) {
      examples_.add(reading.id(), fault + ": " + message.thinking);
    }
  }

  static std::string judge(const std::string& thought,
                           const guards::Thinker& thinker, State& state) {
    std::string fault = guards::thought_fault(thought, thinker);
    if (!fault.empty()) ++state.faulty;
    if (guards::is_clean(thought, thinker)) ++state.clean;
    state.words.add(static_cast<int64_t>(measured_words(thought).size()));
    return fault;
  }

  Figure there() const {
    Figure figure =
        share_figure("present", "Replies to be learnt with a thought",
                     trained_thoughts_, trained_);
    figure.good =
        "near 100 % is good, or none at all: a mix teaches to forget it";
    if (figure.value) {
      figure.verdict = large_is_good(*figure.value, 0.98, 0.9);
      figure.finding = figure_text(1 - *figure.value, Unit::share) +
                       " of the replies to be learnt have no thought";
    }
    return figure;
  }

  Figure faulty() const {
    Figure figure =
        share_figure("faulty", "Thoughts of \"the user\", of rules or prompts",
                     after_.faulty, thoughts_);
    figure.good =
        "low is good: under 0.5 %; a model that learns them repeats them";
    figure.verdict = small_is_good(*figure.value, 0.005, 0.03);
    figure.finding = figure_text(*figure.value, Unit::share) +
                     " of the thoughts speak of the user, of rules or prompts";
    figure.examples = examples_.all();
    return figure;
  }

  Figure states() const {
    Figure figure;
    figure.key = "states";
    figure.name = "Before and after the rewriter";
    figure.good = "clean: neither such talk nor filler; high is good";
    figure.table.of = "thoughts";
    figure.table.columns = {{"faulty", "faulty", Unit::share},
                            {"clean", "clean", Unit::share},
                            {"words", "words each", Unit::number}};
    if (has_originals_) figure.table.rows.push_back(row("before", before_));
    figure.table.rows.push_back(
        row(has_originals_ ? "after" : "as they are", after_));
    return figure;
  }

  Table::Row row(const char* label, const State& state) const {
    auto all = static_cast<double>(thoughts_);
    return {label,
            {ratio(double(state.faulty), all), ratio(double(state.clean), all),
             state.words.mean()}};
  }

  Figure rewriting() const {
    Figure figure = share_figure("refused", "Rewrites that were not taken",
                                 refused_, rewritten_ + refused_);
    figure.of = "of " + figure_text(double(rewritten_ + refused_), Unit::count);
    figure.good =
        "low is good: each was paid for; over 30 % wants another rewriter";
    figure.verdict = small_is_good(*figure.value, 0.3, 0.6);
    figure.finding = figure_text(*figure.value, Unit::share) +
                     " of the rewritten thoughts said something else and were "
                     "not taken";
    return figure;
  }

  std::string name_;
  State before_;
  State after_;
  bool has_originals_ = false;
  int64_t thoughts_ = 0;
  int64_t trained_ = 0;
  int64_t trained_thoughts_ = 0;
  int64_t rewritten_ = 0;
  int64_t refused_ = 0;
  Quotes examples_;
};

}  // namespace

std::unique_ptr<Measure> thoughts_measure(const Asked& asked) {
  return std::make_unique<Thoughts>(asked);
}

}  // namespace simulate
