#include "simulator/conversation/persona.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/conversation/persona_list.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

std::string complaint(const std::filesystem::path& path) {
  try {
    load_personas(path);
  } catch (const BadUsage& error) {
    return error.what();
  }
  return "";
}

TEST(Persona, ShipsTwelveThatAreGood) {
  auto personas =
      load_personas(std::filesystem::path(SIMULATE_SOURCE_DIR) / "personas");
  EXPECT_EQ(personas.size(), 12u);
  for (const Persona& persona : personas) {
    EXPECT_GE(persona.facts.size(), 8u) << persona.name;
    EXPECT_GE(persona.topics.size(), 6u) << persona.name;
    EXPECT_FALSE(persona.speaking.empty()) << persona.name;
  }
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

TEST(Persona, NamesFileFieldAndRemedy) {
  const std::pair<const char*, const char*> rows[] = {
      {R"({"name":"A","background":"b","age":"old"})",
       R"(persona 'a.json': field "age" must be a number)"},
      {R"({"name":"A","background":"b","facts":"x"})",
       R"(field "facts" must be a list of strings, got "x")"},
      {R"({"name":"A","background":"b","fact":["x"]})",
       R"(unknown field "fact"; did you mean "facts"?)"},
      {R"({"background":"b"})", R"(field "name" is missing)"},
      {R"({"name":"A"})", R"(field "background" is missing)"},
      {R"({"name":"A","background":"b","utc_offset":"CET"})",
       R"(must look like "+01:00")"},
      {"{", "is not JSON; line 1"},
      {"{\n\"name\": \"A\",\n\"background\" \"b\"}",
       "is not JSON; line 3: a comma, a quote or a bracket"},
      {"[]", "must be a JSON object"},
  };
  Scratch scratch;
  for (const auto& [text, expected] : rows) {
    write_file(scratch / "a.json", text);
    std::string said = complaint(scratch.folder());
    EXPECT_NE(said.find(expected), std::string::npos) << said;
  }
}

}  // namespace
}  // namespace simulate
