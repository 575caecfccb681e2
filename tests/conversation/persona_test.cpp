#include "simulator/conversation/persona.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "simulator/conversation/persona_list.h"

namespace simulate {
namespace {

TEST(Persona, ShipsFortyTwoThatAreGoodInSixLanguages) {
  auto personas =
      load_personas(std::filesystem::path(SIMULATE_SOURCE_DIR) / "personas");
  EXPECT_EQ(personas.size(), 42u);
  std::map<std::string, int> languages;
  for (const Persona& persona : personas) {
    EXPECT_GE(persona.facts.size(), 8u) << persona.name;
    EXPECT_GE(persona.topics.size(), 6u) << persona.name;
    EXPECT_FALSE(persona.speaking.empty()) << persona.name;
    EXPECT_GE(persona.events.size(), 4u) << persona.name;
    ++languages[persona.language];
    for (const LifeEvent& event : persona.events) {
      EXPECT_TRUE(event.ends.empty() ||
                  std::count(persona.facts.begin(), persona.facts.end(),
                             event.ends) == 1)
          << persona.name << ": " << event.ends;
    }
  }
  EXPECT_EQ(languages.size(), 6u);
  for (const auto& [language, people] : languages) EXPECT_GE(people, 6);
}

TEST(Persona, SurvivesItsJourneyThroughJson) {
  auto personas =
      load_personas(std::filesystem::path(SIMULATE_SOURCE_DIR) / "personas");
  for (const Persona& persona : personas) {
    const Json whole = persona.to_json();
    for (const Json& text : {whole, Persona::without_unstated(whole)}) {
      Persona again = persona_from(text, "x");
      EXPECT_EQ(to_text(again.to_json()), to_text(persona.to_json()));
    }
  }
}

}  // namespace
}  // namespace simulate
