#include "simulator/offline/assistant_calls.h"

#include <re2/re2.h>

#include <algorithm>

#include "simulator/base/text.h"
#include "simulator/offline/assistant_phrases.h"
#include "simulator/offline/thoughts.h"
#include "simulator/offline/voice.h"
#include "simulator/offline/words.h"

namespace simulate::offline {

namespace {

constexpr double kMistakes = 0.06;

std::string inside_sentences(const std::vector<std::string>& sentences) {
  std::vector<std::string> parts;
  for (const std::string& sentence : sentences) {
    parts.push_back(inside_sentence(sentence));
  }
  return joined(parts, ", and ");
}

class Planner {
 public:
  explicit Planner(const Moment& moment)
      : now_(moment),
        voice_(seed_for(moment.seed, "thought " + std::to_string(moment.round)),
               {}),
        topic_(turned_to_they(moment.topic)) {}

  Step step() {
    look_up();
    if (step_.calls.empty()) act_on_what_was_found();
    if (step_.calls.empty()) keep();
    if (step_.calls.empty()) return {};
    if (repeats_) {
      step_.thought = thought(thoughts::kAgain);
    } else if (!now_.calls.empty() && now_.calls.back().failed() &&
               !now_.calls.back().failed_for_now()) {
      step_.thought = thought(thoughts::kMistaken);
    } else if (luck("mistake " + std::to_string(now_.round), kMistakes)) {
      spoil(step_.calls.front());
    }
    return std::move(step_);
  }

 private:
  // Draws that must fall the same way in every round of the turn.
  bool luck(const std::string& name, double probability) const {
    return Random(seed_for(now_.seed, name)).chance(probability);
  }

  double by_appetite(double sparing, double ordinary, double eager) const {
    if (now_.appetite == "sparing") return sparing;
    return now_.appetite == "eager" ? eager : ordinary;
  }

  void look_up() {
    if (now_.wishes.forget) {
      plan("recall_memories", thoughts::kLookToForget);
    } else if (now_.wishes.quiz) {
      if (now_.memories_seen() == nullptr) {
        plan("recall_memories", thoughts::kRecall);
      }
    } else if (now_.wishes.insists && now_.memories_seen() == nullptr) {
      plan("recall_memories", thoughts::kRecall);
    } else if (now_.session > 1 && now_.turn == 1 &&
               luck("first look", by_appetite(0.3, 0.55, 0.85))) {
      plan("recall_memories", thoughts::kRecallFirst);
    }
    if (step_.calls.empty() && now_.wishes.done) {
      plan("recall_reminders", thoughts::kLookToComplete);
    }
  }

  void act_on_what_was_found() {
    const MadeCall* recalled = now_.made("recall_memories");
    if (now_.wishes.forget && recalled != nullptr) {
      auto memory = best_memory(recalled->result, now_.subject);
      if (memory) {
        index_ = memory->index;
        plan("delete_memory", thoughts::kDelete, indices(memory->index));
      }
    }
    const MadeCall* list = now_.made("recall_reminders");
    if (now_.wishes.done && list != nullptr) {
      index_ = reminder_index(list->result, now_.before);
      if (index_ > 0) {
        plan("complete_reminder", thoughts::kComplete, indices(index_));
      }
    }
  }

  // Calls that need nothing of each other go out together.
  void keep() {
    if (now_.wishes.reminder) set_reminder();
    if (!now_.wishes.shopping.empty()) put_on_list();
    if (now_.offers(now_.wishes.errand)) {
      plan(now_.wishes.errand, thoughts::kTryOut,
           now_.tools[now_.wishes.errand]);
    }
    std::vector<std::string> facts = facts_to_store();
    if (!facts.empty() && luck("store", by_appetite(0.7, 0.93, 1.0))) {
      fact_ = inside_sentences(facts);
      plan("add_memory", thoughts::kStore, {{"input_text", facts}});
    }
    bool late = now_.wishes.goodbye || now_.turn >= now_.turns;
    if (late && !now_.diary_written() &&
        luck("diary", by_appetite(0.12, 0.28, 0.45))) {
      write_diary();
    }
    if (now_.wishes.hurry && luck("watch", by_appetite(0.15, 0.3, 0.5))) {
      plan("check_watch", thoughts::kWatch);
    }
  }

  std::vector<std::string> facts_to_store() const {
    std::vector<std::string> facts;
    const Json* seen = now_.memories_seen();
    for (const std::string& fact : now_.facts) {
      std::string text = third_person(fact);
      if (seen == nullptr || !contains(to_text(*seen), text)) {
        facts.push_back(text);
      }
    }
    return facts;
  }

