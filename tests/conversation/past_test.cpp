#include "simulator/conversation/past.h"

#include <gtest/gtest.h>

#include "simulator/base/text.h"

namespace simulate {
namespace {

constexpr int64_t kDay = 24 * 60;
constexpr SimulatedTime kNow{20'151 * kDay + 600};  // Tuesday, 2025-03-04

PastSession session(int64_t days_ago, const std::vector<std::string>& words) {
  PastSession past;
  past.starts_at = {kNow.minutes - days_ago * kDay};
  Speaker speaker = Speaker::tester;
  for (const std::string& text : words) {
    past.spoken.push_back({speaker, text});
    bool tester = speaker == Speaker::tester;
    speaker = tester ? Speaker::assistant : Speaker::tester;
  }
  return past;
}

TEST(PastText, HasTheNewestFirstWithItsDay) {
  EXPECT_EQ(
      past_text(
          {session(1, {"hi", "hello"}), session(20, {"my cat\nBo", "a cat!"})},
          kNow, "Ada"),
      "yesterday (Monday, 2025-03-03):\nYou: hi\nAda: hello\n\n"
      "2 weeks ago (Wednesday, 2025-02-12):\nYou: my cat Bo\nAda: a cat!");
  EXPECT_EQ(past_text({}, kNow, "Ada"), "");
}

TEST(PastText, HasTheEndOfWhatDoesNotFit) {
  std::vector<std::string> words;
  for (int i = 0; i < 60; ++i) {
    words.push_back("line " + std::to_string(i) + std::string(60, '.'));
  }
  std::string text = past_text(
      {session(3, words), session(9, {"old" + std::string(200, '.')})}, kNow,
      "Ada");
  EXPECT_LE(text.size(), kMostPast);
  EXPECT_GT(text.size(), kMostPast - 100);
  EXPECT_TRUE(contains(text, "):\n...\n")) << text;
  EXPECT_TRUE(contains(text, "line 59"));
  EXPECT_FALSE(contains(text, "line 0."));
  EXPECT_FALSE(contains(text, "old"));
}

TEST(PastText, ShortensWhatIsLong) {
  const std::string much(5'000, 'x');
  std::string text = past_text({session(2, {much, much})}, kNow, "Ada");
  EXPECT_TRUE(contains(text, "You: " + std::string(280, 'x') + "...\n"));
  EXPECT_TRUE(text.ends_with("Ada: " + std::string(100, 'x') + "...")) << text;
}

Persona bo() {
  Persona persona;
  persona.name = "Bo";
  persona.facts = {"I live in Milan.", "I have a boat.", "I sing."};
  persona.events = {
      {"It was Turin after all.", "I live in Milan.", "I live in Turin."},
      {"The boat has sunk.", "I have a boat.", ""},
      {"I have a dog now.", "", "I have a dog."}};
  return persona;
}

Slot slot_with(const std::string& events) {
  Slot slot;
  slot.session = 3;
  slot.events = events;
  return slot;
}

TEST(AsOf, ShowsASideOfThePersonASession) {
  Persona persona = bo();
  persona.background = "Bo sails.";
  persona.sides = {"At work.", "At home."};
  Slot slot;
  const char* const expected[] = {"At work.", "At home.", "At work."};
  for (int session = 1; session <= 3; ++session) {
    slot.session = session;
    EXPECT_EQ(as_of(persona, slot).background,
              std::string("Bo sails.\n\n") + expected[session - 1]);
  }
}

TEST(AsOf, ChangesTheFactsByWhatHasHappened) {
  using Facts = std::vector<std::string>;
  EXPECT_EQ(as_of(bo(), slot_with("")).facts, bo().facts);
  EXPECT_EQ(as_of(bo(), slot_with("1,0,2")).facts,
            (Facts{"I live in Turin.", "I sing.", "I have a dog."}));
  EXPECT_EQ(as_of(bo(), slot_with("7,x,2")).facts.back(), "I have a dog.");
}

// A session that was given up told nobody what had happened by then.
TEST(NewsText, IsWhatTheNewestKeptSessionDidNotKnow) {
  const Slot slot = slot_with("1,0,2");
  EXPECT_EQ(news_text(bo(), slot, {true, "", "1"}),
            "- It was Turin after all. (Before: I live in Milan.)\n"
            "- I have a dog now.");
  EXPECT_EQ(changes_text(bo(), {true, "", "1"}),
            "- The boat has sunk. (Before: I have a boat.)");
  EXPECT_EQ(news_text(bo(), slot, {true, "", "1,0,2"}),
            "- (nothing in particular)");
}

TEST(MemoryText, SaysWhyItIsEmpty) {
  EXPECT_EQ(memory_text({}, 1), "(You have never talked before.)");
  EXPECT_EQ(memory_text({}, 2),
            "(You have talked before, but nothing of it has stayed with you.)");
  EXPECT_EQ(memory_text({true, "words", ""}, 2), "words");
}

}  // namespace
}  // namespace simulate
