#include "simulator/conversation/persona_collections.h"

#include <re2/re2.h>

#include <algorithm>

#include "simulator/base/error.h"
#include "simulator/base/sentences.h"
#include "simulator/base/text.h"
#include "simulator/calls/literal_scanner.h"
#include "simulator/conversation/name_in_text.h"

// The shapes, names of columns and licences are those of the collections' pages
// at huggingface.co, of files that others hold of them, and of
// github.com/tencent-ailab/persona-hub, looked up in November 2026:
//   proj-persona/PersonaHub, CC BY-NC-SA 4.0
//     persona.jsonl        {"persona"}
//     elite_persona.jsonl  and "general domain (top 1 percent)", "specific
//                          domain (top 1 percent)", both of 0.1, or "None"
//     instruction, math, reasoning, knowledge, npc, tool .jsonl
//                          {"input persona", "synthesized text", "description"}
//   nvidia/Nemotron-Personas and -USA, -Japan, -India, -Singapore, -Brazil,
//   -France, -Korea, -Germany, -Belgium, ..., CC BY 4.0
//     uuid, persona, professional_persona, sports_persona, arts_persona,
//     travel_persona, culinary_persona (Korea: family_persona, India:
//     linguistic_persona), cultural_background, skills_and_expertise,
//     hobbies_and_interests, both with a ..._list that is a Python list in a
//     string, career_goals_and_ambitions, sex, age, marital_status,
//     education_level, bachelors_field, occupation, and a place by country.
// No column has the person's name; the texts begin with it.

