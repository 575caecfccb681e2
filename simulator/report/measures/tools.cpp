// Tools: which are called, whether they work, and what the assistant does when
// one does not.
// Tested by tests/report/measures_test.cpp.
#include "simulator/base/text.h"
#include "simulator/report/measures.h"
#include "simulator/report/tallies.h"

namespace simulate {

namespace {

constexpr int64_t kEnoughErrors = 10;  // to speak of recovering

// A planned failure is not the model's fault. A file does not tell which ones
// were planned; but calls that were at fault are not trained on.
bool is_planned(const Reading& reading, const Message& call,
                const Message& result) {
  if (result.result.planned) return true;
  return reading.number("tool_failures").value_or(0) > 0 && call.train;
}

class Tools : public Measure {
 public:
  explicit Tools(const Asked& asked) : examples_(asked.rules.most_examples) {}

  void add(const Reading& reading) override {
    ++conversations_;
    if (reading.calls > 0) ++with_calls_;
    a_conversation_.add(reading.calls);
    const Message* caller = nullptr;
    const std::vector<Message>& messages = reading.messages();
    for (size_t i = 0; i < messages.size(); ++i) {
      if (messages[i].speaker == Speaker::assistant) caller = &messages[i];
      if (messages[i].speaker != Speaker::tool || !caller) continue;
      add_result(reading, *caller, i);
    }
  }

  Section section() override {
    Section section{"tools", "Tools",
                    "Are they called, and do the calls work?"};
    if (calls_.total() == 0) return section;
    section.figures = {success(), recovery(), used(), by_tool()};
    return section;
  }

 private:
  void add_result(const Reading& reading, const Message& caller, size_t at) {
    const Message& message = reading.messages()[at];
    const std::string& tool = message.result.name;
    calls_.add(tool);
    if (!message.result.error) return;
    ++errors_;
    if (recovers(reading, tool, at)) ++recovered_;
    if (is_planned(reading, caller, message)) {
      planned_.add(tool);
      return;
    }
    faults_.add(tool);
    examples_.add(reading.id(), tool + ": " + to_text(message.result.body));
  }

  // The same tool works later in the turn.
  static bool recovers(const Reading& reading, const std::string& tool,
                       size_t at) {
    const std::vector<Message>& messages = reading.messages();
    for (size_t i = at + 1; i < messages.size(); ++i) {
      if (messages[i].speaker == Speaker::tester) return false;
      if (messages[i].speaker == Speaker::tool &&
          messages[i].result.name == tool && !messages[i].result.error) {
        return true;
      }
    }
    return false;
  }

  Figure success() const {
    int64_t due = calls_.total() - planned_.total();
    Figure figure = share_figure("success", "Calls that worked",
                                 due - faults_.total(), due);
    figure.of = "of " + figure_text(double(due), Unit::count) +
                " that were not meant to fail";
    figure.good = "high is good: over 97 %; a few errors teach recovering";
    if (figure.value) {
      figure.verdict = large_is_good(*figure.value, 0.97, 0.9);
      figure.finding = figure_text(1 - *figure.value, Unit::share) +
                       " of the calls went wrong";
    }
    figure.examples = examples_.all();
    return figure;
  }

  Figure recovery() const {
    Figure figure = share_figure(
        "recovery", "Errors after which the same tool worked in the same turn",
        recovered_, errors_);
    figure.of = "of " + figure_text(double(errors_), Unit::count) + " errors";
    figure.good = "over 50 % is good; where nothing helps, it ought to say so";
    if (errors_ >= kEnoughErrors) {
      figure.verdict = large_is_good(*figure.value, 0.5, 0.2);
      figure.finding = "after an error the tool was made to work in only " +
                       figure_text(*figure.value, Unit::share);
    }
    return figure;
  }

  Figure used() const {
    Figure figure = share_figure("used", "Conversations with calls",
                                 with_calls_, conversations_);
    figure.good =
        "a mix is good: always calling teaches calling when nothing needs it";
    figure.bars = a_conversation_.histogram(10);
    figure.is_histogram = true;
    if (conversations_ >= 100 && figure.value) {
      bool mixed = *figure.value > 0.05 && *figure.value < 0.98;
      figure.verdict = mixed ? FigureVerdict::good : FigureVerdict::look;
      figure.finding = figure_text(*figure.value, Unit::share) +
                       " of the conversations call a tool: there is no choice "
                       "to be learnt";
    }
    return figure;
  }

  Figure by_tool() const {
    Figure figure;
    figure.key = "by_tool";
    figure.name = "By tool";
    figure.table.of = "tool";
    figure.table.columns = {{"calls", "calls", Unit::count},
                            {"faults", "errors", Unit::count},
                            {"planned", "planned", Unit::count},
                            {"success", "worked", Unit::share}};
    for (const auto& [tool, calls] : calls_.top(40)) {
      auto due = static_cast<double>(calls - planned_.count(tool));
      auto faults = static_cast<double>(faults_.count(tool));
      figure.table.rows.push_back({tool,
                                   {static_cast<double>(calls), faults,
                                    static_cast<double>(planned_.count(tool)),
                                    ratio(due - faults, due)}});
      if (due >= 20 && faults / due > 0.1) {
        figure.table.rows.back().verdict = FigureVerdict::look;
      }
    }
    return figure;
  }

  LabelCounts calls_;    // by tool
  LabelCounts faults_;   // errors that the model made
  LabelCounts planned_;  // errors that were meant to happen
  int64_t errors_ = 0;
  int64_t recovered_ = 0;
  int64_t conversations_ = 0;
  int64_t with_calls_ = 0;
  Distribution a_conversation_;
  Quotes examples_;
};

}  // namespace

std::unique_ptr<Measure> tools_measure(const Asked& asked) {
  return std::make_unique<Tools>(asked);
}

}  // namespace simulate
