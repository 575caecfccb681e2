#include "simulator/samples/validation_split.h"

#include <gtest/gtest.h>

#include <cmath>

namespace simulate {
namespace {

Json conversation_of(int person, const std::string& language,
                     const std::string& situation) {
  return {{"persona", "p" + std::to_string(person)},
          {"language", language},
          {"situation", situation}};
}

std::vector<Json> conversations(int people, int each) {
  std::vector<Json> all;
  for (int person = 0; person < people; ++person) {
    for (int number = 0; number < each; ++number) {
      all.push_back(conversation_of(person, person % 4 == 0 ? "de" : "en",
                                    number % 3 == 0 ? "secret" : "advice"));
    }
  }
  return all;
}

std::vector<Json> validation_of(const std::vector<Json>& all, double share) {
  ValidationSplit split(share);
  for (const Json& metadata : all) split.count(metadata);
  split.divide();
  std::vector<Json> chosen;
  for (const Json& metadata : all) {
    if (split.is_validation(metadata)) chosen.push_back(metadata);
  }
  return chosen;
}

int64_t count_where(const std::vector<Json>& all, const char* key,
                    const char* value) {
  return std::count_if(all.begin(), all.end(), [&](const Json& metadata) {
    return metadata[key] == value;
  });
}

TEST(ValidationSplit, KeepsItsShareOfEachLanguageAndSituation) {
  std::vector<Json> all = conversations(40, 9);
  std::vector<Json> chosen = validation_of(all, 0.1);
  for (auto [key, value] :
       {std::pair("language", "de"), std::pair("language", "en"),
        std::pair("situation", "secret")}) {
    auto wanted = 0.1 * static_cast<double>(count_where(all, key, value));
    auto got = static_cast<double>(count_where(chosen, key, value));
    EXPECT_LE(std::abs(got - wanted), 9) << key << " " << value;
    EXPECT_GT(got, 0) << key << " " << value;
  }
}

TEST(ValidationSplit, PutsNobodyOnBothSides) {
  std::vector<Json> all = conversations(40, 9);
  std::set<std::string> people;
  for (const Json& metadata : validation_of(all, 0.2)) {
    people.insert(metadata["persona"].get<std::string>());
  }
  EXPECT_EQ(people.size() * 9, validation_of(all, 0.2).size());
}

TEST(ValidationSplit, LeavesSomebodyToLearnFrom) {
  EXPECT_EQ(validation_of(conversations(1, 5), 0.5).size(), 0u);
  EXPECT_EQ(validation_of(conversations(2, 5), 0.1).size(), 5u);
  EXPECT_EQ(validation_of(conversations(2, 5), 1).size(), 5u);
}

TEST(ValidationSplit, DividesTheSameConversationsAlike) {
  std::vector<Json> all = conversations(30, 4);
  EXPECT_EQ(validation_of(all, 0.1), validation_of(all, 0.1));
}

TEST(ValidationSplit, RemembersNotMorePeopleThanItMay) {
  auto people = static_cast<int>(ValidationSplit::kMostPeople) + 1000;
  std::vector<Json> all = conversations(people, 1);
  auto got = static_cast<double>(validation_of(all, 0.1).size());
  EXPECT_NEAR(got / people, 0.1, 0.02);
}

}  // namespace
}  // namespace simulate
