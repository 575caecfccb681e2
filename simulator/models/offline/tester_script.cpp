#include "simulator/models/offline/tester_script.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "simulator/base/text.h"
#include "simulator/models/offline/storyline.h"
#include "simulator/models/offline/tester_phrases.h"
#include "simulator/models/offline/voice.h"
#include "simulator/models/offline/words.h"

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

Phrases lines_for(const std::string& mood) {
  static const std::array<std::pair<const char*, Phrases>, 10> kinds = {{
      {"calm", kCalm},
      {"tired", kTired},
      {"cheerful", kCheerful},
      {"worried", kWorried},
      {"curious", kCurious},
      {"irritable", kIrritable},
      {"restless", kRestless},
      {"content", kContent},
      {"lonely", kLonely},
      {"hurry", kHurried},
  }};
  for (const auto& [word, lines] : kinds) {
    if (contains(mood, word)) return lines;
  }
  return kCalm;
}

Phrases answers_to(const std::string& question) {
  static const RE2 whether(
      "(?i).*\\b(?:is|are|do|does|did|has|have|would|will|can|could|was|were) "
      "(?:you|it|that|there|this|your|the|anyone|somebody|they|he|she)\\b.*");
  std::string low = lowered(question);
  auto asks = [&low](const char* word) {
    return low.starts_with(word) || contains(low, std::string(", ") + word) ||
           contains(low, std::string("and ") + word);
  };
  if (asks("when") || contains(low, "how long")) return kWhen;
  if (asks("how")) return kHow;
  if (asks("who")) return kWho;
  if (asks("why")) return kWhy;
  if (asks("what") || asks("which") || asks("where")) return kWhat;
  if (contains(low, " or ")) return kEither;
  return RE2::FullMatch(low, whether) ? Phrases(kWhether) : Phrases(kWhat);
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
    add(voice_.say(turn_ <= 1 ? Phrases(kOpenTopic) : Phrases(kGoOn), slots()));
    ends_ = false;
    return finished();
  }

 private:
  void open() {
    bool later = scene_.value("session", 1) > 1;
    bool quiz = later && !story_.quiz().empty() && voice_.chance(0.5);
    if (voice_.chance(quiz ? 0.4 : 0.6)) {
      add(voice_.say(later ? Phrases(kLaterHello) : Phrases(kFirstHello),
                     slots()));
    }
    if (quiz) return ask_whether_remembered();
    add(voice_.say(kOpenTopic, slots()));
    if (voice_.chance(0.25) && !brief_) add(mood());
    if (turns_ <= 2 || voice_.chance(0.6)) add_fact(kFact);
  }

  void go_on() {
    bool reacted = react();
    ends_ = turn_ >= turns_ && voice_.chance(0.7);
    if (ends_) return leave(reacted);
    if (reacted && voice_.chance(0.5)) open_topic();
    if (turn_ == 2 && untold_keystone()) return add_fact(leads());
    if (wants_to_forget()) return ask_to_forget();
    if (wants_reminder()) return ask_for_reminder(reacted);
    if (wants_quiz()) return ask_whether_remembered();
    if (!reacted) talk();
  }

  // True when the talk demanded something that comes before all else.
  bool react() {
    if (contains(lowered(heard_), "is that done?")) {
      add(voice_.say(voice_.chance(0.6) ? Phrases(kDone) : Phrases(kNotDone)));
      return true;
    }
    if (said_.empty()) return false;
    if (contains(lowered(said_.back()), "told you") && was_pushing()) {
      add(voice_.say(kLetGo));
      return true;
    }
    if (!was_quiz(said_.back())) return false;
    add(voice_.say(was_right() ? Phrases(kQuizRight) : Phrases(kQuizWrong),
                   slots()));
    return true;
  }

  void leave(bool reacted) {
    if (!reacted && !question_.empty() && voice_.chance(0.4)) answer();
    add(voice_.say(kGoodbye));
  }

  void talk() {
    bool asked = !question_.empty();
    bool more = voice_.chance(asked ? 0.6 : 0.7);
    if (more && !pending_.empty()) return add_fact(leads());
    if (asked) {
      answer();
    } else {
      add(voice_.say(kGoOn));
    }
    if (voice_.chance(0.3)) add(voice_.say(kOpinion));
  }

  // An answer is announced as one only when it has to do with the question.
  Phrases leads() const {
    if (question_.empty()) return kFact;
    bool fits = std::any_of(
        pending_.begin(), pending_.end(),
        [this](const auto& f) { return shared_words(f, question_) > 0; });
    return fits ? Phrases(kAnswerFact) : Phrases(kAsideFact);
  }

  void open_topic() {
    if (!has_said(string_at(scene_, "topic")))
      add(voice_.say(kOpenTopic, slots()));
  }

  void answer() {
    add(voice_.say(answers_to(question_)));
    if (!brief_ && voice_.chance(0.55)) add(voice_.say(kExtend));
  }

  bool was_quiz(const std::string& message) const {
    static const RE2 quiz(
        "(?i)do you .*(?:remember|know)|what do you .*know|"
        "what did i|still remember|you .*remember|still "
        "have it");
    return !story_.quiz().empty() &&
           contains(message, cased(hint_of(story_.quiz()))) &&
           RE2::PartialMatch(message, quiz);
  }

  bool was_pushing() const {
    return said_.size() > 1 && was_quiz(said_[said_.size() - 2]);
  }

  // Ada knows when words of the fact come back that the question did not hold.
  bool was_right() const {
    std::string words = replaced(story_.quiz(), hint_of(story_.quiz()), "");
    size_t known = shared_words(words, heard_);
    return known >= 2 || (known == 1 && content_words(words).size() < 3);
  }

  bool quizzed() const {
    return std::any_of(
        said_.begin(), said_.end(),
        [this](const std::string& past) { return was_quiz(past); });
  }

  bool wants_quiz() {
    return scene_.value("session", 1) > 1 && !story_.quiz().empty() &&
           !quizzed() && voice_.chance(0.5);
  }

  bool wants_to_forget() const {
    return !story_.unwanted().empty() && !has_said("forget what I");
  }

  bool wants_reminder() {
    return story_.asks_for_reminder() && !has_said("remind me") &&
           voice_.chance(0.7);
  }

  void ask_whether_remembered() { add(voice_.say(kQuiz, slots())); }

  void ask_to_forget() {
    Slots slots = {{"hint", hint_of(story_.unwanted())}};
    add(voice_.say(kForget, slots));
  }

  void ask_for_reminder(bool reacted) {
    if (!reacted && !question_.empty()) add(voice_.say(answers_to(question_)));
    Slots slots = this->slots();
    slots["weekday"] = voice_.random().pick(kWeekdays);
    slots["when"] = voice_.say(kWhenDue, slots);
    add(voice_.say(kRemindMe, slots));
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
            {"hint", story_.quiz().empty() ? "" : hint_of(story_.quiz())}};
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
    if (text_.empty()) add(voice_.say(kGoOn));
    for (int tries = 0; tries < 5 && is_repeated(); ++tries) {
      add(voice_.say(kExtend));
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
