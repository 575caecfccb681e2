#include "simulator/report/reading.h"

#include <algorithm>

#include "simulator/base/text.h"
#include "simulator/guards/spoken_language.h"

namespace simulate {

namespace {

constexpr size_t kEnoughToHear = 4000;  // bytes, to tell a language by
constexpr int64_t kBytesOfAToken = 4;

std::string language_of(const Reading& reading) {
  std::string named = reading.label("language");
  if (!named.empty()) return named;
  std::string heard;
  for (const Message* message : reading.questions) {
    if (heard.size() < kEnoughToHear) heard += message->content + "\n";
  }
  std::string other = guards::other_language_in(heard, "en");
  return other.empty() ? "en" : other;
}

int64_t trained_tokens_of(const Reading& reading) {
  if (auto told = reading.number("trained_tokens")) {
    return static_cast<int64_t>(*told);
  }
  size_t bytes = 0;
  for (const Message& message : reading.messages()) {
    if (message.speaker != Speaker::assistant || !message.train) continue;
    bytes += message.content.size() + message.thinking.size();
    for (const ToolCall& call : message.calls) {
      bytes += call.name.size() + to_text(call.arguments).size();
    }
  }
  return static_cast<int64_t>(bytes) / kBytesOfAToken;
}

// What each message would be told today, in the conversation so far.
std::vector<KeptFault> faults_of(const Reading& reading,
                                 const Between& between) {
  std::vector<KeptFault> faults;
  Transcript before;
  before.offer = reading.talk.transcript.offer;
  int turn = 0;
  for (size_t i = 0; i < reading.messages().size(); ++i) {
    const Message& message = reading.messages()[i];
    if (message.speaker == Speaker::tester) ++turn;
    if (message.speaker == Speaker::tester ||
        message.speaker == Speaker::assistant) {
      guards::Said said{message.speaker, message.content, message.thinking,
                        message.calls};
      guards::Scene scene{
          before, between.language, between.person, between.companion, turn, 0};
      for (const guards::Guard* guard : guards::found(said, scene)) {
        faults.push_back({guard, i});
      }
    }
    before.messages.push_back(message);
  }
  return faults;
}

}  // namespace

Reading::Reading(const FinishedConversation& conversation,
                 const ReportRules& rules)
    : talk(conversation) {
  for (const Message& message : messages()) {
    if (message.speaker == Speaker::tester) questions.push_back(&message);
    if (message.speaker == Speaker::tool && message.result.error) ++errors;
    if (message.speaker != Speaker::assistant) continue;
    ++replies;
    calls += static_cast<int64_t>(message.calls.size());
    bool silent = trimmed(message.content).empty();
    if (!silent) answers.push_back(&message);
    if (silent && message.calls.empty()) ++blank_replies;
  }
  language = language_of(*this);
  Between between{language, label("persona"), rules.assistant_name};
  faults = faults_of(*this, between);
  claims = memory_claims(talk, between);
  trained_tokens = trained_tokens_of(*this);
}

std::string Reading::label(const std::string& key) const {
  if (!talk.metadata.is_object()) return "";
  auto found = talk.metadata.find(key);
  if (found == talk.metadata.end() || found->is_null()) return "";
  return found->is_string() ? found->get<std::string>() : to_text(*found);
}

std::optional<double> Reading::number(const std::string& key) const {
  if (!talk.metadata.is_object()) return std::nullopt;
  auto found = talk.metadata.find(key);
  if (found == talk.metadata.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

bool Reading::has(const std::string& key) const {
  return talk.metadata.is_object() && talk.metadata.contains(key);
}

int64_t Reading::unbacked_claims() const {
  return std::count_if(claims.begin(), claims.end(),
                       [](const MemoryClaim& one) { return !one.backed; });
}

std::string Reading::said_by_both() const {
  std::string text;
  for (const Message& message : messages()) {
    bool speaks = message.speaker == Speaker::tester ||
                  message.speaker == Speaker::assistant;
    if (!speaks || message.content.empty()) continue;
    text += message.content;
    text += '\n';
  }
  return text;
}

FinishedConversation with_offer(FinishedConversation talk) {
  std::vector<Message>& messages = talk.transcript.messages;
  std::string names = string_at(talk.metadata, "tools");
  if (talk.transcript.offer || names.empty() || messages.empty() ||
      messages.front().speaker != Speaker::system) {
    return talk;
  }
  const std::string& text = messages.front().content;
  Offer offer;
  size_t end = 0;
  for (const std::string& name : split(names, ',')) {
    offer.tools.push_back({name, "", "", Json::object()});
    size_t at = text.find(name + "(");
    if (at == text.npos) continue;
    end = std::max(end, std::min(text.find('\n', at), text.size()));
  }
  offer.text_size = static_cast<int64_t>(end);
  talk.transcript.offer = std::move(offer);
  return talk;
}

}  // namespace simulate
