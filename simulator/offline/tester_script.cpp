#include "simulator/offline/tester_script.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <set>

#include "simulator/base/text.h"
#include "simulator/offline/assistant_calls.h"
#include "simulator/offline/exchanges.h"
#include "simulator/offline/storyline.h"
#include "simulator/offline/tester_phrases.h"
#include "simulator/offline/voice.h"
#include "simulator/offline/words.h"

namespace simulate::offline {

namespace {

using From = ChatMessage::From;
using namespace tester;

constexpr std::array kWeekdays = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                  "Friday", "Saturday", "Sunday"};

std::vector<std::string> own_messages(const ChatRequest& request) {
  std::vector<std::string> own;
  for (const ChatMessage& message : request.messages) {
    if (message.from == From::assistant) own.push_back(message.content);
  }
  return own;
}

// What Ada said last; the first user message only opens the stage.
std::string last_answer(const ChatRequest& request) {
  bool corrected = request.scene.contains("correction");
  size_t count = request.messages.size() - (corrected ? 2 : 0);
  if (request.messages.size() < 3 || count < 3) return "";
  const ChatMessage& last = request.messages[count - 1];
  return last.from == From::user ? last.content : "";
}

std::string last_question(const std::string& text) {
  std::string question;
  for (const std::string& sentence : sentences_of(text)) {
    if (sentence.back() == '?') question = sentence;
  }
  return question;
}

// One message of the tester, put together out of a few parts.
class Tester {
 public:
  explicit Tester(const ChatRequest& request)
      : scene_(request.scene),
        persona_(scene_.value("persona", Json::object())),
        story_(scene_),
        said_(own_messages(request)),
        heard_(last_answer(request)),
        question_(last_question(heard_)),
        voice_(seed_for(request.seed, "tester"), said_),
        turn_(scene_.value("turn", 1)),
        turns_(scene_.value("turns", 3)),
        brief_(is_brief()) {
    pending_ = story_.facts();
    std::erase_if(pending_, [this](const std::string& f) { return told(f); });
  }

  std::string message() {
    if (turn_ <= 1) {
      open();
    } else {
      go_on();
    }
    return finished();
  }

  std::string safe_message() {
    add(voice_.say(turn_ <= 1 ? openings() : Phrases(kGoOn), slots()));
    ends_ = false;
    return finished();
  }

 private:
  void open() {
    bool later = scene_.value("session", 1) > 1;
    bool quiz = later && !hint().empty() && voice_.chance(0.5);
    if (voice_.chance(brief_ ? 0.25 : 0.6)) {
      add(voice_.say(later ? Phrases(kLaterHello) : Phrases(kFirstHello),
                     slots()));
    }
    if (quiz) return ask_whether_remembered();
    add(voice_.say(openings(), slots()));
    bool fact = turns_ <= 2 || voice_.chance(0.5);
    if (fact) return add_fact(leads());
    if (voice_.chance(0.5)) add(mood());
  }

  void go_on() {
    bool reacted = react();
    ends_ = turn_ >= turns_ && voice_.chance(0.7);
    if (ends_) return leave(reacted);
    bool opened = opens_topic();
    if (turn_ == 2 && untold_keystone()) return come_to_the_fact(reacted);
    if (opened) return;
    if (wants_to_forget()) return ask_to_forget(reacted);
    if (wants_reminder()) return ask_for_reminder(reacted);
    if (wants_shopping()) return ask_for_shopping(reacted);
    if (wants_tool()) return ask_for_tool(reacted);
    if (wants_quiz()) {
      answer_first(reacted);
      return ask_whether_remembered();
    }
    talk(reacted);
  }

  // True when the talk demanded something that comes before all else.
  bool react() {
    if (contains(lowered(heard_), "is that done?")) {
      add(voice_.say(voice_.chance(0.6) ? Phrases(kDone) : Phrases(kNotDone)));
      return true;
    }
    if (said_.empty()) return false;
    if (contains(lowered(said_.back()), "told you") && was_pushing()) {
      push_no_further();
      return true;
    }
    if (!was_quiz(said_.back())) return false;
    add(voice_.say(was_right() ? Phrases(kQuizRight) : Phrases(kQuizWrong),
                   slots()));
    return true;
  }

  void push_no_further() {
    bool again = voice_.chance(0.6);
    add(voice_.say(again ? Phrases(kTellAgain) : Phrases(kLetGo),
                   {{"fact", story_.quiz().fact}}));
  }

  void leave(bool reacted) {
    if (!reacted && !question_.empty() && voice_.chance(0.6)) answer();
    add(voice_.say(kGoodbye));
  }

