#include "simulator/guards/guard.h"

#include <fstream>
#include <iterator>
#include <set>

#include "tests/guards/guard_rows.h"

namespace simulate::guards {
namespace {

using Names = std::set<std::pair<Speaker, std::string>>;

Names names_of(const std::vector<Row>& rows, Speaker speaker, bool caught) {
  Names names;
  for (const Row& row : rows) {
    if (row.caught == caught) names.insert({speaker, row.guard});
  }
  return names;
}

TEST(Guards, HaveEachARowThatIsCaughtAndOneThatIsNot) {
  for (bool caught : {true, false}) {
    Names names = names_of(tester_rows(), Speaker::tester, caught);
    names.merge(names_of(assistant_rows(), Speaker::assistant, caught));
    for (const Guard& guard : guards()) {
      EXPECT_TRUE(names.count({guard.speaker, guard.name}))
          << guard.name << (caught ? " catches nothing" : " spares nothing");
    }
  }
}

TEST(Guards, HaveANameOfTheirOwnAndACorrectionInSentences) {
  Names names;
  for (const Guard& guard : guards()) {
    EXPECT_TRUE(names.insert({guard.speaker, guard.name}).second) << guard.name;
    EXPECT_TRUE(std::string(guard.correction).ends_with(".")) << guard.name;
    EXPECT_EQ(guard_named(guard.name, guard.speaker), &guard);
  }
  EXPECT_EQ(guard_named("none", Speaker::tester), nullptr);
}

TEST(Guards, TellAllThatTheyFindInTheOrderOfTheTable) {
  Transcript before;
  before.messages = {person("hi")};
  Said said;
  said.words = "Let me check my memory.";
  std::vector<std::string> names;
  for (const Guard* guard : found(said, {before, "en", "Rolf"})) {
    names.push_back(guard->name);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"announced_call", "no_thinking"}));
}

TEST(Guards, StandOnThePageForUsers) {
  std::ifstream in(std::string(SIMULATE_SOURCE_DIR) + "/docs/guards.md");
  std::string page{std::istreambuf_iterator<char>(in), {}};
  for (const Guard& guard : guards()) {
    std::string row = std::string("| `") + guard.name + "` | " +
                      (guard.speaker == Speaker::tester ? "tester" : "Ada") +
                      " | " + severity_name(guard.severity) + " |";
    EXPECT_NE(page.find(row), std::string::npos) << row;
  }
}

}  // namespace
}  // namespace simulate::guards
