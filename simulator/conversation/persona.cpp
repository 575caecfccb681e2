#include "simulator/conversation/persona.h"

#include <algorithm>
#include <set>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/json_trouble.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

struct TextField {
  const char* name;
  std::string Persona::*member;
};

struct ListField {
  const char* name;
  std::vector<std::string> Persona::*member;
};

constexpr TextField kTexts[] = {
    {"name", &Persona::name},
    {"occupation", &Persona::occupation},
    {"place", &Persona::place},
    {"utc_offset", &Persona::utc_offset},
    {"language", &Persona::language},
    {"background", &Persona::background},
    {"temperament", &Persona::temperament},
    {"speaking", &Persona::speaking},
};

constexpr ListField kLists[] = {
    {"goals", &Persona::goals},
    {"facts", &Persona::facts},
    {"unknowns", &Persona::unknowns},
    {"topics", &Persona::topics},
};

[[noreturn]] void wrong(const std::string& where, const std::string& what) {
  throw BadUsage("persona '" + where + "': " + what);
}

std::string shown(const Json& value) {
  return shortened(one_line(to_text(value)), 40);
}

void read_text(const Json& value, const std::string& where,
               const TextField& field, Persona& persona) {
  auto found = value.find(field.name);
  if (found == value.end()) return;
  if (!found->is_string()) {
    wrong(where, std::string("field \"") + field.name +
                     "\" must be a string, got " + shown(*found));
  }
  persona.*field.member = trimmed(found->get<std::string>());
}

void read_list(const Json& value, const std::string& where,
               const ListField& field, Persona& persona) {
  auto found = value.find(field.name);
  if (found == value.end()) return;
  bool strings = found->is_array() &&
                 std::all_of(found->begin(), found->end(),
                             [](const Json& item) { return item.is_string(); });
  if (!strings) {
    wrong(where, std::string("field \"") + field.name +
                     "\" must be a list of strings, got " + shown(*found));
  }
  persona.*field.member = found->get<std::vector<std::string>>();
}

void refuse_unknown_fields(const Json& value, const std::string& where) {
  std::vector<std::string> known = {"age"};
  for (const TextField& field : kTexts) known.push_back(field.name);
  for (const ListField& field : kLists) known.push_back(field.name);
  for (const auto& [key, unused] : value.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    std::string guess = nearest(key, known);
    wrong(where, "unknown field \"" + one_line(key) + "\"; " +
                     (guess.empty() ? "known fields: " + joined(known, ", ")
                                    : "did you mean \"" + guess + "\"?"));
  }
}

void read_age(const Json& value, const std::string& where, Persona& persona) {
  auto age = value.find("age");
  if (age == value.end()) return;
  if (!age->is_number_integer() || *age < 0 || *age > 130) {
    wrong(where,
          "field \"age\" must be a number from 0 to 130, got " + shown(*age));
  }
  persona.age = age->get<int>();
}

bool is_utc_offset(const std::string& text) {
  auto digit = [&](size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  return text.size() == 6 && (text[0] == '+' || text[0] == '-') && digit(1) &&
         digit(2) && text[3] == ':' && digit(4) && digit(5);
}

Persona persona_from_line(const Json& value, const std::string& where,
                          size_t line) {
  if (!value.contains("persona")) return persona_from(value, where);
  std::string text = string_at(value, "persona");
  if (trimmed(text).empty()) {
    wrong(where, "field \"persona\" must be a string that describes a person");
  }
  Persona persona;
  persona.name = "Persona " + std::to_string(line);
  persona.background = trimmed(text);
  return persona;
}

std::vector<Persona> load_lines(const fs::path& path) {
  std::vector<Persona> personas;
  size_t number = 0;
  for (const std::string& line : split(read_file(path), '\n')) {
    ++number;
    if (trimmed(line).empty()) continue;
    std::string where = path.filename().string() + ":" + std::to_string(number);
    std::optional<Json> value = parse_json(line);
    if (!value || !value->is_object()) wrong(where, "is no JSON object");
    personas.push_back(persona_from_line(*value, where, number));
  }
  return personas;
}

Persona load_one(const fs::path& path) {
  std::string where = path.filename().string();
  std::string text = read_file(path);
  std::optional<Json> value = parse_json(text);
  if (!value) wrong(where, "is not JSON; " + json_trouble(text));
  return persona_from(*value, where);
}

std::vector<Persona> load_folder(const fs::path& path) {
  std::vector<fs::path> files;
  std::error_code error;
  fs::directory_iterator entries(path, error);
  if (error) {
    throw BadUsage("cannot read " + path.string() + ": " + error.message());
  }
  for (const auto& entry : entries) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Persona> personas;
  for (const fs::path& file : files) personas.push_back(load_one(file));
  return personas;
}

bool is_one_object(const fs::path& path) { return path.extension() == ".json"; }

void refuse_twins(const std::vector<Persona>& personas) {
  std::set<std::string> names;
  for (const Persona& persona : personas) {
    if (!names.insert(persona.name).second) {
      throw BadUsage("two personas are called \"" + one_line(persona.name) +
                     "\"; give one of them another name");
    }
  }
}

std::string as_lines(const std::vector<std::string>& items) {
  if (items.empty()) return "- (nothing in particular)";
  return "- " + joined(items, "\n- ");
}

std::string or_unstated(const std::string& text) {
  return text.empty() ? "not stated" : text;
}

}  // namespace

Json Persona::to_json() const {
  Json value;
  value["name"] = name;
  value["age"] = age;
  for (const TextField& field : kTexts) value[field.name] = this->*field.member;
  for (const ListField& field : kLists) value[field.name] = this->*field.member;
  return value;
}

Persona persona_from(const Json& value, const std::string& where) {
  if (!value.is_object()) wrong(where, "must be a JSON object");
  refuse_unknown_fields(value, where);
  Persona persona;
  for (const TextField& field : kTexts) read_text(value, where, field, persona);
  for (const ListField& field : kLists) read_list(value, where, field, persona);
  read_age(value, where, persona);
  if (persona.name.empty()) wrong(where, "field \"name\" is missing");
  if (persona.background.empty()) {
    wrong(where,
          "field \"background\" is missing: say in a sentence or two "
          "who this is");
  }
  if (!is_utc_offset(persona.utc_offset)) {
    wrong(where, "field \"utc_offset\" must look like \"+01:00\", got \"" +
                     one_line(persona.utc_offset) + "\"");
  }
  return persona;
}

std::vector<Persona> load_personas(const fs::path& path) {
  std::error_code none;
  if (!fs::exists(path, none)) {
    throw BadUsage("there are no personas at " + path.string() +
                   "; give --personas a folder, a .json file or JSON lines");
  }
  std::vector<Persona> personas;
  if (fs::is_directory(path, none)) {
    personas = load_folder(path);
  } else if (is_one_object(path)) {
    personas = {load_one(path)};
  } else {
    personas = load_lines(path);
  }
  if (personas.empty()) {
    throw BadUsage("there is no persona in " + path.string() +
                   "; put at least one .json file there, such as the ones "
                   "that ship in personas/");
  }
  refuse_twins(personas);
  return personas;
}

std::map<std::string, std::string> placeholders_of(const Persona& persona) {
  std::map<std::string, std::string> values;
  for (const TextField& field : kTexts) {
    values[std::string("persona.") + field.name] =
        or_unstated(persona.*field.member);
  }
  for (const ListField& field : kLists) {
    values[std::string("persona.") + field.name] =
        as_lines(persona.*field.member);
  }
  values["persona.age"] =
      persona.age == 0 ? "age not stated" : std::to_string(persona.age);
  return values;
}

}  // namespace simulate
