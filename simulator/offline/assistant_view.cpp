#include "simulator/offline/assistant_view.h"

#include <re2/re2.h>

#include <algorithm>

#include "simulator/base/hash.h"
#include "simulator/base/random.h"
#include "simulator/base/text.h"
#include "simulator/calls/reply_parser.h"
#include "simulator/offline/phrasebook.h"
#include "simulator/offline/words.h"

namespace simulate::offline {

namespace {

using From = TextMessage::From;

bool is_result(const TextMessage& message) {
  return message.from == From::user &&
         message.content.starts_with("<tool_result>");
}

std::vector<Json> results_in(const std::string& text) {
  static const RE2 pattern(R"((?s)<tool_result>(.*?)</tool_result>)");
  std::vector<Json> results;
  re2::StringPiece rest(text);
  std::string body;
  while (RE2::FindAndConsume(&rest, pattern, &body)) {
    results.push_back(parse_json(body).value_or(Json::object()));
  }
  return results;
}

void join_results(std::vector<MadeCall>& calls, size_t first,
                  std::vector<Json> results) {
  for (size_t i = 0; i < results.size() && first + i < calls.size(); ++i) {
    calls[first + i].result = std::move(results[i]);
  }
}

// "- Their cataract surgery (due 2025-03-07)" and so on, without the "- ".
std::vector<std::string> reminders_in(const std::string& system) {
  static constexpr std::string_view kTitle = "Open reminders:\n";
  std::vector<std::string> lines;
  size_t at = system.find(kTitle);
  if (at == std::string::npos) return lines;
  std::string list = system.substr(at + kTitle.size());
  for (const std::string& line : split(list, '\n')) {
    if (!line.starts_with("- ")) break;
    lines.push_back(line.substr(2));
  }
  return lines;
}

// How much of what was told a row holds.
size_t fitness(const Json& row, const Values& told) {
  size_t shared = 0;
  for (const auto& [name, value] : row.items()) {
    shared += lowered(string_at(told, name)) == lowered(string_at(row, name)) &&
              told.contains(name);
  }
  return shared;
}

// Of rows the one that was spoken of, else the first.
const Json& chosen_row(const Json& rows, const Values& told) {
  const Json* best = &rows.front();
  for (const Json& row : rows) {
    if (fitness(row, told) > fitness(*best, told)) best = &row;
  }
  return *best;
}

void learn(const Json& result, const Values& told, Values& known) {
  if (!result.is_object()) return;
  for (const auto& [name, value] : result.items()) {
    if (value.is_object()) {
      learn(value, told, known);
    } else if (!value.is_array()) {
      known[name] = value;
    } else if (!value.empty()) {
      learn(chosen_row(value, told), told, known);
    }
  }
}

}  // namespace

AssistantView::AssistantView(const ChatRequest& request,
                             std::vector<TextMessage> texts,
                             const Scenes& scenes) {
  read_scene(request.scene);
  if (request.scene.contains("correction") && texts.size() > 2) {
    texts.resize(texts.size() - 2);  // the rejected reply, the complaint
  }
  read_messages(texts, scenes);
  facts = facts_in(said);
  subject = subject_in(said);
  wishes = wishes_in(said, before, tools);
  if (!wishes.subject.empty()) subject = wishes.subject;
}

void AssistantView::read_scene(const Json& scene) {
  session = scene.value("session", 1);
  turn = scene.value("turn", 1);
  turns = scene.value("turns", 1);
  round = scene.value("round", 0);
  date = string_at(scene, "date");
  json_syntax = string_at(scene, "syntax") == "json";
  tools = scene.value("tools", Json::object());
}

void AssistantView::hear(const std::string& message, const Scenes& scenes) {
  earlier.insert(earlier.end(), calls.begin(), calls.end());
  calls.clear();
  said = message;
  if (topic.empty()) topic = topic_in(said);
  seed = seed_for(seed, said);
  HeardLine heard = scenes.line_in(said);
  line = heard.line;
  told.update(heard.told);
}

void AssistantView::read_messages(const std::vector<TextMessage>& messages,
                                  const Scenes& scenes) {
  size_t first = 0;  // of the calls that await their results
  for (const TextMessage& message : messages) {
    if (message.from == From::system) {
      reminders = reminders_in(message.content);
      seed = quick_hash(message.content);
    } else if (is_result(message)) {
      join_results(calls, first, results_in(message.content));
    } else if (message.from == From::user) {
      hear(message.content, scenes);
    } else {
      ParsedReply reply = parse_reply(message.content);
      first = calls.size();
      for (ParsedCall& call : reply.calls) {
        calls.push_back({call.name, call.arguments, Json::object()});
      }
      if (reply.calls.empty()) answers.push_back(reply.content);
    }
  }
  if (!answers.empty()) before = answers.back();
}

size_t AssistantView::worked() const {
  return static_cast<size_t>(
      std::count_if(calls.begin(), calls.end(),
                    [](const MadeCall& call) { return !call.failed(); }));
}

Values AssistantView::known_after(size_t count) const {
  Values known = told;
  for (const MadeCall& call : earlier) {
    if (!call.failed()) learn(call.result, told, known);
  }
  for (const MadeCall& call : calls) {
    if (call.failed()) continue;
    if (count-- == 0) break;
    learn(call.result, told, known);
  }
  return known;
}

bool AssistantView::offers(const std::string& tool) const {
  return tools.contains(tool);
}

const MadeCall* AssistantView::made(const std::string& tool) const {
  for (const MadeCall& call : calls) {
    if (call.name == tool && !call.failed()) return &call;
  }
  return nullptr;
}

bool AssistantView::tried(const std::string& tool,
                          const Json& arguments) const {
  return std::any_of(calls.begin(), calls.end(), [&](const MadeCall& call) {
    return call.name == tool && call.arguments == arguments &&
           !call.failed_for_now();
  });
}

bool AssistantView::failed_for_now(const std::string& tool) const {
  return std::any_of(calls.begin(), calls.end(), [&](const MadeCall& call) {
    return call.name == tool && call.failed_for_now();
  });
}

const Json* AssistantView::memories_seen() const {
  for (const auto* list : {&calls, &earlier}) {
    for (auto call = list->rbegin(); call != list->rend(); ++call) {
      if (call->result.contains("memories")) return &call->result;
    }
  }
  return nullptr;
}

bool MadeCall::failed_for_now() const {
  return contains(string_at(result, "error"), "at the moment");
}

bool AssistantView::diary_written() const {
  return made("add_diary") != nullptr ||
         std::any_of(earlier.begin(), earlier.end(), [](const MadeCall& call) {
           return call.name == "add_diary";
         });
}

std::optional<Memory> best_memory(const Json& result,
                                  const std::string& subject) {
  std::optional<Memory> best;
  size_t most = 0;
  for (const Json& item : result.value("memories", Json::array())) {
    Memory memory{item.value("index", 0), string_at(item, "date"),
                  string_at(item, "text")};
    size_t shared = shared_words(memory.text, subject);
    if (shared <= most) continue;
    most = shared;
    best = memory;
  }
  return best;
}

}  // namespace simulate::offline
