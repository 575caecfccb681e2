// People of published collections, a line of JSON each: PersonaHub, which
// describes somebody in a sentence or two, and Nemotron-Personas, which has
// some twenty fields of everybody. Pure.
// Tested by tests/conversation/persona_collections_test.cpp.
#pragma once

#include <string>

#include "simulator/base/json.h"
#include "simulator/conversation/persona.h"

namespace simulate {

// Whether it is a row of one of them, and no whole persona.
bool is_collection_row(const Json& row);

// The person of such a row, with where they are from and under which licence,
// unless the row states its own "source" and "licence". `line` makes a name
// where no text has one. Throws BadUsage when no text describes a person:
// `where`, the field, and what it must be.
Persona persona_from_row(const Json& row, const std::string& where,
                         size_t line);

}  // namespace simulate
