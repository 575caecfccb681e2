#include "simulator/offline/assistant_words.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "simulator/base/text.h"
#include "simulator/offline/assistant_calls.h"
#include "simulator/offline/assistant_phrases.h"
#include "simulator/offline/exchanges.h"
#include "simulator/offline/thoughts.h"
#include "simulator/offline/voice.h"
#include "simulator/offline/words.h"

namespace simulate::offline {

namespace {

using namespace ada;

// "Their cataract surgery. (due 2025-03-07 09:00)" in its two halves.
struct OpenReminder {
  std::string text;
  std::string due;
};

OpenReminder read_reminder(const std::string& line) {
  static const RE2 pattern(R"((.*?)\.? ?\(due (\d{4}-\d\d-\d\d)[^)]*\))");
  OpenReminder reminder;
  if (!RE2::FullMatch(line, pattern, &reminder.text, &reminder.due)) {
    reminder.text = line;
  }
  return reminder;
}

std::string lower_first(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::tolower(text[0]));
  return text;
}

// What a tool gave back, short and without marks that mean something to us.
std::string in_words(const Json& value) {
  if (value.is_array()) {
    return value.empty() ? "nothing" : in_words(value.front());
  }
  std::string text;
  if (value.is_object()) {
    for (const auto& [key, part] : value.items()) {
      if (!text.empty()) text += ", ";
      text += value.size() == 1 ? in_words(part) : key + " " + in_words(part);
    }
  } else {
    text = value.is_string() ? value.get<std::string>() : to_text(value);
  }
  static const RE2 marks(R"([\[\]{}<>|`\s]+)");
  RE2::GlobalReplace(&text, marks, " ");
  text = shortened(trimmed(text), 160);
  while (text.ends_with('.')) text.pop_back();
  return text.empty() ? "nothing" : text;
}

class Speaker {
 public:
  explicit Speaker(const Moment& moment)
      : now_(moment),
        voice_(seed_for(moment.seed, "words"), moment.answers),
        fact_(moment.facts.empty() ? "" : moment.facts.back()) {
    slots_ = {{"topic", turned_to_you(now_.topic)},
              {"subject", turned_to_you(now_.subject)},
              {"fact", turned_to_you(fact_)}};
  }

  Answer answer() {
    bool settled = settle();
    if (now_.wishes.goodbye) {
      farewell();
    } else if (!settled) {
      respond();
    }
    if (!asked_ && may_mention()) mention_reminder();
    return {std::move(thought_), std::move(words_)};
  }

  Answer safe_answer() {
    think(thoughts::kAnswerPlain);
    say(kOops);
    return {std::move(thought_), std::move(words_)};
  }

 private:
  // What was wished for comes first; false when nothing was.
  bool settle() {
    const Wishes& wishes = now_.wishes;
    if (wishes.forget) return confirm_forgetting();
    if (wishes.quiz || wishes.insists) return tell_what_is_kept();
    if (wishes.done || wishes.not_done) return close_reminder();
    if (wishes.reminder && now_.made("add_reminder")) return confirm_reminder();
    if (!wishes.shopping.empty()) return confirm_shopping();
    if (now_.offers(wishes.errand)) return tell_of_errand();
    return false;
  }

  bool confirm_shopping() {
    bool done = now_.made("add_to_shopping_list") != nullptr;
    slots_["things"] = joined(now_.wishes.shopping, " and ");
    think(done ? Phrases(thoughts::kAnswerShopped) : thoughts::kAnswerNotTried);
    say(done ? Phrases(kOnTheList) : Phrases(kDidNotWork));
    return true;
  }

  bool tell_of_errand() {
    const MadeCall* made = now_.made(now_.wishes.errand);
    slots_["tool"] = now_.wishes.errand;
    if (made) slots_["outcome"] = in_words(made->result);
    think(made ? Phrases(thoughts::kAnswerTried) : thoughts::kAnswerNotTried);
    say(made ? Phrases(kTriedOut) : Phrases(kDidNotWork));
    return true;
  }

