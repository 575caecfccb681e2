// Conversations as the program makes them, with defects planted into half of
// them: how many of these are found, and how many of what is found was planted.
// Prints both for each kind.
#include <gtest/gtest.h>

#include <cstdio>
#include <functional>
#include <set>

#include "simulator/base/random.h"
#include "simulator/base/text.h"
#include "simulator/guards/deeds.h"
#include "simulator/samples/imported_file.h"
#include "tests/program/program.h"
#include "tests/repetitions.h"
#include "tests/report/talks.h"

namespace simulate {
namespace {

using Talks = std::vector<FinishedConversation>;

// Made once, by the built program's own scripted model.
const Talks& made() {
  static const Talks talks = [] {
    Scratch scratch;
    Program program(scratch);
    std::string target = std::to_string(repetitions(800, 320));
    Ended ended = program.run({"--providers", "offline", "--target", target,
                               "--output", "made.json", "--seed", "5"});
    if (ended.status != 0) ADD_FAILURE() << ended.err;
    Talks all;
    ImportedFile file(scratch / "made.json");
    while (auto talk = file.next()) all.push_back(with_offer(*talk));
    return all;
  }();
  return talks;
}

// A word in the place of another, where it stands for itself.
bool put(std::string& text, const std::string& word, const std::string& other) {
  for (size_t at = text.find(word); at != text.npos;
       at = text.find(word, at + 1)) {
    auto is_part = [&](size_t i) {
      return i < text.size() &&
             std::isalnum(static_cast<unsigned char>(text[i])) != 0;
    };
    if (is_part(at + word.size()) || (at > 0 && is_part(at - 1))) continue;
    text.replace(at, word.size(), other);
    return true;
  }
  return false;
}

const std::set<std::string>& days() {
  static const std::set<std::string> all = {"Monday",   "Tuesday", "Wednesday",
                                            "Thursday", "Friday",  "Saturday",
                                            "Sunday"};
  return all;
}

// "name", "number", "day", as anybody would tell it by its look; empty: none.
// What opens the text may have its capital for that.
std::string kind_of(const std::string& word, bool opens) {
  if (days().count(word)) return "day";
  if (word.find_first_not_of("0123456789") == word.npos) return "number";
  bool capital = word[0] >= 'A' && word[0] <= 'Z';
  return capital && !opens && word.size() > 3 ? "name" : "";
}

std::string another(const std::string& word, const std::string& kind,
                    Random& random) {
  static const std::vector<std::string> names = {"Quirin", "Oduya", "Brezna"};
  if (kind == "name") return random.pick(names);
  if (kind == "number") {
    return std::to_string(std::stoll(word) + random.between(3, 9));
  }
  std::vector<std::string> others(days().begin(), days().end());
  std::erase(others, word);
  return random.pick(others);
}

// Words of letters and digits, and whether each opens a sentence.
std::vector<std::pair<std::string, bool>> words_in(const std::string& text) {
  std::vector<std::pair<std::string, bool>> words;
  bool opens = true;
  std::string word;
  for (char c : text + " ") {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      word += c;
      continue;
    }
    if (!word.empty()) {
      words.emplace_back(word, opens);
      opens = false;
    }
    word.clear();
    if (c == '.' || c == '!' || c == '?' || c == ':' || c == '\n') opens = true;
  }
  return words;
}

// What the tools returned since the person last spoke before that message.
std::string results_before(const FinishedConversation& talk, size_t position) {
  std::string text;
  for (size_t i = position; i-- > 0;) {
    const Message& message = talk.transcript.messages[i];
    if (message.speaker == Speaker::tester) break;
    if (message.speaker == Speaker::tool) text += to_text(message.result.body);
  }
  return text;
}

// Changes one word of an answer that stands in what a tool has just returned;
// of a day that a tool was called will do, since tools write dates. Knows
// nothing of what claims are looked for.
bool plant_wrong_fact(FinishedConversation& talk, const std::string& kind,
                      Random& random) {
  for (size_t i = 0; i < talk.transcript.messages.size(); ++i) {
    Message& message = talk.transcript.messages[i];
    if (message.speaker != Speaker::assistant) continue;
    std::string results = results_before(talk, i);
    if (results.empty()) continue;
    for (const auto& [word, opens] : words_in(message.content)) {
      if (kind_of(word, opens) != kind) continue;
      if (kind != "day" && !contains(results, word)) continue;
      if (put(message.content, word, another(word, kind, random))) return true;
    }
  }
  return false;
}

// Texts of the conversation but the results of tools, and what came after.
bool is_said(const FinishedConversation& talk, size_t before,
             const std::string& fact) {
  for (size_t i = 0; i < before; ++i) {
    const Message& message = talk.transcript.messages[i];
    if (contains(lowered(message.content), lowered(fact))) return true;
  }
  return false;
}

// What was found is no longer there, though it is told.
bool plant_empty_result(FinishedConversation& talk) {
  auto& messages = talk.transcript.messages;
  for (const MemoryClaim& claim : memory_claims(talk, {"en", "", "Ada"})) {
    bool told = claim.kind == "name" || claim.kind == "number";
    if (!told || !claim.backed || is_said(talk, claim.position, claim.fact)) {
      continue;
    }
    bool planted = false;
    for (size_t i = 0; i < claim.position; ++i) {
      const ToolResult& result = messages[i].result;
      if (!contains(to_text(result.body), claim.fact)) continue;
      if (!guards::does(result.name, guards::Deed::find)) return false;
      messages[i].result.body = {{"found", Json::array()}};
      planted = true;
    }
    if (planted) return true;
  }
  return false;
}

// A reminder is said to be set, and the call is gone.
bool plant_undone_deed(FinishedConversation& talk) {
  for (const MemoryClaim& claim : memory_claims(talk, {"en", "", "Ada"})) {
    bool deed =
        claim.kind == "set" || claim.kind == "saved" || claim.kind == "deleted";
    if (!deed || !claim.backed) continue;
    for (Message& message : talk.transcript.messages) {
      if (message.speaker != Speaker::tool) continue;
      message.result.error = true;
      message.result.body = {{"error", "the tool is out of order"}};
    }
    return true;
  }
  return false;
}

struct Found {
  int planted = 0;
  int hits = 0;          // of these
  int untouched = 0;     // in which nothing was planted
  int false_alarms = 0;  // of these

