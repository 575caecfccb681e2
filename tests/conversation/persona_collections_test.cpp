// Rows in the shapes of the collections; what they say is invented.
#include "simulator/conversation/persona_collections.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/text.h"

namespace simulate {
namespace {

using Texts = std::vector<std::string>;

Json row_of(const char* text) { return parse_json(text).value_or(Json()); }

Json american() {
  return row_of(R"x({
    "uuid": "0f3a",
    "professional_persona": "Ottilie Brandvold, a lamp keeper, mends what breaks.",
    "sports_persona": "Ottilie Brandvold rows across the bay before breakfast.",
    "arts_persona": "Ottilie Brandvold carves gulls out of driftwood.",
    "persona": "Ottilie Brandvold is a patient keeper who counts gulls.",
    "cultural_background": "Ottilie grew up in a harbour town. Her father, Dr. Brandvold, set bones.",
    "skills_and_expertise": "She reads the weather.",
    "skills_and_expertise_list": "['weather reading', \"ship's bells\"]",
    "hobbies_and_interests": "She carves.",
    "hobbies_and_interests_list": "['driftwood carving', \"gulls' nests\", 'rowing']",
    "career_goals_and_ambitions": "She wants to keep the lamp lit. She hopes to train an heir.",
    "sex": "Female", "age": 58, "marital_status": "never_married",
    "education_level": "high_school", "bachelors_field": "no_degree",
    "occupation": "lamp_keeper", "city": "Gull Point", "state": "ME",
    "zipcode": "00000", "country": "USA"})x");
}

TEST(PersonaCollections, ReadARowOfNemotron) {
  Json row = american();
  ASSERT_TRUE(is_collection_row(row));
  Persona persona = persona_from_row(row, "usa.jsonl:1", 1);
  EXPECT_EQ(persona.name, "Ottilie Brandvold");
  EXPECT_EQ(persona.age, 58);
  EXPECT_EQ(persona.occupation, "lamp keeper");
  EXPECT_EQ(persona.place, "Gull Point, ME, USA");
  EXPECT_EQ(persona.language, "en");
  EXPECT_EQ(persona.background,
            "Ottilie Brandvold is a patient keeper who counts gulls.");
  EXPECT_EQ(persona.goals, (Texts{"She wants to keep the lamp lit.",
                                  "She hopes to train an heir."}));
  EXPECT_EQ(persona.topics,
            (Texts{"driftwood carving", "gulls' nests", "rowing"}));
  EXPECT_EQ(persona.facts,
            (Texts{"Sex: Female.", "Marital status: never married.",
                   "Education: high school.", "Field of study: no degree.",
                   "Ottilie grew up in a harbour town.",
                   "Her father, Dr. Brandvold, set bones.",
                   "Skills and expertise: weather reading, ship's bells."}));
  EXPECT_EQ(persona.sides.size(), 3u);
  EXPECT_TRUE(persona.source.starts_with("Nemotron-Personas"));
  EXPECT_EQ(persona.licence, "CC BY 4.0");
}

TEST(PersonaCollections, KnowThePlacesAndLanguagesOfOtherCountries) {
  struct Row {
    const char* text;
    const char* place;
    const char* language;
    const char* utc_offset;
  };
  const Row rows[] = {
      {R"({"prefecture":"長崎県","region":"九州","area":"西日本","country":"日本"})",
       "長崎県, 日本", "ja", "+09:00"},
      {R"({"district":"부산-영도구","province":"부산","country":"대한민국"})",
       "부산-영도구, 부산, 대한민국", "ko", "+09:00"},
      {R"({"municipality":"Torres","state":"Rio Grande do Sul","country":"Brasil"})",
       "Torres, Rio Grande do Sul, Brasil", "pt", "+00:00"},
      {R"({"commune":"Brest","departement":"Finistère","country":"France"})",
       "Brest, Finistère, France", "fr", "+01:00"},
      {R"({"planning_area":"Bedok","country":"Singapore"})", "Bedok, Singapore",
       "en", "+08:00"},
      {R"({"district":"Kannur","state":"Kerala","zone":"Urban","country":"India"})",
       "Kannur, Kerala, India", "en", "+05:30"},
      {R"({"city":"Oostende","country":"Belgium","language":"nl"})",
       "Oostende, Belgium", "nl", "+00:00"},
  };
  for (const Row& expected : rows) {
    Json row = row_of(expected.text);
    row["persona"] = "Somebody who keeps a lamp.";
    row["travel_persona"] = "";
    Persona persona = persona_from_row(row, "x.jsonl:7", 7);
    EXPECT_EQ(persona.place, expected.place);
    EXPECT_EQ(persona.language, expected.language) << expected.place;
    EXPECT_EQ(persona.utc_offset, expected.utc_offset) << expected.place;
    EXPECT_EQ(persona.name, "Persona 7");
  }
}

TEST(PersonaCollections, SeeHindiByItsScript) {
  Json row =
      row_of(R"({"persona":"वह एक दीपस्तंभ की रखवाली करती है।","arts_persona":"",)"
             R"("country":"India"})");
  EXPECT_EQ(persona_from_row(row, "x.jsonl:1", 1).language, "hi");
}

TEST(PersonaCollections, ReadPersonaHubInItsShapes) {
  const std::pair<const char*, Texts> rows[] = {
      {R"({"persona":"A keeper of a lamp."})", {}},
      {R"x({"persona":"A keeper of a lamp.",
            "general domain (top 1 percent)":"Navigation",
            "specific domain (top 1 percent)":"Lighthouses",
            "general domain (top 0.1 percent)":"None",
            "specific domain (top 0.1 percent)":"None"})x",
       {"Lighthouses", "Navigation"}},
      {R"({"input persona":"A keeper of a lamp.","synthesized text":"How far?",)"
       R"("description":"math problem"})",
       {}},
  };
  for (const auto& [text, topics] : rows) {
    Json row = row_of(text);
    ASSERT_TRUE(is_collection_row(row)) << text;
    Persona persona = persona_from_row(row, "hub.jsonl:12", 12);
    EXPECT_EQ(persona.name, "Persona 12");
    EXPECT_EQ(persona.background, "A keeper of a lamp.");
    EXPECT_EQ(persona.topics, topics);
    EXPECT_EQ(persona.facts, Texts{});
    EXPECT_EQ(persona.licence, "CC BY-NC-SA 4.0");
  }
}

