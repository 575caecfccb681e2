#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "simulator/base/text.h"
#include "simulator/offline/phrase_picker.h"
#include "simulator/offline/phrasebook.h"
#include "simulator/offline/scripts.h"
#include "simulator/offline/tester_view.h"
#include "simulator/offline/wanted_reminder.h"
#include "simulator/offline/words.h"

namespace simulate::offline {

namespace {

constexpr std::array kWeekdays = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                  "Friday", "Saturday", "Sunday"};

// To a question that is not in the table of exchanges.
const Phrases& answers_to(const std::string& question,
                          const TesterWords& words) {
  static const RE2 whether(
      "(?i).*\\b(?:is|are|do|does|did|has|have|would|will|can|could|was|were) "
      "(?:you|it|that|there|this|your|the|anyone|somebody|they|he|she)\\b.*");
  std::string low = lowered(question);
  auto asks = [&low](const char* word) {
    return low.starts_with(word) || contains(low, std::string(", ") + word) ||
           contains(low, std::string("and ") + word);
  };
  if (asks("when") || contains(low, "how long")) return words.answer_when;
  if (asks("how")) return words.answer_how;
  if (asks("who")) return words.answer_who;
  if (asks("why")) return words.answer_why;
  if (asks("what") || asks("which") || asks("where")) return words.answer_what;
  if (contains(low, " or ")) return words.answer_either;
  return RE2::FullMatch(low, whether) ? words.answer_whether
                                      : words.answer_what;
}

// How the person comes out with a moment that no scene tells.
const Phrases* phrases_of_moment(const std::string& moment,
                                 const TesterWords& words) {
  if (moment == "recall_found") return &words.quiz;
  if (moment == "recall_unasked") return &words.lean_on;
  if (moment == "fact_changed") return &words.changed;
  if (moment == "dependent_calls") return &words.make_exact;
  if (moment == "forget") return &words.forget;
  if (moment == "reminder_due") return &words.all_done;
  if (moment == "reminder_clear") return &words.remind_me;
  return nullptr;
}

// One message of the tester, put together out of a few parts.
class Tester {
 public:
  Tester(const ChatRequest& request, const Texts& texts)
      : view_(request, texts),
        picker_(seed_for(request.seed, "tester"), view_.said) {
    choose_scene();
  }

  std::string message() {
    if (view_.turn <= 1) {
      open();
    } else {
      go_on();
    }
    return finished();
  }

  std::string safe_message() {
    add(picker_.pick(view_.turn <= 1 ? openings() : words_.go_on, blanks()));
    ends_ = false;
    return finished();
  }

 private:
  // The same one from the first message to the last.
  void choose_scene() {
    const std::vector<SceneLines>* scenes =
        phrasebook().scenes.of(view_.story.moment());
    if (scenes == nullptr) return;
    Random random(view_.stage());
    scene_ = &random.pick(*scenes);
    while (next_line_ < scene_->size() &&
           view_.has_said((*scene_)[next_line_].say)) {
      ++next_line_;
    }
  }

  // What makes the moment has not been said yet.
  bool moment_waits() const {
    if (scene_ != nullptr) return next_line_ < scene_->size();
    const std::string& moment = view_.story.moment();
    if (moment == "reminder_due") return !view_.has_said("done");
    if (moment == "reminder_clear") return !view_.has_said("remind me");
    bool is_said = view_.has_said(view_.story.hint());
    return phrases_of_moment(moment, words_) != nullptr && !is_said;
  }

  void say_moment() {
    if (scene_ != nullptr) return add((*scene_)[next_line_].say);
    const std::string& moment = view_.story.moment();
    Blanks blanks =
        moment == "reminder_clear" ? reminder_blanks() : this->blanks();
    add(picker_.pick(*phrases_of_moment(moment, words_), blanks));
  }

  // A first line of a scene opens the talk as well as anything.
  void open() {
    std::string opening = string_at(view_.scene, "opening");
    bool greets = contains(opening, "ello") || contains(opening, "Greet");
    bool later = view_.session > 1;
    if (greets) {
      add(picker_.pick(later ? words_.later_hello : words_.first_hello,
                       blanks()));
    }
    bool at_once = view_.turns <= 2 || picker_.chance(0.5);
    bool may = view_.story.moment() != "reminder_due";
    if (moment_waits() && at_once && may) return say_moment();
    add(picker_.pick(openings(), blanks()));
    if (!view_.pending.empty() && at_once) return add_fact(leads());
    if (picker_.chance(0.3)) add(mood());
  }

