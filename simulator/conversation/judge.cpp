#include "simulator/conversation/judge.h"

#include "simulator/base/text.h"
#include "simulator/calls/last_object.h"
#include "simulator/models/asked_twice.h"

namespace simulate {

namespace {

constexpr Sampling kSampling{0, 4096, {}};

void add_line(std::string& text, const std::string& title,
              const std::string& value) {
  if (!value.empty()) text += title + ": " + value + '\n';
}

void add_list(std::string& text, const std::string& title,
              const std::vector<std::string>& items) {
  if (!items.empty()) text += title + ":\n" + list_text(items) + '\n';
}

std::string numbered(size_t number, const std::string& who,
                     const std::string& words) {
  return '[' + std::to_string(number) + "] " + who + ": " + words + "\n";
}

std::string without_tools_text(const Transcript& talk, std::string told) {
  if (!talk.offer) return told;
  auto begin = static_cast<size_t>(talk.offer->text_begin);
  auto size = static_cast<size_t>(talk.offer->text_size);
  if (begin <= told.size()) told.erase(begin, size);
  return told;
}

std::string numbered_message(const Transcript& talk, size_t number) {
  const Message& message = talk.messages[number];
  switch (message.speaker) {
    case Speaker::system:
      return numbered(number, "told to the assistant",
                      without_tools_text(talk, message.content));
    case Speaker::tester:
      return numbered(number, "PERSON", message.content);
    case Speaker::tool:
      return numbered(number, "result of " + message.result.name,
                      to_text(message.result.body));
    case Speaker::assistant:
      break;
  }
  std::string text;
  if (!message.thinking.empty()) {
    text += numbered(number, "thought of the assistant", message.thinking);
  }
  for (const ToolCall& call : message.calls) {
    text += numbered(number, "call of " + call.name, to_text(call.arguments));
  }
  if (!message.content.empty() || text.empty()) {
    text += numbered(number, "ASSISTANT", message.content);
  }
  return text;
}

std::string statements_text(const Rubric& rubric) {
  std::string text;
  for (const RubricQuestion& question : rubric.questions) {
    text += "- " + question.name + ": " + question.holds + '\n';
  }
  return text;
}

std::string example_text(const Rubric& rubric) {
  std::string text;
  for (const RubricQuestion& question : rubric.questions) {
    text += (text.empty() ? "{" : ", ") + ('"' + question.name) +
            (text.empty() ? R"(": {"holds": false, "messages": [4]})"
                          : R"(": {"holds": true, "messages": []})");
  }
  return text + "}";
}

std::string told_to_judge(const Rubric& rubric) {
  return rubric.asks + "\n\nThe statements:\n" + statements_text(rubric) +
         "\nAnswer with one JSON object and nothing else: for each statement "
         "whether it holds and, where it does not, the numbers of the "
         "messages that break it:\n" +
         example_text(rubric);
}

Json answer_schema(const Rubric& rubric) {
  Json numbers = {{"type", "array"}, {"items", {{"type", "integer"}}}};
  Json answer = {
      {"type", "object"},
      {"properties", {{"holds", {{"type", "boolean"}}}, {"messages", numbers}}},
      {"required", {"holds", "messages"}},
      {"additionalProperties", false}};
  Json properties = Json::object();
  Json required = Json::array();
  for (const RubricQuestion& question : rubric.questions) {
    properties[question.name] = answer;
    required.push_back(question.name);
  }
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"additionalProperties", false}};
}

// What the scripted model judges by.
Json scene_of(const Rubric& rubric, const Transcript& talk) {
  Json names = Json::array();
  for (const RubricQuestion& question : rubric.questions) {
    names.push_back({{"name", question.name}, {"catches", question.catches}});
  }
  Json answers = Json::array();
  for (size_t i = 0; i < talk.messages.size(); ++i) {
    const Message& message = talk.messages[i];
    if (message.speaker != Speaker::assistant || message.content.empty()) {
      continue;
    }
    answers.push_back({i, message.content});
  }
  return {{"statements", std::move(names)}, {"answers", std::move(answers)}};
}

std::optional<bool> truth_in(const Json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (!value.is_string()) return std::nullopt;
  std::string word = lowered(trimmed(value.get_ref<const std::string&>()));
  if (word == "true" || word == "yes") return true;
  if (word == "false" || word == "no") return false;
  return std::nullopt;
}

Json numbers_in(const Json& value, size_t messages) {
  Json numbers = Json::array();
  if (!value.is_array()) return numbers;
  for (const Json& number : value) {
    if (!number.is_number_integer()) continue;
    auto at = number.get<int64_t>();
    if (at >= 0 && at < static_cast<int64_t>(messages)) numbers.push_back(at);
  }
  return numbers;
}

