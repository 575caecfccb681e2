#include "simulator/offline/phrase_file.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/text.h"

namespace simulate::offline {
namespace {

// A file with a list of each kind.
class SomeWords : public PhraseFile {
 public:
  explicit SomeWords(std::string_view text)
      : PhraseFile("some", text, {"topic"}) {
    expect_nothing_left();
  }

  const Phrases hello = list("hello");
  const PhraseGroups moods = groups("moods");
  const PhraseGroups tasks = groups_by_matter("tasks");
  const Pairs pronouns = pairs("pronouns");
  const std::string goodbye = any_of("goodbye");
};

std::string good_text() {
  return R"some({"about": "What to mind.",
 "hello": ["Hi[, you|].", "{Topic}?"],
 "moods": {"other": ["So."], "tired": ["Yawn."]},
 "tasks": {"other": ["write"], "health": ["ring"]},
 "pronouns": {"i": "you"},
 "goodbye": ["bye", "talk (?:soon|later)"]})some";
}

TEST(PhraseFile, ReadsItsLists) {
  SomeWords words(good_text());
  EXPECT_EQ(words.hello, (Phrases{"Hi[, you|].", "{Topic}?"}));
  EXPECT_EQ(words.moods.named_in("tired after a long day"), Phrases{"Yawn."});
  EXPECT_EQ(words.moods.named_in("calm"), Phrases{"So."});
  EXPECT_EQ(words.tasks.on(Matter::health), Phrases{"ring"});
  EXPECT_EQ(words.tasks.on(Matter::loss), Phrases{"write"});
  EXPECT_EQ(words.pronouns.front().second, "you");
  EXPECT_EQ(words.goodbye, "bye|talk (?:soon|later)");
}

TEST(PhraseFile, SaysWhereItIsWrong) {
  struct Row {
    const char* from;
    const char* to;
    const char* message;
  };
  const Row rows[] = {
      {"[\"So.\"]", "[\"So.\"", "phrases/some.json: line 3"},
      {"\"hello\"", "\"hullo\"", "phrases/some.json: hello: it is missing"},
      {"\"about\"", "\"abuot\"", "abuot: no list of this name is used"},
      {"\"bye\"", "\"(bye\"", "goodbye 1: no pattern: missing ): (bye"},
      {"[, you|]", "[, you|", "hello 1: a \"[\" has no \"]\": Hi[, you|."},
      {"[, you|]", ", you]", "hello 1: a \"]\" has no \"[\""},
      {"[, you|]", "|you", "hello 1: a \"|\" stands outside of [...]"},
      {"{Topic}", "{Tpoic}", "hello 2: no blank is named \"Tpoic\" here"},
      {"{Topic}", "{Topic", "here: {Topic?; there are: topic"},
      {"[\"Yawn.\"]", "[]", "moods: tired: it must be a list of at least one"},
      {"[\"Yawn.\"]", "[7]", "moods: tired 1: it must be a text"},
      {"\"other\": [\"So", "\"rest\": [\"So", "and one of them named"},
      {"\"health\"", "\"helth\"", "tasks: no subject is named \"helth\""},
      {"\"you\"}", "2}", "pronouns: \"i\" must become a text"},
  };
  for (const Row& row : rows) {
    std::string text = replaced(good_text(), row.from, row.to);
    ASSERT_NE(text, good_text()) << row.from;
    try {
      SomeWords words(text);
      ADD_FAILURE() << "nothing was wrong with " << row.to;
    } catch (const Fatal& fault) {
      EXPECT_TRUE(contains(fault.what(), row.message)) << fault.what();
    }
  }
}

}  // namespace
}  // namespace simulate::offline