  void go_on() {
    bool reacted = react();
    if (moment_waits()) return come_to_the_moment(reacted);
    ends_ = may_leave();
    if (ends_) return leave(reacted);
    if (view_.turn == 2 && view_.certain_fact_waits()) {
      return come_to_the_fact(reacted);
    }
    if (wants_shopping()) return ask_for_shopping(reacted);
    if (wants_tool()) return ask_for_tool(reacted);
    if (opens_topic()) return;
    talk(reacted);
  }

  void come_to_the_moment(bool reacted) {
    bool begun = scene_ != nullptr && next_line_ > 0;
    if (!begun) answer_first(reacted);
    say_moment();
  }

  bool may_leave() {
    bool one_thing = contains(string_at(view_.scene, "purpose"), "one thing");
    if (view_.certain_fact_waits()) return false;
    if (one_thing && view_.turn > 1) return picker_.chance(0.8);
    return view_.turn >= view_.turns && picker_.chance(0.7);
  }

  // True when the talk demanded something that comes before all else.
  bool react() {
    if (contains(lowered(view_.heard), "is that done?")) {
      bool is_done = shared_words(view_.heard, view_.story.about()) > 1;
      add(picker_.pick(is_done ? words_.done : words_.not_done));
      return true;
    }
    if (view_.said.empty()) return false;
    if (contains(lowered(view_.said.back()), "told you") &&
        view_.was_pushing()) {
      push_no_further();
      return true;
    }
    if (!view_.is_quiz(view_.said.back())) return false;
    add(picker_.pick(view_.was_right() ? words_.quiz_right : words_.quiz_wrong,
                     blanks()));
    return true;
  }

  void push_no_further() {
    bool again = picker_.chance(0.6);
    add(picker_.pick(again ? words_.tell_again : words_.let_go,
                     {{"fact", view_.story.about()}}));
  }

  void leave(bool reacted) {
    if (!reacted && !view_.question.empty() && picker_.chance(0.6)) answer();
    add(picker_.pick(words_.goodbye));
  }

  // What was named a moment ago is "it".
  void ask_for_opinion() {
    Blanks blanks = this->blanks();
    bool named = text_.empty() &&
                 contains(lowered(view_.said.back()), lowered(blanks["topic"]));
    if (named) blanks["topic"] = "it";
    add(picker_.pick(words_.opinion, blanks));
  }

  void come_to_the_fact(bool reacted) {
    bool asked = !reacted && phrasebook().exchanges.opened_in(
                                 lowered(view_.question)) != nullptr;
    if (asked) answer();
    add_fact(asked || reacted ? words_.fact : leads());
  }

  // A question is answered before anything else is brought up.
  void talk(bool reacted) {
    bool asked = !reacted && !view_.question.empty();
    if (asked) answer();
    if (!view_.pending.empty() && picker_.chance(asked ? 0.3 : 0.65)) {
      return add_fact(reacted || asked ? words_.aside_fact : leads());
    }
    if (!view_.asked_opinion() && picker_.chance(asked ? 0.25 : 0.5)) {
      ask_for_opinion();
    } else if (!asked) {
      add(picker_.pick(words_.go_on, blanks()));
    }
  }

  // An answer is announced as one only when it has to do with the question.
  const Phrases& leads() const {
    if (!view_.question.empty()) {
      return view_.fact_fits_question() ? words_.answer_fact
                                        : words_.aside_fact;
    }
    return view_.is_on_topic() ? words_.fact : words_.aside_fact;
  }

  // True when the talk has not come to the topic so far and now does.
  bool opens_topic() {
    if (view_.has_said(view_.topic)) return false;
    add(picker_.pick(words_.turn_to, blanks()));
    return true;
  }

  void answer() {
    const Exchange* exchange =
        phrasebook().exchanges.opened_in(lowered(view_.question));
    add(picker_.pick(exchange != nullptr ? Phrases{exchange->answer}
                                         : answers_to(view_.question, words_)));
  }

  const Phrases& openings() const {
    if (view_.brief) return words_.openings.named("brief");
    return words_.openings.named_in(view_.style);
  }

