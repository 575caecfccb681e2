#include "simulator/conversation/persona_list.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "tests/scratch.h"
#include "tests/tables/written_rows.h"

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

TEST(PersonaList, ReadsThePersonaHubShape) {
  Scratch scratch;
  auto path = scratch / "hub.jsonl";
  write_file(path,
             "{\"persona\": \"A retired baker who paints.\"}\n\n"
             "{\"name\": \"Bo\", \"background\": \"Sails.\"}\n");
  auto personas = load_personas(path);
  ASSERT_EQ(personas.size(), 2u);
  EXPECT_EQ(personas[0].background, "A retired baker who paints.");
  EXPECT_EQ(personas[1].name, "Bo");
}

TEST(PersonaList, NamesFileFieldAndRemedy) {
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
      {R"({"name":"A","background":"b","events":{}})",
       R"(field "events" must be a list)"},
      {R"({"name":"A","background":"b","events":[{"ends":""}]})",
       R"(an object with the text "happened")"},
      {R"({"name":"A","background":"b","events":[{"happened":"x","end":"y"}]})",
       R"(and perhaps "ends" and "begins")"},
      {R"({"name":"A","background":"b","facts":["f"],)"
       R"("events":[{"happened":"x","ends":"g"}]})",
       R"(must be one of "facts", got "g")"},
      {R"({"name":"A","background":"b","events":[{"happened":"x","ends":5}]})",
       R"(an object with the text "happened")"},
      {R"({"name":"A","background":"b","facts":["f"],"events":)"
       R"([{"happened":"x","ends":"f"},{"happened":"y","ends":"f"}]})",
       R"(two events end the fact "f")"},
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

TEST(PersonaList, RefusesAnEmptyOrMissingFolderAndTwins) {
  Scratch scratch;
  EXPECT_NE(complaint(scratch.folder()).find("there is no persona in"),
            std::string::npos);
  EXPECT_NE(complaint(scratch / "none").find("there are no personas at"),
            std::string::npos);
  for (const char* name : {"a.json", "b.json"}) {
    write_file(scratch / name, R"({"name":"A","background":"b"})");
  }
  EXPECT_NE(complaint(scratch.folder()).find("two personas are called \"A\""),
            std::string::npos);
}

TEST(PersonaList, TakesNoPersonaOfMoreThanAQuarterMebibyte) {
  Scratch scratch;
  std::string head = "{\"name\":\"Bo\",\"background\":\"";
  for (size_t size : {size_t{256} << 10, (size_t{256} << 10) + 1}) {
    std::string text = head + std::string(size - head.size() - 2, 'x') + "\"}";
    bool taken = size == size_t{256} << 10;
    for (const char* name : {"one.json", "lines.jsonl"}) {
      write_file(scratch / name, text);
      std::string said = complaint(scratch / name);
      EXPECT_EQ(said.empty(), taken) << said;
      EXPECT_EQ(contains(said, "has more than 256 KiB"), !taken) << said;
    }
  }
}

TEST(PersonaList, FindsByNameAndHasOneHashForOneContent) {
  auto folder = std::filesystem::path(SIMULATE_SOURCE_DIR) / "personas";
  PersonaList list = load_personas(folder);
  std::string all;
  for (size_t i = 0; i < list.size(); ++i) {
    EXPECT_EQ(list.find(list[i].name), i);
    all += to_text(list[i].to_json());
  }
  EXPECT_EQ(list.find("nobody"), std::nullopt);
  EXPECT_EQ(list.hash(), short_hash(all));
}

TEST(PersonaList, TellsPeopleOfACollectionApartWhoHaveOneName) {
  Scratch scratch;
  std::string row =
      R"({"persona":"Bo Lind, a sailor, sings.","arts_persona":"Bo Lind sings."})"
      "\n";
  write_file(scratch / "two.jsonl", row + row + row);
  PersonaList list = load_personas(scratch / "two.jsonl");
  ASSERT_EQ(list.size(), 3u);
  EXPECT_EQ(list[0].name, "Bo Lind");
  EXPECT_EQ(list[2].name, "Bo Lind (3)");
  EXPECT_EQ(called(list[2]), "Bo Lind");
  EXPECT_EQ(placeholders_of(list[2])["persona.name"], "Bo Lind");
}

TEST(PersonaList, CountsWhoIsUnderWhichLicence) {
  Scratch scratch;
  write_file(scratch / "some.jsonl",
             "{\"persona\":\"a\"}\n{\"persona\":\"b\"}\n"
             "{\"name\":\"Bo\",\"background\":\"Sails.\"}\n"
             "{\"name\":\"Cy\",\"background\":\"Sings.\","
             "\"licence\":\"CC0\"}\n");
  const std::map<std::string, size_t> expected = {
      {"CC BY-NC-SA 4.0, of PersonaHub (huggingface.co/datasets/proj-persona/"
       "PersonaHub)",
       2},
      {"CC0, of a source that is not stated", 1}};
  EXPECT_EQ(load_personas(scratch / "some.jsonl").licences(), expected);
}

// As Nemotron-Personas are: files of a folder, in their order.
TEST(PersonaList, ReadsCollectionsInParquet) {
  if (duckdb_is_missing()) GTEST_SKIP() << why_duckdb_is_missing();
  Scratch scratch;
  write_rows(
      scratch / "train-00001.parquet",
      {R"({"uuid":"2","professional_persona":"Bo Lind sails.","age":40})",
       R"({"uuid":"3","professional_persona":"Bo Lind cooks.","age":41})"});
  write_rows(scratch / "train-00000.parquet",
             {R"({"uuid":"1","professional_persona":"Ada Berg reads.","age":9,)"
              R"("occupation":null})"});
  PersonaList list = load_personas(scratch.folder());
  ASSERT_EQ(list.size(), 3u);
  EXPECT_EQ(list[0].name, "Ada Berg");
  EXPECT_EQ(list[0].age, 9);
  EXPECT_EQ(list[1].name, "Bo Lind");
  EXPECT_EQ(list[2].name, "Bo Lind (2)");
  EXPECT_EQ(load_personas(scratch / "train-00001.parquet").size(), 2u);
}

TEST(PersonaList, SaysWhichParquetItCannotRead) {
  Scratch scratch;
  write_file(scratch / "train.parquet", "PAR1");
  for (const auto& path : {scratch / "train.parquet", scratch.folder()}) {
    std::string said = complaint(path);
    EXPECT_TRUE(contains(said, "Parquet")) << said;
  }
}

TEST(PersonaList, ReadsTheLastLineWithoutALineBreak) {
  Scratch scratch;
  write_file(scratch / "two.jsonl",
             "{\"persona\":\"a\"}\r\n{\"persona\":\"b\"}");
  PersonaList list = load_personas(scratch / "two.jsonl");
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0].background, "a");
  EXPECT_EQ(list[1].name, "Persona 2");
}

}  // namespace
}  // namespace simulate