  bool asked_opinion() const {
    return has_said("do you think about") || has_said("would you do") ||
           has_said("do you see") || has_said("making too much");
  }

  // What was named a moment ago is "it".
  void ask_for_opinion() {
    Slots slots = this->slots();
    bool named = text_.empty() &&
                 contains(lowered(said_.back()), lowered(slots["topic"]));
    if (named) slots["topic"] = "it";
    add(voice_.say(kOpinion, slots));
  }

  bool is_on_topic() const {
    return !pending_.empty() &&
           shared_words(pending_.front(), string_at(scene_, "topic")) > 0;
  }

  void come_to_the_fact(bool reacted) {
    bool asked = !reacted && exchange_in(lowered(question_)) != nullptr;
    if (asked) answer();
    add_fact(asked || reacted ? Phrases(kFact) : leads());
  }

  // A question is answered before anything else is brought up.
  void talk(bool reacted) {
    bool asked = !reacted && !question_.empty();
    if (asked) answer();
    if (!pending_.empty() && voice_.chance(asked ? 0.3 : 0.65)) {
      return add_fact(reacted || asked ? Phrases(kAsideFact) : leads());
    }
    if (!asked_opinion() && voice_.chance(asked ? 0.25 : 0.5)) {
      ask_for_opinion();
    } else if (!asked) {
      add(voice_.say(kGoOn, slots()));
    }
  }

  // An answer is announced as one only when it has to do with the question.
  Phrases leads() const {
    if (question_.empty()) return is_on_topic() ? Phrases(kFact) : kAsideFact;
    bool fits = std::any_of(
        pending_.begin(), pending_.end(),
        [this](const auto& f) { return shared_words(f, question_) > 0; });
    return fits ? Phrases(kAnswerFact) : Phrases(kAsideFact);
  }

  // True when the talk has not come to the topic so far and now does.
  bool opens_topic() {
    if (has_said(string_at(scene_, "topic"))) return false;
    add(voice_.say(kTurnTo, slots()));
    return true;
  }

  void answer() {
    const Exchange* exchange = exchange_in(lowered(question_));
    if (exchange == nullptr) return add(voice_.say(answers_to(question_)));
    add(voice_.say(std::array{exchange->answer}));
  }

  Phrases openings() const {
    if (brief_) return kOpenBrief;
    return openings_in(string_at(scene_, "style"));
  }

  const std::string& hint() const { return story_.quiz().hint; }

  bool was_quiz(const std::string& message) const {
    static const RE2 quiz(
        "(?i)do you .*(?:remember|know)|what do you .*know|"
        "what did i|still remember|you .*remember|still "
        "have it");
    return !hint().empty() && contains(message, cased(hint())) &&
           RE2::PartialMatch(message, quiz);
  }

  bool was_pushing() const {
    return said_.size() > 1 && was_quiz(said_[said_.size() - 2]);
  }

  // Ada knows when words of the fact come back that the question did not hold.
  bool was_right() const {
    std::set<std::string> words = content_words(story_.quiz().fact);
    for (const std::string& word : content_words(hint())) words.erase(word);
    std::set<std::string> back = content_words(heard_);
    auto known = std::count_if(words.begin(), words.end(),
                               [&](const auto& w) { return back.count(w); });
    return known >= 2 || (known == 1 && words.size() < 3);
  }

  bool quizzed() const {
    return std::any_of(
        said_.begin(), said_.end(),
        [this](const std::string& past) { return was_quiz(past); });
  }

  bool wants_quiz() {
    return scene_.value("session", 1) > 1 && !hint().empty() && !quizzed() &&
           voice_.chance(0.5);
  }

  bool wants_to_forget() const {
    return !story_.unwanted().hint.empty() && !has_said("forget what I");
  }

  bool wants_reminder() {
    return story_.asks_for_reminder() && !has_said("remind me") &&
           voice_.chance(0.7);
  }

  void ask_whether_remembered() { add(voice_.say(kQuiz, slots())); }

  void answer_first(bool reacted) {
    if (!reacted && !question_.empty()) answer();
  }

  void ask_to_forget(bool reacted) {
    answer_first(reacted);
    Slots slots = {{"hint", story_.unwanted().hint}};
    add(voice_.say(kForget, slots));
  }

  void ask_for_reminder(bool reacted) {
    answer_first(reacted);
    Slots slots = this->slots();
    slots["weekday"] = weekday();
    slots["when"] = voice_.say(kWhenDue, slots);
    slots["task"] =
        voice_.say(tasks_for(matter_of(string_at(scene_, "topic"))), slots);
    add(voice_.say(kRemindMe, slots));
  }