  void answer_first(bool reacted) {
    if (!reacted && !view_.question.empty()) answer();
  }

  Blanks reminder_blanks() {
    Blanks blanks = this->blanks();
    blanks["weekday"] = weekday();
    blanks["when"] = picker_.pick(words_.when_due, blanks);
    blanks["task"] =
        picker_.pick(words_.tasks.on(matter_of(view_.topic)), blanks);
    return blanks;
  }

  bool wants_shopping() {
    return !view_.story.facts().empty() &&
           view_.offers("add to shopping list") &&
           !view_.has_said("shopping list") && picker_.chance(0.7);
  }

  void ask_for_shopping(bool reacted) {
    answer_first(reacted);
    Blanks blanks = {{"things", picker_.pick(words_.things)}};
    add(picker_.pick(words_.shopping, blanks));
    if (picker_.chance(0.4)) add_fact(words_.aside_fact);
  }

  // A tool that no other part of the script knows how to ask for.
  bool wants_tool() {
    return !view_.story.facts().empty() && !view_.strange_tools().empty() &&
           !view_.has_said("your tool") && picker_.chance(0.7);
  }

  void ask_for_tool(bool reacted) {
    answer_first(reacted);
    Blanks blanks = {{"tool", picker_.random().pick(view_.strange_tools())}};
    add(picker_.pick(words_.try_tool, blanks));
    if (picker_.chance(0.4)) add_fact(words_.aside_fact);
  }

  // Some days ahead.
  std::string weekday() {
    std::string today = string_at(view_.scene, "weekday");
    size_t at = 0;
    while (at < kWeekdays.size() && today != kWeekdays[at]) ++at;
    auto ahead = static_cast<size_t>(picker_.random().between(3, 6));
    return kWeekdays[(at + ahead) % kWeekdays.size()];
  }

  // The fact that fits the moment best, the certain one before all others.
  void add_fact(const Phrases& leads) {
    if (view_.pending.empty()) return;
    const std::vector<std::string>& facts = view_.pending;
    size_t chosen = 0;
    for (size_t i = 1; i < facts.size() && !view_.certain_fact_waits(); ++i) {
      if (fitness(facts[i]) > fitness(facts[chosen])) chosen = i;
    }
    std::string fact = facts[chosen];
    Blanks blanks = {{"fact", fact}, {"inside", inside_sentence(fact)}};
    bool news = view_.story.is_news(fact);
    add(picker_.pick(news ? words_.news : leads, blanks));
  }

  size_t fitness(const std::string& fact) const {
    return shared_words(fact, view_.heard) + shared_words(fact, view_.topic);
  }

  std::string mood() {
    return picker_.pick(words_.moods.named_in(string_at(view_.scene, "mood")));
  }

  Blanks blanks() {
    return {
        {"topic", string_at(view_.scene, "topic", "whatever the day brought")},
        {"name", view_.name.substr(0, view_.name.find(' '))},
        {"hint", view_.story.hint()},
        {"thing", inside_sentence(view_.story.about())},
        {"detail", picker_.pick(words_.details)}};
  }

  void add(const std::string& part) {
    if (part.empty()) return;
    if (!text_.empty()) text_ += ' ';
    text_ += part;
  }

  std::string finished() {
    if (text_.empty()) add(picker_.pick(words_.go_on, blanks()));
    for (int tries = 0; tries < 5 && is_repeated(); ++tries) {
      add(picker_.pick(words_.extend, blanks()));
    }
    std::string text = view_.cased(text_);
    return ends_ ? text + "\n[END]" : text;
  }

  bool is_repeated() const {
    return std::any_of(
        view_.said.begin(), view_.said.end(),
        [this](const auto& past) { return lowered(past) == lowered(text_); });
  }

  TesterView view_;
  const TesterWords& words_ = phrasebook().tester;
  PhrasePicker picker_;
  const SceneLines* scene_ = nullptr;
  size_t next_line_ = 0;
  bool ends_ = false;
  std::string text_;
};

}  // namespace

std::string tester_script(const ChatRequest& request, const Texts& texts) {
  Tester tester(request, texts);
  if (request.scene.contains("correction")) return tester.safe_message();
  return tester.message();
}

}  // namespace simulate::offline
