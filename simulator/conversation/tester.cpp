#include "simulator/conversation/tester.h"

#include <algorithm>

#include "simulator/base/text.h"
#include "simulator/conversation/judgement.h"
#include "simulator/guards/end_mark.h"

namespace simulate {

namespace {

const std::string& template_of(const DialogueState& dialogue) {
  const auto& variants = dialogue.assignment.prompts->tester;
  auto drawn = static_cast<size_t>(dialogue.assignment.slot.tester_variant);
  return variants[drawn % variants.size()];
}

// What the tools are called, in words.
std::string abilities_text(const DialogueState& dialogue) {
  std::vector<std::string> names;
  for (const ToolSpec& tool : dialogue.tools()) {
    names.push_back(replaced(tool.name, "_", " "));
  }
  return names.empty() ? "(nothing)" : joined(names, ", ");
}

// The name, in words, and what the tester is told. What a task is called may
// give away what is expected.
std::string situation_text(const DialogueState& dialogue,
                           const Placeholders& values) {
  const Situation& situation = dialogue.situation;
  std::string name = replaced(situation.name, "_", " ");
  if (situation.tester.empty()) return name;
  Placeholders all = values;
  all["about"] = dialogue.about;
  std::string told = rendered(situation.tester, all);
  return situation.is_task ? told : name + ". " + told;
}

Placeholders stage_directions(const DialogueState& dialogue) {
  const Slot& slot = dialogue.assignment.slot;
  const Persona& persona = dialogue.assignment.persona;
  const Past& past = dialogue.assignment.past;
  // Who is not told what has happened knows of nothing that has changed.
  bool told = contains(template_of(dialogue), "{{news}}");
  Persona then = as_of(persona, slot);
  if (!told) then.facts = persona.facts;
  Placeholders values = placeholders_of(then);
  values["topic"] = slot.topic;
  values["style"] = slot.style;
  values["mood"] = slot.mood;
  values["typing"] = slot.typing;
  values["purpose"] = slot.purpose;
  values["opening"] = slot.opening;
  values["turns"] = std::to_string(slot.turns);
  values["session"] = std::to_string(slot.session);
  // Of the beginning: a prompt that stays the same is cached by providers.
  SimulatedTime now = slot.starts_at;
  values["date"] = date_text(now);
  values["weekday"] = weekday_text(now);
  values["past"] = memory_text(past, slot.session);
  values["news"] = news_text(persona, slot, past);
  values["changes"] = changes_text(persona, past);
  values["abilities"] = abilities_text(dialogue);
  values["clock"] = clock_text(now);
  values["situation"] = situation_text(dialogue, values);
  return values;
}

// Roles are turned round: what Ada said is what this model reads as the user.
std::vector<Message> side_of_tester(const DialogueState& dialogue) {
  std::vector<Message> view;
  view.push_back({Speaker::system,
                  rendered(template_of(dialogue), stage_directions(dialogue))});
  view.push_back({Speaker::tester, "(The conversation is open. Write " +
                                       called(dialogue.assignment.persona) +
                                       "'s first message.)"});
  for (const Message& message : dialogue.transcript.messages) {
    if (message.content.empty()) continue;
    if (message.speaker == Speaker::tester) {
      view.push_back({Speaker::assistant, message.content});
    } else if (message.speaker == Speaker::assistant) {
      view.push_back({Speaker::tester, message.content});
    }
  }
  return view;
}

// Some models think aloud before they play; a closed thought is cut away.
std::string without_thought(std::string_view text) {
  size_t end = text.rfind("</think>");
  if (end != std::string_view::npos) text = text.substr(end + 8);
  return std::string(trimmed(text));
}

Speech heard(const std::string& content) {
  Speech speech;
  guards::EndMark end = guards::read_end(without_thought(content));
  speech.leaves = end.leaves;
  std::string text = end.words;
  // As its own lines of the past begin.
  if (text.starts_with("You: ")) text = trimmed(text.substr(5));
  // A message in quotation marks as a whole was meant without them.
  if (text.size() > 2 && text.front() == '"' && text.back() == '"' &&
      std::count(text.begin(), text.end(), '"') == 2) {
    text = text.substr(1, text.size() - 2);
  }
  speech.text = text;
  return speech;
}

std::optional<Rejection> rejection_of(const DialogueState& dialogue,
                                      const Speech& speech) {
  guards::Said said;
  said.speaker = Speaker::tester;
  said.words = speech.text;
  said.leaves = speech.leaves;
  return judgement_of(dialogue, said).rejection;
}

// What stands in the prompt, and nothing that a model would not know.
Json scene_of(const DialogueState& dialogue) {
  const std::string& prompt = template_of(dialogue);
  Json scene = Json::object();
  for (const auto& [name, value] : stage_directions(dialogue)) {
    if (contains(prompt, "{{" + name + "}}")) scene[name] = value;
  }
  return scene;
}

// What a task that has all messages says in this turn.
std::optional<Speech> written_before(const DialogueState& dialogue) {
  const std::vector<std::string>& says = dialogue.situation.says;
  if (says.empty()) return std::nullopt;
  auto turn = static_cast<size_t>(dialogue.turn);
  bool last = turn >= says.size();
  return Speech{last ? says.back() : says[turn - 1], last};
}

}  // namespace

asio::awaitable<Speech> speak(DialogueState& dialogue) {
  if (auto written = written_before(dialogue)) co_return std::move(*written);
  ChatRequest request;
  request.role = Role::tester;
  request.messages = side_of_tester(dialogue);
  request.sampling = dialogue.assignment.settings.tester;
  if (dialogue.assignment.settings.scripted) request.scene = scene_of(dialogue);
  Hearing<Speech> hearing;
  hearing.read = [](const ChatReply& reply) { return heard(reply.content); };
  hearing.judge = [&dialogue](const Speech& speech) {
    return rejection_of(dialogue, speech);
  };
  Speech speech =
      co_await ask(dialogue, std::move(request), std::move(hearing));
  co_return speech;
}

}  // namespace simulate
