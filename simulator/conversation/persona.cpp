#include "simulator/conversation/persona.h"

#include <re2/re2.h>

#include <algorithm>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/conversation/first_state.h"

namespace simulate {

namespace {

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

// Without them the text of a persona is what it was before there were any.
constexpr TextField kRareTexts[] = {
    {"source", &Persona::source},
    {"licence", &Persona::licence},
};

constexpr ListField kSides = {"sides", &Persona::sides};

[[noreturn]] void wrong(const std::string& where, const std::string& what) {
  throw BadUsage("persona '" + where + "': " + what);
}

std::string shown(const Json& value) { return quotable(to_text(value)); }

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
  known.push_back("events");
  known.push_back(kSides.name);
  for (const TextField& field : kRareTexts) known.push_back(field.name);
  known.push_back("state");
  for (const auto& [key, unused] : value.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    std::string guess = nearest(key, known);
    wrong(where, "unknown field \"" + quotable(key) + "\"; " +
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

Json events_json(const std::vector<LifeEvent>& events) {
  Json list = Json::array();
  for (const LifeEvent& event : events) {
    list.push_back({{"happened", event.happened},
                    {"ends", event.ends},
                    {"begins", event.begins}});
  }
  return list;
}

LifeEvent event_from(const Json& value, const std::string& where) {
  static const std::vector<std::string> known = {"happened", "ends", "begins"};
  bool good = value.is_object();
  for (const auto& [key, text] : value.items()) {
    good = good && text.is_string() &&
           std::find(known.begin(), known.end(), key) != known.end();
  }
  LifeEvent event = {one_line(trimmed(string_at(value, "happened"))),
                     string_at(value, "ends"), string_at(value, "begins")};
  if (good && !event.happened.empty()) return event;
  wrong(where,
        "each of \"events\" must be an object with the text \"happened\", and "
        "perhaps \"ends\" and \"begins\", got " +
            shown(value));
}

// A fact ends once, or nobody knows what is true then.
void add_event(LifeEvent event, const std::string& where, Persona& persona) {
  const std::vector<std::string>& facts = persona.facts;
  bool is_fact = event.ends.empty() || std::find(facts.begin(), facts.end(),
                                                 event.ends) != facts.end();
  if (!is_fact) {
    wrong(where, "what an event \"ends\" must be one of \"facts\", got \"" +
                     quotable(event.ends) + "\"");
  }
  for (const LifeEvent& other : persona.events) {
    if (event.ends.empty() || other.ends != event.ends) continue;
    wrong(where, "two events end the fact \"" + quotable(event.ends) + "\"");
  }
  persona.events.push_back(std::move(event));
}

// After the facts, which events change.
void read_events(const Json& value, const std::string& where,
                 Persona& persona) {
  auto found = value.find("events");
  if (found == value.end()) return;
  if (!found->is_array()) {
    wrong(where, "field \"events\" must be a list, got " + shown(*found));
  }
  for (const Json& event : *found) {
    add_event(event_from(event, where), where, persona);
  }
}

void read_state(const Json& value, const std::string& where, Persona& persona) {
  auto found = value.find("state");
  if (found == value.end()) return;
  std::string fault = state_fault(*found);
  if (!fault.empty()) wrong(where, "field \"state\" " + fault);
  persona.state = *found;
}

bool is_utc_offset(const std::string& text) {
  auto digit = [&](size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  return text.size() == 6 && (text[0] == '+' || text[0] == '-') && digit(1) &&
         digit(2) && text[3] == ':' && digit(4) && digit(5);
}

std::string or_unstated(const std::string& text) {
  return text.empty() ? "not stated" : text;
}

}  // namespace

// A look-up by name in what keeps its order goes through all names.
Json Persona::to_json() const {
  Json::object_t value;
  value.push_back({"name", name});
  value.push_back({"age", age});
  for (const TextField& field : kTexts) {
    if (field.member == &Persona::name) continue;
    value.push_back({field.name, this->*field.member});
  }
  for (const ListField& field : kLists) {
    value.push_back({field.name, this->*field.member});
  }
  if (!events.empty()) value.push_back({"events", events_json(events)});
  if (!sides.empty()) value.push_back({kSides.name, sides});
  for (const TextField& field : kRareTexts) {
    const std::string& text = this->*field.member;
    if (!text.empty()) value.push_back({field.name, text});
  }
  if (!state.empty()) value.push_back({"state", state});
  return value;
}

Json Persona::without_unstated(const Json& whole) {
  static const Json unstated = Persona().to_json();
  Json::object_t value;
  auto nothing = unstated.begin();
  for (const auto& [field, stated] : whole.items()) {
    if (nothing != unstated.end() && stated == *nothing++) continue;
    value.push_back({field, stated});
  }
  return value;
}

Persona persona_from(const Json& value, const std::string& where) {
  if (!value.is_object()) wrong(where, "must be a JSON object");
  refuse_unknown_fields(value, where);
  Persona persona;
  for (const TextField& field : kTexts) read_text(value, where, field, persona);
  for (const ListField& field : kLists) read_list(value, where, field, persona);
  read_list(value, where, kSides, persona);
  for (const TextField& field : kRareTexts) {
    read_text(value, where, field, persona);
  }
  read_age(value, where, persona);
  read_events(value, where, persona);
  read_state(value, where, persona);
  if (persona.name.empty()) wrong(where, "field \"name\" is missing");
  if (persona.background.empty()) {
    wrong(where,
          "field \"background\" is missing: say in a sentence or two "
          "who this is");
  }
  if (!is_utc_offset(persona.utc_offset)) {
    wrong(where, "field \"utc_offset\" must look like \"+01:00\", got \"" +
                     quotable(persona.utc_offset) + "\"");
  }
  return persona;
}

std::string called(const Persona& persona) {
  static const RE2 number(R"( \([0-9]+\)$)");
  std::string name = persona.name;
  if (!persona.source.empty()) RE2::Replace(&name, number, "");
  return name;
}

std::string list_text(const std::vector<std::string>& items) {
  if (items.empty()) return "- (nothing in particular)";
  return "- " + joined(items, "\n- ");
}

std::map<std::string, std::string> placeholders_of(const Persona& persona) {
  std::map<std::string, std::string> values;
  for (const TextField& field : kTexts) {
    values[std::string("persona.") + field.name] =
        or_unstated(persona.*field.member);
  }
  for (const ListField& field : kLists) {
    values[std::string("persona.") + field.name] =
        list_text(persona.*field.member);
  }
  values["persona.name"] = or_unstated(called(persona));
  values["persona.age"] =
      persona.age == 0 ? "age not stated" : std::to_string(persona.age);
  return values;
}

}  // namespace simulate