  bool confirm_forgetting() {
    bool deleted = now_.made("delete_memory") != nullptr;
    if (deleted) think(thoughts::kAnswerForgot);
    if (!deleted) think(thoughts::kAnswerMissing);
    say(deleted ? Phrases(kForgotten) : Phrases(kNothingToForget));
    return true;
  }

  bool tell_what_is_kept() {
    const Json* seen = now_.memories_seen();
    std::optional<Memory> memory;
    if (seen != nullptr) memory = best_memory(*seen, now_.subject);
    if (!memory) {
      think(thoughts::kAnswerMissing);
      say(now_.wishes.insists ? Phrases(kStillNotFound) : Phrases(kNotFound));
      return asked_ = true;
    }
    slots_["memory"] = inside_sentence(second_person(memory->text));
    slots_["date"] = memory->date;
    bool again = contains(lowered(now_.before), lowered(slots_["memory"]));
    think(again && now_.wishes.insists ? Phrases(thoughts::kAnswerOnlyThat)
                                       : Phrases(thoughts::kAnswerFound));
    say(!now_.wishes.insists ? Phrases(kRecalled)
        : again              ? Phrases(kOnlyThat)
                             : Phrases(kFoundAfterAll));
    return true;
  }

  bool close_reminder() {
    think(now_.wishes.done ? Phrases(thoughts::kAnswerDone)
                           : Phrases(thoughts::kAnswerOpen));
    say(now_.wishes.done ? Phrases(kCompleted) : Phrases(kLeftOpen));
    if (now_.wishes.goodbye) return true;
    if (!fact_.empty()) react();
    if (now_.wishes.opinion) say(opinions_on(matter_of(now_.topic)));
    return true;
  }

  bool confirm_reminder() {
    const Json& arguments = now_.made("add_reminder")->arguments;
    std::string due = string_at(arguments, "due");
    slots_["due"] = due.empty() ? "" : day_in_words(due.substr(0, 10));
    if (due.size() > 11) slots_["due"] += " at " + due.substr(11);
    slots_["what"] = lower_first(
        inside_sentence(second_person(string_at(arguments, "text"))));
    think(thoughts::kAnswerSet);
    say(kReminderSet);
    return true;
  }

  void farewell() {
    if (words_.empty()) think(thoughts::kAnswerBye);
    bool named = words_.empty() && voice_.chance(0.6);
    if (!tell_time()) say(named ? Phrases(kFarewell) : Phrases(kFarewellPlain));
    if (words_.empty()) say(kFarewellPlain);
    asked_ = true;
  }

  bool tell_time() {
    const MadeCall* watch = now_.made("check_watch");
    if (watch == nullptr) return false;
    slots_["clock"] = string_at(watch->result, "time");
    say(kClock);
    if (now_.wishes.goodbye) say(kFarewellPlain);
    return true;
  }

  void respond() {
    think_before_talking();
    tell_time();
    if (now_.wishes.opinion) return say(opinions_on(matter_of(now_.topic)));
    const Exchange* opened = exchange_in(lowered(now_.before));
    if (!fact_.empty()) {
      react();
    } else if (now_.turn == 1) {
      say(now_.topic.empty() ? Phrases(kMeetPlain) : Phrases(kMeet));
    } else if (opened != nullptr) {
      say(std::array{opened->comeback});
    } else {
      say_of_topic(now_.topic.empty() ? Phrases(kPlain) : Phrases(kOnTopic));
    }
    bool connected = now_.turn == 1 && connect();
    if (!connected) follow_up();
  }

  void react() {
    bool on_topic = now_.turn == 1 && shared_words(fact_, now_.topic) > 0;
    Matter matter = matter_of(fact_);
    say(on_topic && matter != Matter::loss ? Phrases(kReactTopic)
                                           : reactions_to(matter));
  }