  bool wants_shopping() {
    return offers("add_to_shopping_list") && !has_said("shopping list") &&
           voice_.chance(0.4);
  }

  void ask_for_shopping(bool reacted) {
    answer_first(reacted);
    Slots slots = {{"things", voice_.say(kThings)}};
    add(voice_.say(kShopping, slots));
  }

  // A tool that no other part of the script knows how to ask for.
  bool wants_tool() {
    return !strange_tools().empty() && !has_said("your tool") &&
           voice_.chance(0.5);
  }

  void ask_for_tool(bool reacted) {
    answer_first(reacted);
    Slots slots = {{"tool", voice_.random().pick(strange_tools())}};
    add(voice_.say(kTryTool, slots));
  }

  bool offers(const std::string& tool) const {
    const Json tools = scene_.value("tools", Json::array());
    return std::find(tools.begin(), tools.end(), tool) != tools.end();
  }

  std::vector<std::string> strange_tools() const {
    static const RE2 known(
        "(?:add|recall|search|update|delete|complete)_(?:memory|memories|"
        "diary|reminders?)|check_watch|(?:add_to|show|take_off)_shopping_list");
    std::vector<std::string> strange;
    for (const Json& tool : scene_.value("tools", Json::array())) {
      auto name = tool.get<std::string>();
      if (!RE2::FullMatch(name, known)) strange.push_back(std::move(name));
    }
    return strange;
  }

  // Today's would be taken for next week's.
  std::string weekday() {
    std::string today = day_in_words(string_at(scene_, "date"));
    std::string name;
    do {
      name = voice_.random().pick(kWeekdays);
    } while (today.starts_with(name));
    return name;
  }

  bool untold_keystone() const {
    return !pending_.empty() && pending_.front() == story_.facts().front();
  }

  // The fact that fits the moment best, the certain one before all others.
  void add_fact(Phrases leads) {
    if (pending_.empty()) return;
    size_t chosen = 0;
    for (size_t i = 1; i < pending_.size() && !untold_keystone(); ++i) {
      if (fitness(pending_[i]) > fitness(pending_[chosen])) chosen = i;
    }
    std::string fact = pending_[chosen];
    Slots slots = {{"fact", fact}, {"inside", inside_sentence(fact)}};
    add(voice_.say(leads, slots));
  }

  size_t fitness(const std::string& fact) const {
    return shared_words(fact, heard_) +
           shared_words(fact, string_at(scene_, "topic"));
  }

  std::string mood() {
    return voice_.say(lines_for(string_at(scene_, "mood")));
  }

  Slots slots() const {
    std::string name = string_at(persona_, "name");
    return {{"topic", string_at(scene_, "topic", "whatever the day brought")},
            {"name", name.substr(0, name.find(' '))},
            {"hint", hint()}};
  }

  bool told(const std::string& fact) const {
    return has_said(inside_sentence(fact));
  }

  bool has_said(const std::string& part) const {
    return std::any_of(said_.begin(), said_.end(), [&](const std::string& m) {
      return contains(lowered(m), lowered(part));
    });
  }

  bool is_brief() const {
    static const RE2 brief("(?i)terse|very short|one line|fragment");
    return RE2::PartialMatch(string_at(persona_, "speaking"), brief) ||
           contains(string_at(scene_, "style"), "brief");
  }

  bool is_lower_case() const {
    return contains(lowered(string_at(persona_, "speaking")), "lower case");
  }

  std::string cased(const std::string& text) const {
    return is_lower_case() ? lowered(text) : text;
  }

  void add(const std::string& part) {
    if (part.empty()) return;
    if (!text_.empty()) text_ += ' ';
    text_ += part;
  }

  std::string finished() {
    if (text_.empty()) add(voice_.say(kGoOn, slots()));
    for (int tries = 0; tries < 5 && is_repeated(); ++tries) {
      add(voice_.say(kExtend, slots()));
    }
    std::string text = cased(text_);
    return ends_ ? text + "\n[END]" : text;
  }

  bool is_repeated() const {
    return std::any_of(said_.begin(), said_.end(), [this](const auto& past) {
      return lowered(past) == lowered(text_);
    });
  }

  const Json& scene_;
  Json persona_;
  Storyline story_;
  std::vector<std::string> said_;
  std::string heard_;
  std::string question_;
  Voice voice_;
  int turn_;
  int turns_;
  bool brief_;
  bool ends_ = false;
  std::vector<std::string> pending_;
  std::string text_;
};

}  // namespace

std::string tester_script(const ChatRequest& request) {
  Tester tester(request);
  if (request.scene.contains("correction")) return tester.safe_message();
  return tester.message();
}

}  // namespace simulate::offline
