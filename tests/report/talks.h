// Conversations for the tests of reports, and a source that holds them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "simulator/report/reading.h"
#include "simulator/report/report.h"
#include "simulator/samples/source.h"

namespace simulate {

class TalksInMemory : public ConversationSource {
 public:
  explicit TalksInMemory(std::vector<FinishedConversation> talks)
      : talks_(std::move(talks)) {}

  std::optional<FinishedConversation> next() override {
    if (next_ == talks_.size()) return std::nullopt;
    return talks_[next_++];
  }
  void begin_again() override { next_ = 0; }

 private:
  std::vector<FinishedConversation> talks_;
  size_t next_ = 0;
};

// Built message by message.
class Talk {
 public:
  explicit Talk(std::string id) { talk_.id = std::move(id); }

  Talk& system(const std::string& text) { return say(Speaker::system, text); }
  Talk& user(const std::string& text) { return say(Speaker::tester, text); }
  Talk& ada(const std::string& text,
            const std::string& thought = "They want an answer.") {
    say(Speaker::assistant, text);
    messages().back().thinking = thought;
    messages().back().train = true;
    return *this;
  }
  // A call and what it returns.
  Talk& tool(const std::string& name, Json arguments, Json body,
             bool error = false) {
    ada("", "A tool knows that.");
    std::string id = "call" + std::to_string(10'000 + messages().size());
    messages().back().calls = {{id, name, std::move(arguments)}};
    messages().back().train = !error;
    say(Speaker::tool, "");
    messages().back().result = {id, name, std::move(body), error};
    return *this;
  }
  Talk& with(const std::string& key, Json value) {
    talk_.metadata[key] = std::move(value);
    return *this;
  }

  FinishedConversation take() const { return talk_; }

 private:
  std::vector<Message>& messages() { return talk_.transcript.messages; }
  Talk& say(Speaker speaker, const std::string& text) {
    messages().emplace_back().speaker = speaker;
    messages().back().content = text;
    return *this;
  }

  FinishedConversation talk_;
};

// Each unlike every other: number 7 talks of other things than number 8.
inline FinishedConversation plain_talk(int number) {
  static const char* kThings[] = {"lamp",   "kettle", "garden", "violin",
                                  "ladder", "parrot", "canal",  "quilt",
                                  "oven",   "tunnel", "meadow"};
  static const char* kWays[] = {"slowly",  "gladly", "badly", "twice",
                                "at dawn", "alone",  "again"};
  static const char* kDeeds[] = {"painting", "lending", "moving", "hiding",
                                 "cleaning", "drawing", "fixing", "selling",
                                 "sharing",  "naming",  "losing", "finding",
                                 "waxing"};
  std::string thing = kThings[number % 11];
  std::string way = kWays[number % 7];
  std::string deed = kDeeds[number % 13];
  return Talk("conv_" + std::to_string(100'000 + number))
      .user("About " + deed + " the " + thing + " " + way + ", what now?")
      .ada("The " + thing + " can wait, " + deed + " it " + way +
           " is half the fun.")
      .user("Then " + way + " it is, " + thing + " and all.")
      .ada("And " + deed + " is done " + way + ", dear " + thing + ".")
      .with("persona", "Ines")
      .with("language", "en")
      .with("ending", number % 2 == 0 ? "tester_left" : "turns_reached")
      .take();
}

inline std::vector<FinishedConversation> plain_talks(int number) {
  std::vector<FinishedConversation> talks;
  for (int i = 0; i < number; ++i) talks.push_back(plain_talk(i));
  return talks;
}

inline DatasetReport report_of(std::vector<FinishedConversation> talks,
                               const RunFacts* facts = nullptr,
                               ReportRules rules = {}) {
  TalksInMemory source(std::move(talks));
  if (rules.title.empty()) rules.title = "talks.json";
  return report_on(source, facts, rules);
}

}  // namespace simulate
