#include "simulator/conversation/persona_writer.h"

#include <gtest/gtest.h>

#include <set>

#include "simulator/base/text.h"
#include "simulator/offline/scripts.h"

namespace simulate {
namespace {

Json whole_person() {
  ChatRequest request = persona_request("asks", {"a diver", 1}, true);
  return *parse_json(offline::writer_script(request));
}

std::string fault_of(const Json& person) {
  std::string fault;
  EXPECT_FALSE(written_persona(to_text(person), fault)) << to_text(person);
  return fault;
}

TEST(PersonaWriter, TakesAWholePerson) {
  std::string fault;
  auto persona =
      written_persona("<think>{\"name\": \"draft\"}</think>Here:\n```json\n" +
                          to_text(whole_person()) + "\n```",
                      fault);
  ASSERT_TRUE(persona) << fault;
  EXPECT_TRUE(
      written_persona("{\"person\": " + to_text(whole_person()) + "}", fault));
  EXPECT_GE(persona->facts.size(), 8u);
  EXPECT_EQ(persona->events.size(), 3u);
}

TEST(PersonaWriter, SaysWhatIsMissing) {
  Json person = whole_person();
  person["facts"] = {"One."};
  person["events"] = Json::array();
  EXPECT_TRUE(contains(fault_of(person), "too few facts: 1, and 8"));
  person = whole_person();
  person["background"] = "Short.";
  EXPECT_TRUE(contains(fault_of(person), "background is too short"));
  person = whole_person();
  person["events"][0]["ends"] = "A fact of nobody.";
  EXPECT_TRUE(contains(fault_of(person), "must be one of \"facts\""));
  person = whole_person();
  person["topics"][1] = person["topics"][0];
  EXPECT_TRUE(contains(fault_of(person), "topic is there twice"));
  person = whole_person();
  person["age"] = "old";
  EXPECT_TRUE(contains(fault_of(person), "\"age\" must be a number"));
  std::string fault;
  EXPECT_FALSE(written_persona("I cannot.", fault));
  EXPECT_TRUE(contains(fault, "no JSON object"));
  EXPECT_FALSE(written_persona(std::string(1 << 18, '{'), fault));
}

TEST(PersonaWriter, AsksTheSameOfTheSameLineAndOtherLettersOfTheNext) {
  auto asked = [](const char* line, int variant) {
    return persona_request("asks", {line, variant}, false).messages[1].content;
  };
  EXPECT_EQ(asked("a diver", 1), asked("a diver", 1));
  std::set<std::string> letters;
  for (int variant = 1; variant <= 20; ++variant) {
    letters.insert(asked("a diver", variant));
  }
  EXPECT_GT(letters.size(), 15u);
}

}  // namespace
}  // namespace simulate
