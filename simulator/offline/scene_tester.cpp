// The person of a world that is nothing but its scenes: a greeting, the lines
// of a scene one after the other, an aside or two, a goodbye.
// Tested by tests/offline/scenes_test.cpp.
#include <algorithm>

#include "simulator/base/text.h"
#include "simulator/offline/phrase_picker.h"
#include "simulator/offline/scripts.h"
#include "simulator/offline/tester_view.h"

namespace simulate::offline {

namespace {

class SceneTester {
 public:
  SceneTester(const ChatRequest& request, const Texts& texts,
              const Scenes& scenes)
      : view_(request, texts),
        scenes_(scenes),
        picker_(seed_for(request.seed, "tester"), view_.said),
        values_(scenes.values_in({string_at(view_.scene, "situation"),
                                  string_at(view_.scene, "persona.facts")})) {
    values_["name"] = view_.name;
    values_["first_name"] = view_.name.substr(0, view_.name.find(' '));
  }

  std::string message() {
    std::string text = next_line();
    if (!text.empty()) return view_.turn > 1 ? text : with_greeting(text);
    if (has_more_to_ask()) text = one_of(scenes_.asides());
    if (!text.empty()) return text;
    return one_of(scenes_.goodbyes()) + "\n[END]";
  }

 private:
  // The same scene from the first message to the last: one of those that can
  // be played with what this person knows.
  const SceneLines* scene() {
    const auto* scenes = scenes_.of(view_.story.moment());
    if (scenes == nullptr) return nullptr;
    std::vector<const SceneLines*> playable;
    for (const SceneLines& lines : *scenes) {
      bool whole = std::all_of(lines.begin(), lines.end(), [this](auto& line) {
        return filled(line.say, values_).has_value();
      });
      if (whole) playable.push_back(&lines);
    }
    if (playable.empty()) return nullptr;
    return Random(view_.stage()).pick(playable);
  }

  bool has_more_to_ask() {
    std::string purpose = string_at(view_.scene, "purpose");
    if (contains(purpose, "nothing else")) return false;
    return view_.turn < view_.turns && picker_.chance(0.6);
  }

  // Empty when all has been said.
  std::string next_line() {
    const SceneLines* lines = scene();
    if (lines == nullptr) return "";
    for (const SceneLine& line : *lines) {
      std::string text = *filled(line.say, values_);
      if (!view_.has_said(text)) return view_.cased(text);
    }
    return "";
  }

  std::string with_greeting(const std::string& text) {
    std::string mood = string_at(view_.scene, "mood");
    Blanks blanks;
    add_values(values_, blanks);
    std::string greeting =
        picker_.pick(scenes_.greetings().named_in(mood), blanks);
    return view_.cased(greeting) + (greeting.empty() ? "" : " ") + text;
  }

  // That was not said so far.
  std::string one_of(const SceneLines& lines) {
    std::vector<std::string> left;
    for (const SceneLine& line : lines) {
      std::optional<std::string> text = filled(line.say, values_);
      if (text && !view_.has_said(*text)) left.push_back(*text);
    }
    return left.empty() ? "" : view_.cased(picker_.random().pick(left));
  }

  TesterView view_;
  const Scenes& scenes_;
  PhrasePicker picker_;
  Values values_;
};

}  // namespace

std::string tester_script(const ChatRequest& request, const Texts& texts,
                          const Scenes& world) {
  return SceneTester(request, texts, world).message();
}

}  // namespace simulate::offline
