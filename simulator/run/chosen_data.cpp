#include "simulator/run/chosen_data.h"

#include <algorithm>
#include <cstdio>
#include <set>

#include "simulator/base/text.h"
#include "simulator/metrics/measured_words.h"
#include "simulator/metrics/word_runs.h"

namespace simulate {

namespace {

constexpr size_t kRunOfWords = 3;
constexpr size_t kSampledRuns = 48;  // of a conversation, the lowest hashes

std::string number_text(double number) {
  char text[16];
  std::snprintf(text, sizeof text, "%.2f", number);
  return text;
}

std::string like_text(const std::string& id, double likeness) {
  return "like " + id + " (" + number_text(likeness) + ")";
}

double share_that_holds(const JudgeVerdict& verdict) {
  double holds = 0;
  for (const auto& [name, answer] : verdict.answers.items()) {
    holds += answer.value("holds", true);
  }
  double all = static_cast<double>(verdict.answers.size());
  return all > 0 ? holds / all : 1;
}

int64_t number_at(const Json& metadata, const char* key) {
  auto found = metadata.find(key);
  bool number = found != metadata.end() && found->is_number_integer();
  return number ? found->get<int64_t>() : 0;
}

}  // namespace

std::string spoken_text(const Transcript& transcript) {
  std::string text;
  for (const Message& message : transcript.messages) {
    bool spoken = message.speaker == Speaker::tester ||
                  message.speaker == Speaker::assistant;
    if (spoken && !message.content.empty()) text += message.content + '\n';
  }
  return text;
}

std::vector<LeftOut> duplicates_of(const std::vector<std::string>& ids,
                                   const std::vector<DuplicatePair>& pairs) {
  std::vector<LeftOut> found;
  for (const DuplicatePair& pair : pairs) {
    const std::string& first = ids[static_cast<size_t>(pair.first)];
    found.push_back({static_cast<size_t>(pair.second),
                     pair.exact ? "the same as " + first
                                : like_text(first, pair.likeness)});
  }
  return found;
}

std::vector<LeftOut> duplicates_of(const std::vector<std::string>& ids,
                                   const std::vector<VectorPair>& pairs) {
  std::vector<LeftOut> found;
  for (const VectorPair& pair : pairs) {
    found.push_back({pair.second, like_text(ids[pair.first], pair.cosine)});
  }
  return found;
}

double quality_of(const FinishedConversation& talk) {
  const Json& known = talk.metadata;
  double quality = 1;
  if (talk.verdict) {
    quality *= share_that_holds(*talk.verdict) * (talk.verdict->good ? 1 : 0.5);
  }
  double turns = std::max(1, talk.transcript.turns());
  double corrections =
      static_cast<double>(number_at(known, "corrections")) / turns;
  quality *= 1 - std::min(0.5, corrections / 2);
  double errors =
      talk.transcript.tool_errors() - talk.transcript.tool_failures();
  quality *= 1 - std::min(0.5, errors / turns / 2);
  if (known.value("took_place", Json(true)) == false) quality *= 0.7;
  if (!string_at(known, "blemishes").empty()) quality *= 0.8;
  return quality;
}

Choosable choosable_of(const FinishedConversation& talk, size_t place,
                       double quality) {
  Choosable candidate;
  candidate.number = static_cast<int64_t>(place);
  candidate.quality = quality;
  std::vector<uint64_t>& features = candidate.features;
  std::string spoken = spoken_text(talk.transcript);
  features = run_hashes(word_hashes(measured_words(spoken)), kRunOfWords);
  make_distinct(features);
  features.resize(std::min(features.size(), kSampledRuns));
  for (const char* label :
       {"persona", "situation", "language", "mood", "topic", "style"}) {
    std::string value = string_at(talk.metadata, label);
    if (!value.empty()) {
      features.push_back(text_hash(std::string(label) + '=' + value));
    }
  }
  for (const Message& message : talk.transcript.messages) {
    for (const ToolCall& call : message.calls) {
      features.push_back(text_hash("tool=" + call.name));
    }
  }
  make_distinct(features);
  return candidate;
}

std::vector<LeftOut> passed_over(const std::vector<std::string>& ids,
                                 const Selection& selection) {
  std::vector<LeftOut> found;
  for (const PassedOver& one : selection.passed_over) {
    std::string why = told(one);
    std::string number = "number " + std::to_string(one.instead);
    const std::string& id = ids[static_cast<size_t>(one.instead)];
    found.push_back(
        {static_cast<size_t>(one.number), replaced(why, number, id)});
  }
  return found;
}

}  // namespace simulate
