#include "simulator/report/memory_claims.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "simulator/report/known_facts.h"
#include "tests/report/talks.h"

namespace simulate {
namespace {

// Facts of the claims that nothing backs.
std::vector<std::string> unbacked(const Talk& talk,
                                  const std::string& language = "en") {
  std::vector<std::string> facts;
  FinishedConversation finished = talk.take();
  for (const MemoryClaim& claim :
       memory_claims(finished, {language, "Ines Roth", "Ada"})) {
    if (claim.backed) continue;
    facts.push_back(claim.fact.empty() ? claim.kind : claim.fact);
  }
  return facts;
}

using Facts = std::vector<std::string>;

Talk recalled(const std::string& answer) {
  return Talk("a")
      .user("When is my appointment, and what is my dentist called?")
      .tool("recall_memories", Json::object(),
            {{"memories",
              {{{"index", 1},
                {"text",
                 "Their dentist Karlsson expects them on Tuesday, "
                 "2025-03-04, at 16:30."}}}}})
      .ada(answer)
      .with("date", "2025-03-01");
}

TEST(MemoryClaims, AreBackedByWhatAResultSays) {
  for (const char* answer :
       {"Dr Karlsson expects you on Tuesday at 16:30.",
        "Karlsson it is, on the 4th of March, half past four.",
        "Tuesday at 4:30, at Karlsson's, in three days."}) {
    EXPECT_EQ(unbacked(recalled(answer)), Facts{}) << answer;
  }
}

TEST(MemoryClaims, AreNotBackedWhereTheNameTheDayOrTheHourIsAnother) {
  EXPECT_EQ(unbacked(recalled("It is with Dr Lindqvist, on Tuesday.")),
            Facts{"Lindqvist"});
  EXPECT_EQ(unbacked(recalled("Karlsson expects you on Friday.")),
            Facts{"Friday"});
  EXPECT_EQ(unbacked(recalled("At Karlsson's, on Tuesday at 17:30.")).back(),
            "17");
}

TEST(MemoryClaims, OfDeedsNeedACallThatWorked) {
  Talk saved("a");
  saved.user("My cat is called Bo.").ada("I've saved that for you.");
  EXPECT_EQ(unbacked(saved), Facts{"saved"});
  Talk called("b");
  called.user("My cat is called Bo.")
      .tool("add_memory", {{"input_text", {"Their cat is called Bo."}}},
            {{"stored", {"Their cat is called Bo."}}})
      .ada("I've saved that for you.");
  EXPECT_EQ(unbacked(called), Facts{});
}

TEST(MemoryClaims, AreBackedByTheRemindersBehindTheTools) {
  Talk talk("a");
  talk.system(
          "- recall_reminders(): Lists them.\n\nOpen reminders:\n"
          "- Tell Ines that Marek rings on Friday.")
      .user("Do you have any reminders for me?")
      .ada("Marek rings on Friday.")
      .with("tools", "recall_reminders");
  FinishedConversation offered = with_offer(talk.take());
  for (const MemoryClaim& claim :
       memory_claims(offered, {"en", "Ines", "Ada"})) {
    EXPECT_TRUE(claim.backed) << claim.fact;
  }
}

TEST(MemoryClaims, OfWhatIsStoredNeedThePersonsWords) {
  Talk talk("a");
  talk.user("My sister came by.")
      .tool("add_memory",
            {{"input_text", {"Their sister Paula came by with 14 boxes."}}},
            {{"total", 1}})
      .ada("That's good to hear.");
  EXPECT_EQ(unbacked(talk), (Facts{"Paula", "14"}));
}

TEST(MemoryClaims, SayNothingOfGeneralTalk) {
  Talk talk("a");
  talk.user("Who wrote The Leopard?")
      .ada("Giuseppe Tomasi di Lampedusa, and it came out in 1958.");
  EXPECT_EQ(unbacked(talk), Facts{});
}

TEST(MemoryClaims, ReadDaysOfOtherLanguages) {
  Talk talk("a");
  talk.user("Wann ist mein Termin?")
      .tool("recall_memories", Json::object(),
            {{"memories", {{{"index", 1}, {"text", "Termin am 2025-03-04"}}}}})
      .ada("Dein Termin ist am Freitag, nicht am Dienstag.");
  EXPECT_EQ(unbacked(talk, "de"), Facts{"Freitag"});
}

TEST(KnownFacts, KnowsWhatPeopleMakeOfNumbers) {
  KnownFacts known("en");
  known.set_today("2025-03-01");
  known.add_result(
      {{"due", "2025-03-15 16:00"}, {"list", {"a", "b", "c", "d"}}});
  for (int64_t value : {2025, 16, 4, 15, 14, 2, 3}) {
    EXPECT_TRUE(known.has_number(value)) << value;
  }
  EXPECT_FALSE(known.has_number(37));
  EXPECT_TRUE(known.has_day("March"));
  EXPECT_TRUE(known.has_day("Saturday"));
  EXPECT_FALSE(known.has_day("Wednesday"));
}

}  // namespace
}  // namespace simulate