// {"holds": ..., "messages": [...]}, or the truth alone.
std::optional<Json> answer_in(const Json& value, size_t messages) {
  const Json none;
  bool whole = value.is_object();
  std::optional<bool> holds =
      truth_in(whole ? value.value("holds", none) : value);
  if (!holds) return std::nullopt;
  Json numbers = Json::array();
  if (whole && !*holds) {
    numbers = numbers_in(value.value("messages", none), messages);
  }
  return Json{{"holds", *holds}, {"messages", std::move(numbers)}};
}

std::optional<Json> answers_in(const Rubric& rubric, const Json& object,
                               size_t messages) {
  Json answers = Json::object();
  for (const RubricQuestion& question : rubric.questions) {
    auto found = object.find(question.name);
    if (found == object.end()) return std::nullopt;
    std::optional<Json> answer = answer_in(*found, messages);
    if (!answer) return std::nullopt;
    answers[question.name] = std::move(*answer);
  }
  return answers;
}

}  // namespace

bool JudgeVerdict::holds(const std::string& question) const {
  auto answer = answers.find(question);
  return answer == answers.end() || answer->value("holds", true);
}

Json JudgeVerdict::flat() const {
  Json truths = Json::object();
  for (const auto& [name, answer] : answers.items()) {
    truths[name] = answer.value("holds", true);
  }
  return truths;
}

std::string JudgeVerdict::fault() const {
  std::vector<std::string> broken;
  for (const auto& [name, answer] : answers.items()) {
    if (answer.value("holds", true)) continue;
    std::vector<std::string> numbers;
    for (const Json& number : answer.value("messages", Json::array())) {
      numbers.push_back(to_text(number));
    }
    std::string where = " (message " + joined(numbers, ", ") + ")";
    broken.push_back(replaced(name, "_", " ") + (numbers.empty() ? "" : where));
  }
  return joined(broken, "; ");
}

std::string person_text(const Persona& persona) {
  std::string text;
  add_line(text, "Name", called(persona));
  if (persona.age > 0) add_line(text, "Age", std::to_string(persona.age));
  add_line(text, "Occupation", persona.occupation);
  add_line(text, "Place", persona.place);
  add_line(text, "Language", persona.language);
  add_line(text, "Background", persona.background);
  add_line(text, "Temperament", persona.temperament);
  add_line(text, "Way of speaking", persona.speaking);
  add_list(text, "True of them", persona.facts);
  add_list(text, "They do not know, or have wrong", persona.unknowns);
  return text;
}

std::string situation_text(const Situation& situation,
                           const std::string& about) {
  std::string text;
  add_line(text, "What kind of moment", replaced(situation.name, "_", " "));
  add_line(text, "It is about", about);
  add_line(text, "The person was told", situation.tester);
  add_line(text, "The assistant ought to", situation.assistant);
  return text;
}

std::string numbered_text(const Transcript& transcript) {
  std::string text;
  for (size_t i = 0; i < transcript.messages.size(); ++i) {
    text += numbered_message(transcript, i);
  }
  return text;
}

ChatRequest judge_request(const Rubric& rubric, const JudgedTalk& talk) {
  ChatRequest request;
  request.role = Role::judge;
  request.sampling = kSampling;
  request.answer_schema = answer_schema(rubric);
  request.messages.push_back({Speaker::system, told_to_judge(rubric)});
  std::string text;
  if (!talk.person.empty()) text += "THE PERSON\n" + talk.person + '\n';
  if (!talk.situation.empty()) text += "THE MOMENT\n" + talk.situation + '\n';
  text += "CONVERSATION BEGINS\n" + numbered_text(*talk.transcript) +
          "CONVERSATION ENDS\n";
  request.messages.push_back({Speaker::tester, std::move(text)});
  if (talk.scripted) request.scene = scene_of(rubric, *talk.transcript);
  return request;
}

std::optional<JudgeVerdict> read_verdict(const Rubric& rubric,
                                         const ChatReply& reply,
                                         size_t messages) {
  std::optional<Json> answers = last_object(
      reply.content,
      [&](const Json& object) { return answers_in(rubric, object, messages); });
  if (!answers) return std::nullopt;
  JudgeVerdict verdict;
  verdict.rubric = rubric.hash;
  verdict.judge = reply.player;
  verdict.answers = std::move(*answers);
  verdict.good = verdict.holds(rubric.good);
  return verdict;
}

asio::awaitable<std::optional<JudgeVerdict>> judge(ChatModel& model,
                                                   const Rubric& rubric,
                                                   ChatRequest request,
                                                   size_t messages) {
  std::function<std::optional<JudgeVerdict>(const ChatReply&, std::string&)>
      read = [&rubric, messages](const ChatReply& reply, std::string& wrong) {
        wrong =
            "Answer with the JSON object alone, with every statement in it: " +
            example_text(rubric);
        return read_verdict(rubric, reply, messages);
      };
  auto verdict =
      ask_twice<JudgeVerdict>(model, std::move(request), std::move(read));
  std::optional<JudgeVerdict> result = co_await std::move(verdict);
  co_return result;
}

}  // namespace simulate