  double recall() const { return double(hits) / planted; }
  // As if half were planted, whatever their number.
  double precision() const {
    double alarms = double(false_alarms) / std::max(1, untouched);
    return recall() / (recall() + alarms);
  }
};

// Into every second conversation that allows it.
Found found_after(const std::function<bool(FinishedConversation&)>& plant) {
  Found found;
  int allowing = 0;
  for (const FinishedConversation& talk : made()) {
    FinishedConversation changed = talk;
    if (!plant(changed)) continue;
    bool planted = ++allowing % 2 == 0;
    Reading reading(planted ? changed : talk, {});
    bool alarm = reading.unbacked_claims() > 0;
    ++(planted ? found.planted : found.untouched);
    if (alarm) ++(planted ? found.hits : found.false_alarms);
  }
  return found;
}

void print(const char* what, const Found& found) {
  std::printf("  %-34s %4d planted  recall %.3f  precision %.3f\n", what,
              found.planted, found.recall(), found.precision());
}

TEST(PlantedInReports, OfMemoryAreFound) {
  Random random(3);
  for (const char* kind : {"name", "number", "day"}) {
    Found found = found_after([&](FinishedConversation& talk) {
      return plant_wrong_fact(talk, kind, random);
    });
    print((std::string("a wrong ") + kind).c_str(), found);
    EXPECT_GE(found.planted, 10) << kind;
    EXPECT_GE(found.recall(), 0.7) << kind;
    EXPECT_GE(found.precision(), 0.95) << kind;
  }
  Found empty = found_after(plant_empty_result);
  print("told, though the result is empty", empty);
  EXPECT_GE(empty.recall(), 0.8);
  EXPECT_GE(empty.precision(), 0.95);
  Found undone = found_after(plant_undone_deed);
  print("a deed whose call failed", undone);
  EXPECT_GE(undone.recall(), 0.8);
  EXPECT_GE(undone.precision(), 0.95);
}

// A figure that counts what was planted: by how much it rises.
struct Planted {
  const char* name;
  const char* section;
  const char* figure;
  std::function<void(FinishedConversation&)> plant;
};

Message& last_of(FinishedConversation& talk) {
  return talk.transcript.messages.back();
}

TEST(PlantedInReports, RaiseTheirFigureByAsMany) {
  const std::vector<Planted> all = {
      {"no answer at the end", "endings", "unanswered",
       [](auto& talk) { talk.transcript.messages.pop_back(); }},
      {"a blank reply", "endings", "blank_replies",
       [](auto& talk) { last_of(talk).content = " "; }},
      {"an answer that breaks off", "lengths", "broken_off",
       [](auto& talk) { last_of(talk).content = "That is so. And then the"; }},
      {"a claim to be human", "guards", "kept_faults",
       [](auto& talk) {
         last_of(talk).content = "I had lunch with my husband yesterday.";
       }},
      {"a thought of the user", "thoughts", "faulty",
       [](auto& talk) { last_of(talk).thinking = "The user wants to leave."; }},
  };
  DatasetReport before = report_of(made());
  for (const Planted& one : all) {
    Talks talks = made();
    int planted = 0;
    for (size_t i = 0; i < talks.size(); i += 10, ++planted) {
      one.plant(talks[i]);
    }
    DatasetReport after = report_of(talks);
    const Figure* was = before.find(one.section, one.figure);
    const Figure* is = after.find(one.section, one.figure);
    ASSERT_TRUE(was && is && was->value && is->value) << one.name;
    double rise = *is->value - *was->value;
    EXPECT_GT(rise, 0) << one.name;
    EXPECT_GE(is->verdict, FigureVerdict::look) << one.name;
    std::printf("  %-34s %4d planted  %s: %.4f -> %.4f\n", one.name, planted,
                one.figure, *was->value, *is->value);
  }
}

TEST(PlantedInReports, OfCopiesAreCounted) {
  DatasetReport before = report_of(made());
  Talks talks = made();
  const size_t more = made().size() / 10;
  for (size_t i = 0; i < more; ++i) {
    FinishedConversation copy = made()[i * 7];
    copy.id = "copy_" + std::to_string(i);
    talks.push_back(copy);
  }
  DatasetReport after = report_of(talks);
  auto copies = [](const DatasetReport& report) {
    return *report.find("duplicates", "exact_duplicates")->value *
           static_cast<double>(report.conversations);
  };
  std::printf("  %-34s %4zu planted  %.0f -> %.0f\n", "a copy", more,
              copies(before), copies(after));
  // One whose original was a near copy before becomes an exact one.
  EXPECT_NEAR(copies(after) - copies(before), static_cast<double>(more), 0.001);
}

}  // namespace
}  // namespace simulate
