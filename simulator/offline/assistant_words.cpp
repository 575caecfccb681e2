#include "simulator/offline/assistant_words.h"

#include <re2/re2.h>

#include <algorithm>

#include "simulator/base/sentences.h"
#include "simulator/base/text.h"
#include "simulator/offline/phrase_picker.h"
#include "simulator/offline/phrasebook.h"
#include "simulator/offline/wanted_reminder.h"
#include "simulator/offline/words.h"

namespace simulate::offline {

namespace {

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

class AnswerWriter {
 public:
  explicit AnswerWriter(const AssistantView& view)
      : view_(view),
        picker_(seed_for(view.seed, "words"), view.answers),
        fact_(view.facts.empty() ? "" : view.facts.back()) {
    blanks_ = {{"topic", turned_to_you(view_.topic)},
               {"subject", turned_to_you(view_.subject)},
               {"fact", turned_to_you(fact_)}};
  }

  Answer answer() {
    if (view_.line != nullptr) {
      const SceneLine& line = *view_.line;
      SceneReply reply =
          line.reply_given(view_.known_after(line.reply.calls.size()));
      add_values(view_.known_after(view_.worked()), blanks_);
      think(Phrases{reply.thought});
      say(Phrases{reply.answer});
      return {std::move(thought_), std::move(words_)};
    }
    bool granted = grant_wish();
    if (view_.wishes.goodbye) {
      farewell();
    } else if (!granted) {
      respond();
    }
    if (!asked_ && may_mention()) mention_reminder();
    return {std::move(thought_), std::move(words_)};
  }

  Answer safe_answer() {
    think(thoughts_.answer_plain);
    say(phrases_.oops);
    return {std::move(thought_), std::move(words_)};
  }

 private:
  // What was wished for comes first; false when nothing was.
  bool grant_wish() {
    const Wishes& wishes = view_.wishes;
    if (wishes.forget) return confirm_forgetting();
    if (wishes.leans) return lean_on_what_is_kept();
    if (wishes.changed || wishes.exact) return confirm_revision();
    if (wishes.quiz || wishes.insists) return tell_what_is_kept();
    if (wishes.done || wishes.not_done) return close_reminder();
    bool set = view_.made("add_reminder") != nullptr;
    if (wishes.reminder && set) return confirm_reminder();
    if (!wishes.shopping.empty()) return confirm_shopping();
    if (view_.offers(wishes.errand)) return tell_of_errand();
    return false;
  }

  bool confirm_shopping() {
    bool done = view_.made("add_to_shopping_list") != nullptr;
    blanks_["things"] = joined(view_.wishes.shopping, " and ");
    think(done ? thoughts_.answer_shopped : thoughts_.answer_not_tried);
    say(done ? phrases_.on_the_list : phrases_.did_not_work);
    return true;
  }

  bool tell_of_errand() {
    const MadeCall* made = view_.made(view_.wishes.errand);
    blanks_["tool"] = view_.wishes.errand;
    if (made) blanks_["outcome"] = in_words(made->result);
    think(made ? thoughts_.answer_tried : thoughts_.answer_not_tried);
    say(made ? phrases_.tried_out : phrases_.did_not_work);
    return true;
  }

  bool confirm_forgetting() {
    bool deleted = view_.made("delete_memory") != nullptr;
    if (deleted) think(thoughts_.answer_forgot);
    if (!deleted) think(thoughts_.answer_missing);
    say(deleted ? phrases_.forgotten : phrases_.nothing_to_forget);
    return true;
  }

  bool tell_what_is_kept() {
    const Json* seen = view_.memories_seen();
    std::optional<Memory> memory;
    if (seen != nullptr) memory = best_memory(*seen, view_.subject);
    if (!memory) {
      think(thoughts_.answer_missing);
      say(view_.wishes.insists ? phrases_.still_not_found : phrases_.not_found);
      return asked_ = true;
    }
    blanks_["memory"] = inside_sentence(second_person(memory->text));
    blanks_["date"] = memory->date;
    bool again = contains(lowered(view_.before), lowered(blanks_["memory"]));
    think(again && view_.wishes.insists ? thoughts_.answer_only_that
                                        : thoughts_.answer_found);
    say(!view_.wishes.insists ? phrases_.recalled
        : again               ? phrases_.only_that
                              : phrases_.found_after_all);
    return true;
  }

