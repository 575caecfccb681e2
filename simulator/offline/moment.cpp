#include "simulator/offline/moment.h"

#include <re2/re2.h>

#include <algorithm>

#include "simulator/base/hash.h"
#include "simulator/base/random.h"
#include "simulator/base/text.h"
#include "simulator/calls/reply_parser.h"
#include "simulator/offline/words.h"

namespace simulate::offline {

namespace {

using From = ChatMessage::From;

bool is_result(const ChatMessage& message) {
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

// Talk, not facts, although it is in the first person.
bool is_passing(const std::string& sentence) {
  static const RE2 passing(
      R"((?i)^(?:i|we)(?:'d| would)? (?:rather|think|guess|suppose|hope|wonder|mean|)"
      R"(feel|told|said|did|know|don't know|doubt|believe|would|could|should|)"
      R"(must|might|will|have to go|need to|just|want to|need|would like|only meant|dreamt|can't say|)"
      R"(was just|am just|mention|see|like you|agree)\b|^i'll\b|^i'd\b)");
  return RE2::PartialMatch(sentence, passing);
}

std::string without_lead(std::string sentence) {
  static const RE2 lead(
      R"(^(?i)(?:(?:well|also|and|oh|anyway|so|by the way|actually|you see|)"
      R"(see|mind you|hm|honestly|yes|no)(?:, | ))+)");
  RE2::Replace(&sentence, lead, "");
  return sentence;
}

std::vector<std::string> facts_in(const std::string& said) {
  static const RE2 own(R"((?i)^(?:I|I'm|I've|My|Our|We)\b)");
  std::vector<std::string> facts;
  for (const std::string& whole : sentences_of(said)) {
    std::string sentence = without_lead(whole);
    if (!RE2::PartialMatch(sentence, own) || is_passing(sentence)) continue;
    if (contains(sentence, "told you")) continue;
    if (sentence.back() == '?' || split(sentence, ' ').size() < 4) continue;
    facts.push_back(sentence);
  }
  return facts;
}

// "milk and bread" of "put milk and bread on my shopping list".
std::vector<std::string> things_in(const std::string& said) {
  static const RE2 list(R"((?i)\bput ([^.?!]+?) on (?:my|the) shopping list)");
  static const RE2 article("^(?:a|an|some|the|more) ");
  std::string found;
  if (!RE2::PartialMatch(said, list, &found)) return {};
  std::vector<std::string> things;
  for (std::string thing : split(replaced(found, " and ", ","), ',')) {
    thing = trimmed(thing);
    RE2::Replace(&thing, article, "");
    if (!thing.empty()) things.push_back(std::move(thing));
  }
  return things;
}

// What comes after "about", up to a mark, where the past is spoken of.
std::string subject_of(const std::string& said) {
  static const RE2 about(
      R"((?i)(?:told|said|tell|say|remember|know|talked|something) [^.?!]*?)"
      R"(about (.+?)(?:[,.?!:](?:\s|$)|$))");
  std::string subject;
  if (!RE2::PartialMatch(said, about, &subject)) return "that";
  return subject;
}

}  // namespace

Moment::Moment(const ChatRequest& request) {
  read_scene(request.scene);
  std::vector<ChatMessage> messages = request.messages;
  if (request.scene.contains("correction") && messages.size() > 2) {
    messages.resize(messages.size() - 2);  // the rejected reply, the complaint
  }
  read_messages(messages);
  facts = facts_in(said);
  subject = subject_of(said);
  read_wishes();
}

void Moment::read_scene(const Json& scene) {
  session = scene.value("session", 1);
  turn = scene.value("turn", 1);
  turns = scene.value("turns", 1);
  round = scene.value("round", 0);
  appetite = string_at(scene, "appetite", "ordinary");
  date = string_at(scene, "date");
  json_syntax = string_at(scene, "syntax") == "json";
  tools = scene.value("tools", Json::object());
}

void Moment::read_messages(const std::vector<ChatMessage>& messages) {
  size_t first = 0;  // of the calls that await their results
  for (const ChatMessage& message : messages) {
    if (message.from == From::system) {
      reminders = reminders_in(message.content);
      seed = quick_hash(message.content);
    } else if (is_result(message)) {
      join_results(calls, first, results_in(message.content));
    } else if (message.from == From::user) {
      earlier.insert(earlier.end(), calls.begin(), calls.end());
      calls.clear();
      said = message.content;
      read_topic(said);
      seed = seed_for(seed, said);
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

// The first thing a talk is said to be about. Questions about the past have
// subjects of their own, and facts happen to hold the word.
void Moment::read_topic(const std::string& said) {
  static const RE2 other(
      R"((?i)\b(?:told|said|remember|did i|know about|remind|forget)\b)");
  static const RE2 about(
      R"((?i)(?:\babout|:) ([^.?!,;:]{3}.*?)(?:[.?!,;:](?:\s|$)|$))");
  if (!topic.empty()) return;
  for (const std::string& sentence : sentences_of(said)) {
    if (RE2::PartialMatch(sentence, other) || !facts_in(sentence).empty()) {
      continue;
    }
    std::string found;
    if (!RE2::PartialMatch(sentence, about, &found)) continue;
    topic = found;
    return;
  }
}

void Moment::read_wishes() {
  static const RE2 tool(R"((?i)\btry (?:out )?your tool ([\w.-]*\w))");
  static const RE2 forget(R"((?i)\bforget what i\b)");
  static const RE2 remind(R"((?i)\bremind me\b)");
  static const RE2 opinion(
      R"((?i)what do you think|what would you do|how do you see|opinion|)"
      R"(\bam i [^?]*\?|any thoughts)");
  static const RE2 hurry(
      R"((?i)minutes\b|quick one|quickly|in a rush|eyes half|off to bed|)"
      R"(good night|have to go)");
  static const RE2 goodbye(
      R"((?i)\b(?:bye|goodbye|good night|have to run|must go|got to go|)"
      R"(until next time|talk (?:soon|later|tomorrow)|that's all from me|)"
      R"(time to go|see you|take care|talk to you soon)\b)");
  wishes.forget = RE2::PartialMatch(said, forget);
  wishes.reminder = RE2::PartialMatch(said, remind);
  std::string errand;
  if (RE2::PartialMatch(said, tool, &errand)) read_errand(errand);
  wishes.shopping = things_in(said);
  wishes.opinion = RE2::PartialMatch(said, opinion);
  wishes.goodbye = RE2::PartialMatch(said, goodbye);
  wishes.hurry = RE2::PartialMatch(said, hurry);
  if (!wishes.forget) read_past();
  read_done();
}

// Some people write everything in lower case.
void Moment::read_errand(const std::string& named) {
  for (const auto& [tool, example] : tools.items()) {
    if (lowered(tool) == lowered(named)) wishes.errand = tool;
  }
}

void Moment::read_past() {
  static const RE2 told(R"((?i)\bi (?:did tell|told) you\b)");
  static const RE2 really(R"((?i)^\W*(?:seriously|really)\?)");
  static const RE2 quiz(
      R"((?i)\bdo you (?:still |even )?(?:remember|know)|\bwhat did i|)"
      R"(\bwhat do you .*know|still remember|\byou .*remember what|)"
      R"(still have it)");
  bool asks = contains(said, "?");
  wishes.insists = (!asks && RE2::PartialMatch(said, told)) ||
                   RE2::PartialMatch(said, really);
  wishes.quiz = !wishes.insists && RE2::PartialMatch(said, quiz);
}

void Moment::read_done() {
  static const RE2 no(R"((?i)^\W*(?:no|not yet)\b)");
  static const RE2 yes(R"((?i)\bdone\b|^\W*(?:yes|yep)\b)");
  if (!contains(lowered(before), "is that done?")) return;
  wishes.not_done = RE2::PartialMatch(said, no);
  wishes.done = !wishes.not_done && RE2::PartialMatch(said, yes);
}

bool Moment::offers(const std::string& tool) const {
  return tools.contains(tool);
}

const MadeCall* Moment::made(const std::string& tool) const {
  for (const MadeCall& call : calls) {
    if (call.name == tool && !call.failed()) return &call;
  }
  return nullptr;
}

bool Moment::tried(const std::string& tool, const Json& arguments) const {
  return std::any_of(calls.begin(), calls.end(), [&](const MadeCall& call) {
    return call.name == tool && call.arguments == arguments &&
           !call.failed_for_now();
  });
}

bool Moment::failed_for_now(const std::string& tool) const {
  return std::any_of(calls.begin(), calls.end(), [&](const MadeCall& call) {
    return call.name == tool && call.failed_for_now();
  });
}

const Json* Moment::memories_seen() const {
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

bool Moment::diary_written() const {
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
