#include "simulator/offline/assistant_calls.h"

#include <algorithm>

#include "simulator/base/text.h"
#include "simulator/offline/phrase_picker.h"
#include "simulator/offline/phrasebook.h"
#include "simulator/offline/wanted_reminder.h"
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

// The index in the result of recall_reminders of the one that was asked about;
// 0 when none fits.
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

class Planner {
 public:
  explicit Planner(const AssistantView& view)
      : view_(view),
        picker_(seed_for(view.seed, "thought " + std::to_string(view.round)),
                {}),
        topic_(turned_to_they(view.topic)) {}

  Step step() {
    if (view_.line != nullptr) {
      play_line(*view_.line);
    } else {
      look_up();
      if (step_.calls.empty()) act_on_what_was_found();
      if (step_.calls.empty()) keep();
    }
    if (step_.calls.empty()) return {};
    if (repeats_) {
      step_.thought = thought(thoughts_.again);
    } else if (!view_.calls.empty() && view_.calls.back().failed() &&
               !view_.calls.back().failed_for_now()) {
      step_.thought = thought(thoughts_.mistaken);
    } else if (luck("mistake " + std::to_string(view_.round), kMistakes)) {
      spoil(step_.calls.front());
    }
    return std::move(step_);
  }

 private:
  // Draws that must fall the same way in every round of the turn.
  bool luck(const std::string& name, double probability) const {
    return Random(seed_for(view_.seed, name)).chance(probability);
  }

  // The calls of a scene's line, one after the other.
  void play_line(const SceneLine& line) {
    size_t worked = view_.worked();
    size_t before_cases = line.reply.calls.size();
    SceneReply reply = line.reply;
    if (worked >= before_cases) {
      reply = line.reply_given(view_.known_after(before_cases));
    }
    if (worked >= reply.calls.size()) return;
    const SceneCall& next = reply.calls[worked];
    Json arguments = next.arguments;
    if (arguments.value("due", Json()) == "{due}") {
      arguments["due"] = moment_meant(view_.said, view_.date);
    }
    if (arguments.value("indices", Json()) == "{all}") {
      arguments["indices"] = all_indices();
      if (arguments["indices"].empty()) return;
    }
    fill(arguments);
    plan_again(next.name, Phrases{next.thought}, std::move(arguments));
  }

  // An argument that is a blank and nothing else keeps the type of its value.
  void fill(Json& arguments) const {
    Values known = view_.known_after(view_.worked());
    for (Json& argument : arguments) {
      if (!argument.is_string()) continue;
      std::string text = argument.get<std::string>();
      bool whole = text.starts_with("{") && text.find("}") + 1 == text.size();
      auto value = known.find(text.substr(1, text.size() - 2));
      if (whole && value != known.end()) {
        argument = *value;
      } else {
        argument = filled(text, known).value_or(text);
      }
    }
  }

  Json all_indices() const {
    Json all = Json::array();
    const Json* seen = view_.memories_seen();
    if (seen == nullptr) return all;
    for (const Json& item : seen->value("memories", Json::array())) {
      all.push_back(item.value("index", 0));
    }
    return all;
  }

  void look_up() {
    if (view_.wishes.forget) {
      plan("recall_memories", thoughts_.look_to_forget);
    } else if (view_.wishes.changed || view_.wishes.exact) {
      plan("recall_memories", thoughts_.change);
    } else if (view_.wishes.leans) {
      if (view_.memories_seen() == nullptr) {
        plan("recall_memories", thoughts_.lean);
      }
    } else if (view_.wishes.quiz) {
      if (view_.memories_seen() == nullptr) {
        plan("recall_memories", thoughts_.recall);
      }
    } else if (view_.wishes.insists && view_.memories_seen() == nullptr) {
      plan("recall_memories", thoughts_.recall);
    }
    if (step_.calls.empty() && view_.wishes.done) {
      plan("recall_reminders", thoughts_.look_to_complete);
    }
  }

  void act_on_what_was_found() {
    const MadeCall* recalled = view_.made("recall_memories");
    if (view_.wishes.forget && recalled != nullptr) {
      auto memory = best_memory(recalled->result, view_.subject);
      if (memory) {
        index_ = memory->index;
        plan("delete_memory", thoughts_.delete_memory, indices(memory->index));
      }
    }
    if (recalled != nullptr) revise(recalled->result);
    const MadeCall* list = view_.made("recall_reminders");
    if (view_.wishes.done && list != nullptr) {
      index_ = reminder_index(list->result, view_.said);
      if (index_ == 0) index_ = reminder_index(list->result, view_.before);
      if (index_ > 0) {
        plan("complete_reminder", thoughts_.complete, indices(index_));
      }
    }
  }

  void revise(const Json& recalled) {
    const Wishes& wishes = view_.wishes;
    if (!wishes.changed && !wishes.exact) return;
    auto memory = best_memory(recalled, view_.subject);
    if (!memory) return;
    std::string was = memory->text;
    while (was.ends_with('.')) was.pop_back();
    std::string now = third_person(wishes.detail);
    static constexpr std::string_view kNoLonger = "It is no longer so that ";
    if (wishes.changed && !was.starts_with(kNoLonger)) {
      was = std::string(kNoLonger) + inside_sentence(was);
    }
    plan("update_memory", thoughts_.change,
         {{"index", memory->index}, {"text", was + ". " + now}});
  }