  // False when nothing is kept that it could be.
  bool lean_on_what_is_kept() {
    const Json* seen = view_.memories_seen();
    std::optional<Memory> memory;
    if (seen != nullptr) memory = best_memory(*seen, view_.subject);
    if (!memory) return false;
    std::string first = sentences_of(memory->text).front();
    blanks_["memory"] = inside_sentence(second_person(first));
    blanks_["date"] = memory->date;
    think(thoughts_.answer_found);
    say(phrases_.leaned);
    return true;
  }

  bool confirm_revision() {
    bool revised = view_.made("update_memory") != nullptr;
    think(revised ? thoughts_.answer_changed : thoughts_.answer_missing);
    say(!revised               ? phrases_.not_found
        : view_.wishes.changed ? phrases_.change_noted
                               : phrases_.made_exact);
    return true;
  }

  bool close_reminder() {
    think(view_.wishes.done ? thoughts_.answer_done : thoughts_.answer_open);
    say(view_.wishes.done ? phrases_.completed : phrases_.left_open);
    if (view_.wishes.goodbye) return true;
    if (!fact_.empty()) react();
    if (view_.wishes.opinion) say(phrases_.opinions.on(matter_of(view_.topic)));
    return true;
  }

  bool confirm_reminder() {
    const Json& arguments = view_.made("add_reminder")->arguments;
    std::string due = string_at(arguments, "due");
    blanks_["due"] = due.empty() ? "" : day_in_words(due.substr(0, 10));
    if (due.size() > 11) blanks_["due"] += " at " + due.substr(11);
    blanks_["what"] = lower_first(
        inside_sentence(second_person(string_at(arguments, "text"))));
    think(thoughts_.answer_set);
    say(phrases_.reminder_set);
    return true;
  }

  void farewell() {
    if (words_.empty()) think(thoughts_.answer_bye);
    bool named = words_.empty() && picker_.chance(0.6);
    if (!tell_time()) say(named ? phrases_.farewell : phrases_.farewell_plain);
    if (words_.empty()) say(phrases_.farewell_plain);
    asked_ = true;
  }

  bool tell_time() {
    const MadeCall* watch = view_.made("check_watch");
    if (watch == nullptr) return false;
    blanks_["clock"] = string_at(watch->result, "time");
    say(phrases_.clock);
    if (view_.wishes.goodbye) say(phrases_.farewell_plain);
    return true;
  }

  void respond() {
    think_before_talking();
    tell_time();
    if (view_.wishes.opinion)
      return say(phrases_.opinions.on(matter_of(view_.topic)));
    const Exchange* opened =
        phrasebook().exchanges.opened_in(lowered(view_.before));
    if (!fact_.empty()) {
      react();
    } else if (view_.turn == 1) {
      say(view_.topic.empty() ? phrases_.meet_plain : phrases_.meet);
    } else if (opened != nullptr) {
      say(Phrases{opened->comeback});
    } else {
      say_of_topic(view_.topic.empty() ? phrases_.plain : phrases_.on_topic);
    }
    bool connected = view_.turn == 1 && connect();
    if (!connected) follow_up();
  }

  void react() {
    bool on_topic = view_.turn == 1 && shared_words(fact_, view_.topic) > 0;
    Matter matter = matter_of(fact_);
    say(on_topic && matter != Matter::loss ? phrases_.react_on_topic
                                           : phrases_.reactions.on(matter));
  }

