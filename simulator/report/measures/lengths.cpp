// Lengths: of conversations, messages and thoughts, and answers that break off.
// Tested by tests/report/measures_test.cpp.
#include "simulator/base/text.h"
#include "simulator/metrics/measured_words.h"
#include "simulator/report/measures.h"
#include "simulator/report/tallies.h"

namespace simulate {

namespace {

constexpr size_t kBins = 12;

int64_t words_of(const std::string& text) {
  return static_cast<int64_t>(measured_words(text).size());
}

// Its last character is a Latin letter or a comma, as where tokens ran out;
// people leave full stops away in a line, but not behind several sentences.
bool breaks_off(const std::string& text) {
  std::string_view words = trimmed(text);
  if (words.empty()) return false;
  char last = words.back();
  bool open = (last >= 'a' && last <= 'z') || last == ',' || last == ';';
  return open && words.find_first_of(".!?") != words.npos;
}

class Lengths : public Measure {
 public:
  explicit Lengths(const Asked& asked) : cut_(asked.rules.most_examples) {}

  void add(const Reading& reading) override {
    turns_.add(static_cast<int64_t>(reading.questions.size()));
    for (const Message* answer : reading.answers) {
      answers_.add(words_of(answer->content));
      if (!breaks_off(answer->content)) continue;
      ++broken_;
      cut_.add(reading.id(), answer->content);
    }
    for (const Message* question : reading.questions) {
      questions_.add(words_of(question->content));
    }
    for (const Message& message : reading.messages()) {
      if (!message.thinking.empty()) thoughts_.add(words_of(message.thinking));
    }
  }

  Section section() override {
    Section section{"lengths", "Lengths",
                    "Are there short talks and long ones, short answers and "
                    "long ones?"};
    section.figures = {
        spread("turns", "Turns of a conversation", turns_, "turns"),
        spread("answers", "Words of an answer", answers_, "words"),
        spread("questions", "Words of a tester's message", questions_,
               "words")};
    if (thoughts_.count() > 0) {
      section.figures.push_back(
          spread("thoughts", "Words of a thought", thoughts_, "words"));
    }
    section.figures.push_back(broken());
    return section;
  }

 private:
  static Figure spread(const char* key, const char* name,
                       const Distribution& of, const char* what) {
    Figure figure;
    figure.key = key;
    figure.name = name;
    figure.unit = Unit::number;
    figure.value = of.mean();
    figure.of = std::string(what) + "; one in ten up to " +
                std::to_string(of.quantile(0.1)) + ", half up to " +
                std::to_string(of.quantile(0.5)) + ", one in ten from " +
                std::to_string(of.quantile(0.9));
    figure.good =
        "a spread is good: what is always as long is learnt as a rule";
    figure.bars = of.histogram(kBins);
    figure.is_histogram = true;
    bool all_alike = of.count() >= 200 && of.quantile(0.1) == of.quantile(0.9);
    figure.verdict = all_alike ? FigureVerdict::look : FigureVerdict::good;
    figure.finding = std::string(name) + ": nearly all have " +
                     std::to_string(of.quantile(0.5));
    return figure;
  }

  Figure broken() const {
    Figure figure = share_figure("broken_off", "Answers that break off",
                                 broken_, answers_.count());
    figure.good = "low is good: under 2 %; more, and replies run out of tokens";
    if (figure.value) {
      figure.verdict = small_is_good(*figure.value, 0.02, 0.1);
      figure.finding =
          figure_text(*figure.value, Unit::share) + " of the answers break off";
    }
    figure.examples = cut_.all();
    return figure;
  }

  Distribution turns_;
  Distribution answers_;
  Distribution questions_;
  Distribution thoughts_;
  int64_t broken_ = 0;
  Quotes cut_;
};

}  // namespace

std::unique_ptr<Measure> lengths_measure(const Asked& asked) {
  return std::make_unique<Lengths>(asked);
}

}  // namespace simulate