  void set_reminder() {
    WantedReminder wanted = wanted_reminder(now_.said, now_.date);
    if (wanted.text.empty()) return;
    Json arguments = {{"text", wanted.text}};
    if (!wanted.due.empty()) arguments["due"] = wanted.due;
    due_ = wanted.due.empty() ? "that day" : wanted.due.substr(0, 10);
    plan("add_reminder", thoughts::kRemind, std::move(arguments));
  }

  void put_on_list() {
    Json items = Json::array();
    for (const std::string& thing : now_.wishes.shopping) {
      items.push_back({{"name", thing}});
    }
    plan("add_to_shopping_list", thoughts::kShop,
         {{"items", std::move(items)}});
  }

  void write_diary() {
    Random random(seed_for(now_.seed, "diary text"));
    Voice pen(random.next(), {});
    std::string entry =
        pen.say(ada::kDiary, {{"topic", topic_}, {"fact", last_stored()}});
    if (entry.empty()) entry = pen.say(ada::kDiaryPlain);
    plan("add_diary",
         topic_.empty() ? Phrases(thoughts::kWriteDiaryPlain)
                        : Phrases(thoughts::kWriteDiary),
         {{"input_text", Json::array({entry})}});
  }

  std::string last_stored() const {
    for (auto call = now_.earlier.rbegin(); call != now_.earlier.rend();
         ++call) {
      if (call->name != "add_memory" || call->failed()) continue;
      const Json texts = call->arguments.value("input_text", Json::array());
      if (texts.empty() || !texts[0].is_string()) continue;
      return inside_sentence(texts[0].get<std::string>());
    }
    return "";
  }

  static Json indices(int index) { return {{"indices", Json::array({index})}}; }

  void plan(const std::string& name, Phrases why,
            Json arguments = Json::object()) {
    if (!now_.offers(name) || now_.tried(name, arguments)) return;
    if (now_.made(name) != nullptr) return;
    repeats_ = repeats_ || now_.failed_for_now(name);
    std::string text = thought(why);
    step_.thought += step_.thought.empty() ? text : " And " + text;
    step_.calls.push_back({name, std::move(arguments)});
  }

  std::string thought(Phrases phrases) {
    Slots slots = {{"topic", topic_},
                   {"fact", fact_},
                   {"subject", turned_to_they(now_.subject)},
                   {"due", due_},
                   {"things", joined(now_.wishes.shopping, " and ")},
                   {"tool", now_.wishes.errand},
                   {"index", index_ > 0 ? std::to_string(index_) : ""}};
    return voice_.say(phrases, slots);
  }

  // A call as models get it wrong: another name for the argument or the tool,
  // an index that is not in the list.
  void spoil(PlannedCall& call) {
    bool empty = call.arguments.empty();
    if (call.arguments.contains("indices") && voice_.chance(0.6)) {
      call.arguments["indices"][0] = index_ + voice_.random().between(20, 60);
    } else if (empty || voice_.chance(0.4)) {
      call.name = wrong_name(call.name);
    } else {
      rename_argument(call);
    }
  }

  std::string wrong_name(const std::string& name) {
    if (name == "add_memory") return voice_.chance(0.5) ? "remember" : "store";
    if (name == "recall_memories") {
      return voice_.chance(0.5) ? "recall" : "search_memory";
    }
    if (name == "add_reminder") return "set_reminder";
    if (name == "add_diary") return "write_diary";
    if (name == "check_watch") return "get_time";
    return name + "_item";
  }

  void rename_argument(PlannedCall& call) {
    Json renamed = Json::object();
    for (const auto& [key, value] : call.arguments.items()) {
      if (key == "input_text") {
        renamed[voice_.chance(0.5) ? "memories" : "texts"] = value;
      } else if (key == "text") {
        renamed["message"] = value;
      } else {
        renamed[key == "indices" ? "ids" : key] = value;
      }
    }
    call.arguments = std::move(renamed);
  }

  const Moment& now_;
  Voice voice_;
  std::string topic_;
  std::string fact_;
  Step step_;
  bool repeats_ = false;  // a call that failed for the moment
  int index_ = 0;
  std::string due_;
};

}  // namespace

Step next_step(const Moment& moment) { return Planner(moment).step(); }

int reminder_index(const Json& result, const std::string& asked) {
  int best = 0;
  size_t most = 0;
  for (const Json& item : result.value("reminders", Json::array())) {
    size_t shared = shared_words(string_at(item, "text"), asked);
    if (shared <= most) continue;
    most = shared;
    best = item.value("index", 0);
  }
  return best;
}

}  // namespace simulate::offline