  void think_before_talking() {
    if (view_.wishes.opinion) return think(thoughts_.answer_opinion);
    bool replies =
        phrasebook().exchanges.opened_in(lowered(view_.before)) != nullptr;
    if (!fact_.empty()) {
      think(view_.made("add_memory") ? thoughts_.answer_stored
                                     : thoughts_.answer_unkept);
    } else if (view_.topic.empty()) {
      think(thoughts_.answer_plain);
    } else {
      think(view_.turn == 1 ? thoughts_.answer
            : replies       ? thoughts_.answer_reply
                            : thoughts_.answer_more);
    }
  }

  // A memory that has to do with what was said, if one was looked up.
  bool connect() {
    const MadeCall* recalled = view_.made("recall_memories");
    if (recalled == nullptr) return false;
    auto memory = best_memory(recalled->result, view_.topic);
    if (!memory) return false;
    blanks_["memory"] = inside_sentence(second_person(memory->text));
    say(phrases_.connect);
    asked_ = contains(words_, "?");
    return true;
  }

  // One of the questions that fit what was just told, or the topic, and that
  // were not asked before.
  void follow_up() {
    bool invited = view_.turn == 1 && fact_.empty();
    if (asked_ || may_mention() || picker_.chance(invited ? 0.5 : 0.2)) return;
    Matter matter = matter_of(fact_.empty() ? view_.topic : fact_);
    bool on_topic =
        fact_.empty() && !view_.topic.empty() && matter != Matter::loss;
    Phrases fitting;
    for (const Exchange& exchange : phrasebook().exchanges.all) {
      if (exchange.question.empty()) continue;
      bool general = exchange.matter == Matter::other;
      if (general ? !on_topic : exchange.matter != matter) continue;
      if (!was_asked(exchange)) fitting.push_back(exchange.question);
    }
    if (fitting.empty()) return;
    say_of_topic(fitting);
    asked_ = true;
  }

  bool was_asked(const Exchange& exchange) const {
    return std::any_of(view_.answers.begin(), view_.answers.end(),
                       [&](const std::string& answer) {
                         return contains(lowered(answer), exchange.key);
                       });
  }

  const OpenReminder* due_reminder() {
    for (const std::string& line : view_.reminders) {
      reminder_ = read_reminder(line);
      if (reminder_.due.empty() || reminder_.due <= view_.date)
        return &reminder_;
    }
    return nullptr;
  }

  bool may_mention() {
    return view_.session > 1 && view_.turn == 1 && due_reminder() != nullptr;
  }

  void mention_reminder() {
    blanks_["reminder"] =
        lower_first(inside_sentence(second_person(reminder_.text)));
    say(phrases_.mention);
  }

  void say(const Phrases& phrases) {
    std::string text(trimmed(picker_.pick(phrases, blanks_)));
    if (text.empty()) return;
    words_ += words_.empty() ? text : " " + text;
  }

  // What both have just named is "that".
  void say_of_topic(const Phrases& phrases) {
    std::string heard = lowered(view_.before + view_.said + words_);
    std::string topic = blanks_["topic"];
    bool named = shared_words(topic, heard) > 1 ||
                 contains(heard, lowered(topic)) ||
                 contains(heard, lowered(view_.topic));
    if (named) blanks_["topic"] = "that";
    say(phrases);
    blanks_["topic"] = topic;
  }

  void think(const Phrases& phrases) {
    Blanks blanks = blanks_;
    blanks["topic"] = turned_to_they(view_.topic);
    blanks["fact"] = inside_sentence(third_person(fact_));
    blanks["subject"] = turned_to_they(view_.subject);
    thought_ = picker_.pick(phrases, blanks);
  }

  const AssistantView& view_;
  const AssistantWords& phrases_ = phrasebook().assistant;
  const AssistantThoughts& thoughts_ = phrasebook().thoughts;
  PhrasePicker picker_;
  std::string fact_;  // as the person said it; may be empty
  Blanks blanks_;
  OpenReminder reminder_;
  bool asked_ = false;
  std::string thought_;
  std::string words_;
};

}  // namespace

Answer answer_to(const AssistantView& view) {
  return AnswerWriter(view).answer();
}

Answer safe_answer_to(const AssistantView& view) {
  return AnswerWriter(view).safe_answer();
}

}  // namespace simulate::offline
