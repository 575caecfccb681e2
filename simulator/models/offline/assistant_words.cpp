#include "simulator/models/offline/assistant_words.h"

#include <re2/re2.h>

#include "simulator/base/text.h"
#include "simulator/models/offline/assistant_calls.h"
#include "simulator/models/offline/assistant_phrases.h"
#include "simulator/models/offline/thoughts.h"
#include "simulator/models/offline/voice.h"
#include "simulator/models/offline/words.h"

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

class Speaker {
 public:
  explicit Speaker(const Moment& moment)
      : now_(moment),
        voice_(seed_for(moment.seed, "words"), moment.answers),
        it_(thing_to_take_up(moment)) {
    slots_ = {{"it", it_}, {"subject", now_.subject}};
    std::vector<std::string> names = names_in(joined(now_.facts, " "));
    if (!names.empty()) slots_["name"] = voice_.random().pick(names);
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
    return false;
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
    if (memory) {
      slots_["memory"] = inside_sentence(second_person(memory->text));
      slots_["date"] = memory->date;
      think(thoughts::kAnswerFound);
      say(now_.wishes.insists ? Phrases(kFoundAfterAll) : Phrases(kRecalled));
      return true;
    }
    think(thoughts::kAnswerMissing);
    say(now_.wishes.insists ? Phrases(kStillNotFound) : Phrases(kNotFound));
    asked_ = true;
    return true;
  }

  bool close_reminder() {
    think(now_.wishes.done ? Phrases(thoughts::kAnswerDone)
                           : Phrases(thoughts::kAnswerOpen));
    say(now_.wishes.done ? Phrases(kCompleted) : Phrases(kLeftOpen));
    asked_ = true;
    if (!now_.facts.empty() && !now_.wishes.goodbye) {
      say(it_.empty() ? Phrases(kReactPlain) : Phrases(kReact));
    }
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
    bool with_it = !it_.empty() && words_.empty() && voice_.chance(0.6);
    if (!tell_time()) {
      say(!with_it             ? Phrases(kFarewellPlain)
          : voice_.chance(0.7) ? Phrases(kFarewellMore)
                               : Phrases(kFarewell));
    }
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
    bool connected = now_.turn == 1 && connect();
    if (now_.wishes.opinion) {
      say(kOpinion);
    } else if (now_.turn == 1 && (now_.facts.empty() || voice_.chance(0.3))) {
      say(it_.empty() ? Phrases(kMeetPlain) : Phrases(kMeet));
    } else if (!now_.facts.empty()) {
      say(it_.empty() ? Phrases(kReactPlain) : Phrases(kReact));
    } else {
      say(kGeneral);
    }
    if (!connected && !now_.wishes.opinion) follow_up();
  }

  void think_before_talking() {
    if (now_.wishes.opinion) return think(thoughts::kAnswerOpinion);
    bool stored = now_.made("add_memory") != nullptr;
    if (it_.empty()) {
      think(stored ? Phrases(thoughts::kAnswerStoredPlain)
                   : Phrases(thoughts::kAnswerPlain));
    } else {
      bool unkept = !stored && !now_.facts.empty();
      think(stored   ? Phrases(thoughts::kAnswerStored)
            : unkept ? Phrases(thoughts::kAnswerUnkept)
                     : Phrases(thoughts::kAnswer));
    }
  }

  // A memory that has to do with what was said, if one was looked up.
  bool connect() {
    const MadeCall* recalled = now_.made("recall_memories");
    if (recalled == nullptr) return false;
    auto memory = best_memory(recalled->result, now_.said);
    if (!memory) return false;
    slots_["memory"] = inside_sentence(second_person(memory->text));
    say(kConnect);
    asked_ = contains(words_, "?");
    return true;
  }

  void follow_up() {
    if (asked_ || now_.turn >= now_.turns + 1) return;
    if (may_mention() || voice_.chance(0.4)) {
      if (voice_.chance(0.5)) say(kRemark);
      return;
    }
    bool with_it = !it_.empty() && voice_.chance(0.65) &&
                   !contains(lowered(words_), lowered(it_));
    say(with_it ? Phrases(kAsk) : Phrases(kAskPlain));
    asked_ = true;
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
    std::string text = voice_.say(phrases, slots_);
    if (text.empty()) return;
    words_ += words_.empty() ? text : " " + text;
  }

  void think(Phrases phrases) {
    Slots slots = slots_;
    slots["it"] = as_thought(it_);
    slots["subject"] = as_thought(now_.subject);
    thought_ = voice_.say(phrases, slots);
  }

  const Moment& now_;
  Voice voice_;
  std::string it_;
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
