// Verdicts: what a judge said of the conversations, statement by statement, and
// of how many it said anything.
// Tested by tests/report/measures_test.cpp.
#include "simulator/base/text.h"
#include "simulator/report/measures.h"
#include "simulator/report/tallies.h"

namespace simulate {

namespace {

constexpr double kLook = 0.9;
constexpr double kBad = 0.75;
constexpr int64_t kEnough = 20;    // verdicts, to judge by
constexpr size_t kMostOfEach = 2;  // examples of a statement
constexpr size_t kMostQuoted = 120;

// "messages 4, 6"; nothing where the judge named none.
std::string places_of(const Json& answer) {
  std::vector<std::string> numbers;
  auto found = answer.find("messages");
  if (found == answer.end() || !found->is_array()) return "";
  for (const Json& number : *found) numbers.push_back(to_text(number));
  if (numbers.empty()) return "";
  return (numbers.size() == 1 ? "message " : "messages ") +
         joined(numbers, ", ");
}

// What stands in the first of them.
std::string words_at(const Json& answer, const std::vector<Message>& messages) {
  auto found = answer.find("messages");
  if (found == answer.end() || !found->is_array()) return "";
  for (const Json& number : *found) {
    bool is_there =
        number.is_number_integer() && number >= 0 && number < messages.size();
    if (!is_there) continue;
    const Message& message = messages[number.get<size_t>()];
    return std::string(speaker_name(message.speaker)) + ": " + message.content;
  }
  return "";
}

class Verdicts : public Measure {
 public:
  explicit Verdicts(const Asked&) {}

  void add(const Reading& reading) override {
    ++conversations_;
    if (!reading.talk.verdict) return;
    const JudgeVerdict& verdict = *reading.talk.verdict;
    judges_.add(player_text(verdict.judge));
    if (verdict.good) ++good_;
    for (const auto& [question, answer] : verdict.answers.items()) {
      add_answer(reading, question, answer);
    }
  }

  Section section() override {
    Section section{"verdicts", "Verdicts",
                    "What did a judge say of the conversations?"};
    if (judges_.total() == 0) return section;
    section.figures = {judged(), good(), by_question()};
    return section;
  }

 private:
  struct Answers {
    int64_t yes = 0;
    int64_t no = 0;
    Quotes failures{kMostOfEach};

    std::optional<double> share() const {
      return ratio(double(yes), double(yes + no));
    }
  };

  void add_answer(const Reading& reading, const std::string& question,
                  const Json& answer) {
    Answers& answers = by_question_[question];
    if (answer.value("holds", true)) {
      ++answers.yes;
      return;
    }
    ++answers.no;
    std::string text = question;
    std::string places = places_of(answer);
    if (!places.empty()) text += ", " + places;
    std::string words = words_at(answer, reading.messages());
    if (!words.empty()) text += "; " + shortened(words, kMostQuoted);
    answers.failures.add(reading.id(), text);
  }

  Figure judged() const {
    Figure figure = share_figure("judged", "Conversations with a verdict",
                                 judges_.total(), conversations_);
    figure.good = "all is good: of the others nobody has said anything";
    for (Bar bar : judges_.bars(8)) {
      bar.value *= *ratio(double(judges_.total()), double(conversations_));
      figure.bars.push_back(bar);
    }
    return figure;
  }

  Figure good() const {
    Figure figure =
        share_figure("good", "Conversations that a judge finds good", good_,
                     judges_.total());
    figure.of = "of " + figure_text(double(judges_.total()), Unit::count) +
                " with a verdict";
    figure.good =
        "high is good: over 90 %; `simulate judge --calibrate` says how often "
        "the judge errs";
    if (!figure.value || judges_.total() < kEnough) return figure;
    figure.verdict = large_is_good(*figure.value, kLook, kBad);
    figure.finding = "a judge finds " +
                     figure_text(1 - *figure.value, Unit::share) +
                     " of the conversations not good";
    return figure;
  }

  Figure by_question() const {
    Figure figure;
    figure.key = "by_question";
    figure.name = "By statement of the rubric";
    figure.good = "high is good: a statement that holds in over 90 %";
    figure.table.of = "statement";
    figure.table.columns = {{"yes", "holds", Unit::count},
                            {"no", "does not", Unit::count},
                            {"share", "holds in", Unit::share}};
    for (const auto& [question, answers] : by_question_) {
      figure.table.rows.push_back(row_of(question, answers));
      for (const Quote& failure : answers.failures.all()) {
        figure.examples.push_back(failure);
      }
      judge(figure);
    }
    return figure;
  }

  static Table::Row row_of(const std::string& question,
                           const Answers& answers) {
    Table::Row row{question,
                   {double(answers.yes), double(answers.no), answers.share()}};
    if (answers.yes + answers.no >= kEnough) {
      row.verdict = large_is_good(*answers.share(), kLook, kBad);
    }
    return row;
  }

  // By the statement that holds least.
  static void judge(Figure& figure) {
    const Table::Row& row = figure.table.rows.back();
    if (row.verdict <= figure.verdict) return;
    figure.verdict = row.verdict;
    figure.finding = row.label + " holds in only " +
                     figure_text(*row.values.back(), Unit::share);
  }

  int64_t conversations_ = 0;
  int64_t good_ = 0;
  LabelCounts judges_;  // of each verdict its own
  std::map<std::string, Answers> by_question_;
};

}  // namespace

std::unique_ptr<Measure> verdicts_measure(const Asked& asked) {
  return std::make_unique<Verdicts>(asked);
}

}  // namespace simulate