  void think_before_talking() {
    if (now_.wishes.opinion) return think(thoughts::kAnswerOpinion);
    bool replies = exchange_in(lowered(now_.before)) != nullptr;
    if (!fact_.empty()) {
      think(now_.made("add_memory") ? Phrases(thoughts::kAnswerStored)
                                    : Phrases(thoughts::kAnswerUnkept));
    } else if (now_.topic.empty()) {
      think(thoughts::kAnswerPlain);
    } else {
      think(now_.turn == 1 ? Phrases(thoughts::kAnswer)
            : replies      ? Phrases(thoughts::kAnswerReply)
                           : Phrases(thoughts::kAnswerMore));
    }
  }

  // A memory that has to do with what was said, if one was looked up.
  bool connect() {
    const MadeCall* recalled = now_.made("recall_memories");
    if (recalled == nullptr) return false;
    auto memory = best_memory(recalled->result, now_.topic);
    if (!memory) return false;
    slots_["memory"] = inside_sentence(second_person(memory->text));
    say(kConnect);
    asked_ = contains(words_, "?");
    return true;
  }

  // One of the questions that fit what was just told, or the topic, and that
  // were not asked before.
  void follow_up() {
    bool invited = now_.turn == 1 && fact_.empty();
    if (asked_ || may_mention() || voice_.chance(invited ? 0.5 : 0.2)) return;
    Matter matter = matter_of(fact_.empty() ? now_.topic : fact_);
    bool on_topic =
        fact_.empty() && !now_.topic.empty() && matter != Matter::loss;
    std::vector<const char*> fitting;
    for (const Exchange& exchange : kExchanges) {
      bool general = exchange.matter == Matter::other;
      if (general ? !on_topic : exchange.matter != matter) continue;
      if (!was_asked(exchange)) fitting.push_back(exchange.question);
    }
    if (fitting.empty()) return;
    say_of_topic(fitting);
    asked_ = true;
  }

  bool was_asked(const Exchange& exchange) const {
    return std::any_of(now_.answers.begin(), now_.answers.end(),
                       [&](const std::string& answer) {
                         return contains(lowered(answer),
                                         std::string(exchange.key));
                       });
  }

  const OpenReminder* due_reminder() {
    for (const std::string& line : now_.reminders) {
      due_ = read_reminder(line);
      if (due_.due.empty() || due_.due <= now_.date) return &due_;
    }
    return nullptr;
  }

  bool may_mention() {
    return now_.session > 1 && now_.turn == 1 && due_reminder() != nullptr;
  }

  void mention_reminder() {
    slots_["reminder"] = lower_first(inside_sentence(second_person(due_.text)));
    say(kMention);
  }

  void say(Phrases phrases) {
    std::string text(trimmed(voice_.say(phrases, slots_)));
    if (text.empty()) return;
    words_ += words_.empty() ? text : " " + text;
  }

  // What both have just named is "that".
  void say_of_topic(Phrases phrases) {
    std::string heard = lowered(now_.before + now_.said + words_);
    std::string topic = slots_["topic"];
    bool named = shared_words(topic, heard) > 1 ||
                 contains(heard, lowered(topic)) ||
                 contains(heard, lowered(now_.topic));
    if (named) slots_["topic"] = "that";
    say(phrases);
    slots_["topic"] = topic;
  }

  void think(Phrases phrases) {
    Slots slots = slots_;
    slots["topic"] = turned_to_they(now_.topic);
    slots["fact"] = inside_sentence(third_person(fact_));
    slots["subject"] = turned_to_they(now_.subject);
    thought_ = voice_.say(phrases, slots);
  }

  const Moment& now_;
  Voice voice_;
  std::string fact_;  // as the person said it; may be empty
  Slots slots_;
  OpenReminder due_;
  bool asked_ = false;
  std::string thought_;
  std::string words_;
};

}  // namespace

Answer answer_to(const Moment& moment) { return Speaker(moment).answer(); }

Answer safe_answer_to(const Moment& moment) {
  return Speaker(moment).safe_answer();
}

}  // namespace simulate::offline