TEST(PersonaCollections, LeaveAWholePersonaAlone) {
  EXPECT_FALSE(is_collection_row(
      row_of(R"({"name":"Bo","background":"Sails.","source":"mine"})")));
}

TEST(PersonaCollections, TakeALicenceThatTheRowStates) {
  Persona persona = persona_from_row(
      row_of(R"({"persona":"A keeper.","source":"my notes","licence":""})"),
      "mine.jsonl:1", 1);
  EXPECT_EQ(persona.source, "my notes");
  EXPECT_EQ(persona.licence, "");
}

TEST(PersonaCollections, RefuseARowWithoutATextOfThePerson) {
  const std::pair<const char*, const char*> rows[] = {
      {R"({"persona":" "})",
       R"(persona 'x.jsonl:3': field "persona" must be a string)"},
      {R"({"input persona":5})", R"(field "input persona" must be a string)"},
      {R"({"uuid":"1","arts_persona":"","age":40})",
       R"(one of the fields "persona", "professional_persona" and the like)"},
  };
  for (const auto& [text, expected] : rows) {
    std::string said;
    try {
      persona_from_row(row_of(text), "x.jsonl:3", 3);
    } catch (const BadUsage& error) {
      said = error.what();
    }
    EXPECT_TRUE(contains(said, expected)) << said;
  }
}

TEST(PersonaCollections, BearWhatAFieldShouldNotHold) {
  Json row = american();
  row["age"] = "old";
  row["hobbies_and_interests_list"] = "['driftwood', __import__('os')]";
  row["skills_and_expertise_list"] = Json::array({"knots", 5});
  row["city"] = nullptr;
  Persona persona = persona_from_row(row, "usa.jsonl:1", 1);
  EXPECT_EQ(persona.age, 0);
  EXPECT_EQ(persona.topics, Texts{});
  EXPECT_EQ(persona.facts.back(), "Skills and expertise: knots.");
  EXPECT_EQ(persona.place, "ME, USA");
}

TEST(PersonaCollections, KeepTheWholePersonAsText) {
  Persona persona = persona_from_row(american(), "usa.jsonl:1", 1);
  Json text = persona.to_json();
  EXPECT_EQ(persona_from(text, "again").to_json(), text);
}

}  // namespace
}  // namespace simulate