  // Calls that need nothing of each other go out together.
  void keep() {
    if (view_.wishes.reminder) set_reminder();
    if (!view_.wishes.shopping.empty()) put_on_list();
    if (view_.offers(view_.wishes.errand)) {
      plan(view_.wishes.errand, thoughts_.try_out,
           view_.tools[view_.wishes.errand]);
    }
    std::vector<std::string> facts = facts_to_store();
    if (!facts.empty()) {
      fact_ = inside_sentences(facts);
      plan("add_memory", thoughts_.store, {{"input_text", facts}});
    }
    bool late = view_.wishes.goodbye || view_.turn >= view_.turns;
    bool something_happened = !view_.earlier.empty() || !facts.empty();
    if (late && something_happened && !view_.diary_written() &&
        luck("diary", 0.4)) {
      write_diary();
    }
    if (view_.wishes.hurry && luck("watch", 0.1)) {
      plan("check_watch", thoughts_.watch);
    }
  }

  std::vector<std::string> facts_to_store() const {
    std::vector<std::string> facts;
    const Json* seen = view_.memories_seen();
    for (const std::string& fact : view_.facts) {
      std::string text = third_person(fact);
      if (seen == nullptr || !contains(to_text(*seen), text)) {
        facts.push_back(text);
      }
    }
    return facts;
  }

  void set_reminder() {
    WantedReminder wanted = wanted_reminder(view_.said, view_.date);
    if (wanted.text.empty()) return;
    Json arguments = {{"text", wanted.text}};
    if (!wanted.due.empty()) arguments["due"] = wanted.due;
    due_ = wanted.due.empty() ? "that day" : wanted.due.substr(0, 10);
    plan("add_reminder", thoughts_.remind, std::move(arguments));
  }

  void put_on_list() {
    Json items = Json::array();
    for (const std::string& thing : view_.wishes.shopping) {
      items.push_back({{"name", thing}});
    }
    plan("add_to_shopping_list", thoughts_.shop, {{"items", std::move(items)}});
  }

  void write_diary() {
    Random random(seed_for(view_.seed, "diary text"));
    PhrasePicker pen(random.next(), {});
    const AssistantWords& words = phrasebook().assistant;
    std::string entry =
        pen.pick(words.diary, {{"topic", topic_}, {"fact", last_stored()}});
    if (entry.empty()) entry = pen.pick(words.diary_plain);
    plan("add_diary",
         topic_.empty() ? thoughts_.write_diary_plain : thoughts_.write_diary,
         {{"input_text", Json::array({entry})}});
  }

  std::string last_stored() const {
    for (auto call = view_.earlier.rbegin(); call != view_.earlier.rend();
         ++call) {
      if (call->name != "add_memory" || call->failed()) continue;
      const Json texts = call->arguments.value("input_text", Json::array());
      if (texts.empty() || !texts[0].is_string()) continue;
      return inside_sentence(texts[0].get<std::string>());
    }
    return "";
  }

  static Json indices(int index) { return {{"indices", Json::array({index})}}; }

  void plan(const std::string& name, const Phrases& why,
            Json arguments = Json::object()) {
    if (view_.made(name) != nullptr) return;
    plan_again(name, why, std::move(arguments));
  }

  void plan_again(const std::string& name, const Phrases& why, Json arguments) {
    if (!view_.offers(name) || view_.tried(name, arguments)) return;
    repeats_ = repeats_ || view_.failed_for_now(name);
    std::string text = thought(why);
    step_.thought += step_.thought.empty() ? text : " And " + text;
    step_.calls.push_back({name, std::move(arguments)});
  }

  std::string thought(const Phrases& phrases) {
    Blanks blanks = {{"topic", topic_},
                     {"fact", fact_},
                     {"subject", turned_to_they(view_.subject)},
                     {"due", due_},
                     {"things", joined(view_.wishes.shopping, " and ")},
                     {"tool", view_.wishes.errand},
                     {"index", index_ > 0 ? std::to_string(index_) : ""}};
    add_values(view_.known_after(view_.worked()), blanks);
    return picker_.pick(phrases, blanks);
  }

  // A call as models get it wrong: another name for the argument or the tool,
  // an index that is not in the list.
  void spoil(PlannedCall& call) {
    bool empty = call.arguments.empty();
    if (call.arguments.contains("indices") && picker_.chance(0.6)) {
      call.arguments["indices"][0] = index_ + picker_.random().between(20, 60);
    } else if (empty || picker_.chance(0.4)) {
      call.name = wrong_name(call.name);
    } else {
      rename_argument(call);
    }
  }

  std::string wrong_name(const std::string& name) {
    if (name == "add_memory") return picker_.chance(0.5) ? "remember" : "store";
    if (name == "recall_memories") {
      return picker_.chance(0.5) ? "recall" : "search_memory";
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
        renamed[picker_.chance(0.5) ? "memories" : "texts"] = value;
      } else if (key == "text") {
        renamed["message"] = value;
      } else {
        renamed[key == "indices" ? "ids" : key] = value;
      }
    }
    call.arguments = std::move(renamed);
  }

  const AssistantView& view_;
  const AssistantThoughts& thoughts_ = phrasebook().thoughts;
  PhrasePicker picker_;
  std::string topic_;
  std::string fact_;
  Step step_;
  bool repeats_ = false;  // a call that failed for the moment
  int index_ = 0;
  std::string due_;
};

}  // namespace

Step next_step(const AssistantView& view) { return Planner(view).step(); }

}  // namespace simulate::offline
