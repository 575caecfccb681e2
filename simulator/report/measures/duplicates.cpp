// Duplicates: conversations, openings and answers that are there already, to
// the letter or nearly.
// Tested by tests/report/measures_test.cpp.
#include <unordered_set>

#include "simulator/base/text.h"
#include "simulator/metrics/measured_words.h"
#include "simulator/metrics/near_duplicates.h"
#include "simulator/metrics/word_runs.h"
#include "simulator/report/measures.h"
#include "simulator/report/tallies.h"

namespace simulate {

namespace {

// Shorter ones are said twice by anybody.
constexpr size_t kFewestWords = 8;
// Answers that are told apart; of more, the first ones are.
constexpr size_t kMostAnswers = 5'000'000;

// Words said together, or first messages, of which some come twice.
class Copies {
 public:
  explicit Copies(const ReportRules& rules)
      : near_(rules.near_duplicate), rules_(rules) {}

  void add(const std::string& id, const std::string& text) {
    near_.add(static_cast<int64_t>(ids_.size()), text);
    ids_.push_back(id);
    beginnings_.push_back(shortened(text, kShown));
  }

  void finish() {
    pairs_ = near_.pairs();
    // What the next measures need for their sections finds room there.
    near_ = NearDuplicates(rules_.near_duplicate);
  }

  int64_t exact() const {
    return std::count_if(pairs_.begin(), pairs_.end(),
                         [](const DuplicatePair& pair) { return pair.exact; });
  }
  int64_t near() const { return static_cast<int64_t>(pairs_.size()) - exact(); }
  int64_t all() const { return static_cast<int64_t>(ids_.size()); }

  std::vector<Quote> examples(bool exact) const {
    Quotes found(rules_.most_examples);
    for (const DuplicatePair& pair : pairs_) {
      if (pair.exact != exact) continue;
      auto first = static_cast<size_t>(pair.first);
      auto second = static_cast<size_t>(pair.second);
      found.add(ids_[second], "like " + ids_[first] + " (" +
                                  figure_text(pair.likeness, Unit::share) +
                                  "): " + beginnings_[second]);
    }
    return found.all();
  }

 private:
  static constexpr size_t kShown = 100;

  NearDuplicates near_;
  const ReportRules& rules_;
  std::vector<std::string> ids_;
  std::vector<std::string> beginnings_;
  std::vector<DuplicatePair> pairs_;
};

class Duplicates : public Measure {
 public:
  explicit Duplicates(const Asked& asked)
      : conversations_(asked.rules),
        openings_(asked.rules),
        repeated_(asked.rules.most_examples) {}

  void add(const Reading& reading) override {
    conversations_.add(reading.id(), reading.said_by_both());
    if (!reading.questions.empty()) {
      openings_.add(reading.id(), reading.questions.front()->content);
    }
    for (const Message* answer : reading.answers) {
      add_answer(reading.id(), answer->content);
    }
  }

  Section section() override {
    conversations_.finish();
    openings_.finish();
    Section section{"duplicates", "Duplicates",
                    "Is each conversation there once?"};
    section.figures = {exact(), near(), openings(), answers()};
    return section;
  }

 private:
  void add_answer(const std::string& id, const std::string& text) {
    std::vector<std::string> words = measured_words(text);
    if (words.size() < kFewestWords) return;
    if (answers_.size() >= kMostAnswers) return;
    ++answers_seen_;
    if (answers_.insert(text_hash(joined(words, " "))).second) return;
    ++answers_repeated_;
    repeated_.add(id, text);
  }

  Figure exact() const {
    Figure figure =
        share_figure("exact_duplicates", "Conversations that are copies",
                     conversations_.exact(), conversations_.all());
    figure.good = "none is good: a copy weighs double in training";
    judge(figure, 0, 0.01, " of the conversations are exact copies");
    figure.examples = conversations_.examples(/*exact=*/true);
    return figure;
  }

  Figure near() const {
    Figure figure =
        share_figure("near_duplicates", "Conversations that are nearly copies",
                     conversations_.near(), conversations_.all());
    figure.good = "low is good: under 1 %";
    judge(figure, 0.01, 0.05, " of the conversations are nearly copies");
    figure.examples = conversations_.examples(/*exact=*/false);
    return figure;
  }

  Figure openings() const {
    Figure figure = share_figure(
        "same_openings", "First messages that were there before, or nearly",
        openings_.exact() + openings_.near(), openings_.all());
    figure.good = "low is good: under 5 %; \"Hi!\" counts, too";
    judge(figure, 0.05, 0.2, " of the conversations begin as another does");
    figure.examples = openings_.examples(/*exact=*/true);
    return figure;
  }

  Figure answers() const {
    Figure figure = share_figure(
        "same_answers", "Answers that were given before, word for word",
        answers_repeated_, answers_seen_);
    figure.of = "of those of eight words and more";
    figure.good = "low is good: under 2 %";
    judge(figure, 0.02, 0.1, " of the longer answers were given before");
    figure.examples = repeated_.all();
    return figure;
  }

  static void judge(Figure& figure, double look, double bad,
                    const std::string& finding) {
    if (!figure.value) return;
    figure.verdict = small_is_good(*figure.value, look, bad);
    figure.finding = figure_text(*figure.value, Unit::share) + finding;
  }

  Copies conversations_;
  Copies openings_;
  std::unordered_set<uint64_t> answers_;
  int64_t answers_seen_ = 0;
  int64_t answers_repeated_ = 0;
  Quotes repeated_;
};

}  // namespace

std::unique_ptr<Measure> duplicates_measure(const Asked& asked) {
  return std::make_unique<Duplicates>(asked);
}

}  // namespace simulate