namespace simulate {

namespace {

constexpr const char* kPersonaHub =
    "PersonaHub (huggingface.co/datasets/proj-persona/PersonaHub)";
constexpr const char* kNemotron =
    "Nemotron-Personas (huggingface.co/collections/nvidia/nemotron-personas)";

constexpr std::string_view kPersonaText = "_persona";

// What is said of them, as a collection writes a country. An empty language is
// seen from the script.
struct Country {
  const char* name;
  const char* language;
  const char* utc_offset;  // empty: it has several
};
constexpr Country kCountries[] = {
    {"japan", "ja", "+09:00"},
    {"日本", "ja", "+09:00"},
    {"korea", "ko", "+09:00"},
    {"south korea", "ko", "+09:00"},
    {"대한민국", "ko", "+09:00"},
    {"brazil", "pt", ""},
    {"brasil", "pt", ""},
    {"france", "fr", "+01:00"},
    {"germany", "de", "+01:00"},
    {"deutschland", "de", "+01:00"},
    {"el salvador", "es", "-06:00"},
    {"singapore", "en", "+08:00"},
    {"india", "", "+05:30"},
};

// From the town up to the country: of each the first that a row has.
const std::vector<std::vector<std::string>>& places() {
  static const std::vector<std::vector<std::string>> columns = {
      {"city", "municipality", "commune", "planning_area", "district"},
      {"state", "prefecture", "province", "departement", "region"},
      {"country"}};
  return columns;
}

// What is true of a person and stands in a word or two.
constexpr std::pair<const char*, const char*> kStated[] = {
    {"sex", "Sex"},
    {"marital_status", "Marital status"},
    {"family_type", "Household"},
    {"household_type", "Household"},
    {"housing_type", "Home"},
    {"education_level", "Education"},
    {"bachelors_field", "Field of study"},
};

std::string text_at(const Json& row, const std::string& column) {
  return std::string(trimmed(string_at(row, column)));
}

// "never_married" is how some write it.
std::string words_at(const Json& row, const std::string& column) {
  return replaced(text_at(row, column), "_", " ");
}

bool is_nemotron(const Json& row) {
  for (const auto& [column, unused] : row.items()) {
    if (column.ends_with(kPersonaText)) return true;
  }
  return false;
}

int age_of(const Json& row) {
  auto age = row.find("age");
  bool stated =
      age != row.end() && age->is_number() && *age >= 0 && *age <= 130;
  return stated ? age->get<int>() : 0;
}

std::string place_of(const Json& row) {
  std::vector<std::string> parts;
  for (const std::vector<std::string>& columns : places()) {
    for (const std::string& column : columns) {
      std::string part = text_at(row, column);
      if (part.empty()) continue;
      if (parts.empty() || parts.back() != part) parts.push_back(part);
      break;
    }
  }
  return joined(parts, ", ");
}

// A list, or a Python list in a string.
std::vector<std::string> items_of(const Json& row, const std::string& column) {
  auto found = row.find(column);
  if (found == row.end()) return {};
  std::optional<Json> list = *found;
  std::string text = string_at(row, column);
  if (found->is_string()) list = LiteralScanner(text).value();
  std::vector<std::string> items;
  if (!list || !list->is_array()) return items;
  for (const Json& item : *list) {
    if (!item.is_string()) continue;
    std::string words(trimmed(item.get<std::string>()));
    if (!words.empty()) items.push_back(words);
  }
  return items;
}

std::string language_by_script(const std::string& text) {
  static const RE2 kana(R"([\p{Hiragana}\p{Katakana}])");
  static const RE2 hangul(R"(\p{Hangul})");
  static const RE2 devanagari(R"(\p{Devanagari})");
  if (RE2::PartialMatch(text, kana)) return "ja";
  if (RE2::PartialMatch(text, hangul)) return "ko";
  return RE2::PartialMatch(text, devanagari) ? "hi" : "en";
}

// A row may say it itself, where a country has several.
void settle_country(const Json& row, Persona& persona) {
  persona.language = text_at(row, "language");
  std::string country = lowered(text_at(row, "country"));
  for (const Country& known : kCountries) {
    if (country != known.name) continue;
    if (persona.language.empty()) persona.language = known.language;
    if (*known.utc_offset) persona.utc_offset = known.utc_offset;
  }
  if (!persona.language.empty()) return;
  persona.language = language_by_script(persona.background);
}

// They are told of in the third person and stay so: the tester is told who it
// is, and nothing gets lost in turning them.
std::vector<std::string> facts_of(const Json& row) {
  std::vector<std::string> facts;
  for (const auto& [column, label] : kStated) {
    std::string value = words_at(row, column);
    if (!value.empty()) facts.push_back(label + (": " + value) + ".");
  }
  for (std::string& sentence :
       sentences_of(text_at(row, "cultural_background"))) {
    facts.push_back(std::move(sentence));
  }
  std::vector<std::string> skills = items_of(row, "skills_and_expertise_list");
  if (!skills.empty()) {
    facts.push_back("Skills and expertise: " + joined(skills, ", ") + ".");
  }
  return facts;
}

Persona of_nemotron(const Json& row, const std::string& where) {
  Persona persona;
  persona.background = text_at(row, "persona");
  std::vector<std::string> texts = {persona.background};
  for (const auto& [column, unused] : row.items()) {
    std::string text = text_at(row, column);
    if (!column.ends_with(kPersonaText) || text.empty()) continue;
    persona.sides.push_back(text);
    texts.push_back(text);
  }
  if (persona.background.empty() && !persona.sides.empty()) {
    persona.background = persona.sides.front();
  }
  if (persona.background.empty()) {
    throw BadUsage("persona '" + where +
                   "': one of the fields \"persona\", \"professional_persona\" "
                   "and the like must be a text that describes a person");
  }
  persona.name = name_in(texts);
  persona.age = age_of(row);
  persona.occupation = words_at(row, "occupation");
  persona.place = place_of(row);
  persona.goals = sentences_of(text_at(row, "career_goals_and_ambitions"));
  persona.facts = facts_of(row);
  persona.topics = items_of(row, "hobbies_and_interests_list");
  settle_country(row, persona);
  persona.source = kNemotron;
  persona.licence = "CC BY 4.0";
  return persona;
}

// What an elite persona knows best; "None" stands for nothing.
std::vector<std::string> domains_of(const Json& row) {
  std::vector<std::string> domains;
  for (const char* column :
       {"specific domain (top 0.1 percent)", "specific domain (top 1 percent)",
        "general domain (top 0.1 percent)", "general domain (top 1 percent)"}) {
    std::string domain = text_at(row, column);
    if (domain.empty() || domain == "None") continue;
    if (std::count(domains.begin(), domains.end(), domain)) continue;
    domains.push_back(domain);
  }
  return domains;
}

Persona of_persona_hub(const Json& row, const std::string& where) {
  const char* column = row.contains("persona") ? "persona" : "input persona";
  Persona persona;
  persona.background = text_at(row, column);
  if (persona.background.empty()) {
    throw BadUsage("persona '" + where + "': field \"" + column +
                   "\" must be a string that describes a person");
  }
  persona.topics = domains_of(row);
  persona.source = kPersonaHub;
  persona.licence = "CC BY-NC-SA 4.0";
  return persona;
}

}  // namespace

bool is_collection_row(const Json& row) {
  return row.contains("persona") || row.contains("input persona") ||
         is_nemotron(row);
}

Persona persona_from_row(const Json& row, const std::string& where,
                         size_t line) {
  Persona persona =
      is_nemotron(row) ? of_nemotron(row, where) : of_persona_hub(row, where);
  if (persona.name.empty()) persona.name = "Persona " + std::to_string(line);
  if (row.contains("source")) persona.source = text_at(row, "source");
  if (row.contains("licence")) persona.licence = text_at(row, "licence");
  return persona;
}

}  // namespace simulate
