// Who the tester plays: a JSON file under personas/, or a line of a collection
// in the persona-hub shape. A value; its text is what the ledger keeps.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "simulator/base/json.h"

namespace simulate {

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

  Json to_json() const;
  // Of what to_json() gave.
  static Json without_unstated(const Json& whole);
};

// Throws BadUsage: `where`, the field, and what it must be.
Persona persona_from(const Json& value, const std::string& where);

// The values of {{persona.*}}.
std::map<std::string, std::string> placeholders_of(const Persona& persona);

}  // namespace simulate
