// Who the tester plays: a JSON file under personas/, or a line of a collection
// (persona_collections.h). A value; its text is what the ledger keeps.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "simulator/base/json.h"

namespace simulate {

// What may happen to a person between two sessions.
struct LifeEvent {
  std::string happened;  // first person, as it may be told
  std::string ends;      // the fact that is true no more; may be empty
  std::string begins;    // the one that is true from then on; may be empty
};

struct Persona {
  std::string name;
  int age = 0;  // 0: not stated
  std::string occupation;
  std::string place;
  std::string utc_offset = "+00:00";
  std::string language = "en";
  std::string background;
  std::string temperament;
  std::string speaking;
  std::vector<std::string> goals;
  std::vector<std::string> facts;     // first person, one sentence each
  std::vector<std::string> unknowns;  // what they do not know or get wrong
  std::vector<std::string> topics;    // noun phrases
  std::vector<LifeEvent> events;      // that may happen, in any order
  // Texts that each tell of another side of them, of which a session has one.
  std::vector<std::string> sides;
  // Where they are from when they are not the user's own, and its licence.
  std::string source;
  std::string licence;
  // What the tools of a storyline hold of this person at its beginning: rows by
  // table, as people write them; see first_state.h.
  Json state = Json::object();

  Json to_json() const;
  // Of what to_json() gave.
  static Json without_unstated(const Json& whole);
};

// What others call them: of the people of collections some have one name, and
// "Bo Lind (2)" is Bo Lind.
std::string called(const Persona& persona);

// Throws BadUsage: `where`, the field, and what it must be.
Persona persona_from(const Json& value, const std::string& where);

// As a prompt lists things: a line and a dash for each.
std::string list_text(const std::vector<std::string>& items);

// The values of {{persona.*}}.
std::map<std::string, std::string> placeholders_of(const Persona& persona);

}  // namespace simulate
