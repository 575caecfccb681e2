#include "simulator/conversation/persona_writer.h"

#include <set>

#include "simulator/base/error.h"
#include "simulator/base/random.h"
#include "simulator/base/text.h"
#include "simulator/calls/last_object.h"

namespace simulate {

namespace {

constexpr Sampling kSampling{1.0, 4096, {}};

// Letters that names of many languages begin with.
constexpr std::string_view kInitials = "ABCDEFGHIJKLMNOPRSTVWYZ";

// What a person needs to have for stories of several sessions.
struct Need {
  const char* field;
  size_t fewest;
  size_t (*count)(const Persona& persona);
};

size_t changes_of(const Persona& persona) {
  size_t changes = 0;
  for (const LifeEvent& event : persona.events) {
    changes += !event.ends.empty() && !event.begins.empty();
  }
  return changes;
}

constexpr Need kNeeds[] = {
    {"background", 80, [](const Persona& p) { return p.background.size(); }},
    {"occupation", 1, [](const Persona& p) { return p.occupation.size(); }},
    {"place", 1, [](const Persona& p) { return p.place.size(); }},
    {"temperament", 1, [](const Persona& p) { return p.temperament.size(); }},
    {"speaking", 1, [](const Persona& p) { return p.speaking.size(); }},
    {"goals", 2, [](const Persona& p) { return p.goals.size(); }},
    {"facts", 8, [](const Persona& p) { return p.facts.size(); }},
    {"unknowns", 2, [](const Persona& p) { return p.unknowns.size(); }},
    {"topics", 5, [](const Persona& p) { return p.topics.size(); }},
    {"events that end one fact and begin another", 2, changes_of}};

bool has_doubles(const std::vector<std::string>& items) {
  return std::set<std::string>(items.begin(), items.end()).size() !=
         items.size();
}

std::string what_is_missing(const Persona& persona) {
  for (const Need& need : kNeeds) {
    size_t has = need.count(persona);
    if (has >= need.fewest) continue;
    bool text = need.fewest == 1 || need.fewest > 20;
    if (text) return std::string(need.field) + " is too short";
    return "there are too few " + std::string(need.field) + ": " +
           std::to_string(has) + ", and " + std::to_string(need.fewest) +
           " are the least";
  }
  if (has_doubles(persona.facts)) return "a fact is there twice";
  if (has_doubles(persona.topics)) return "a topic is there twice";
  return "";
}

std::optional<Json> with_name(const Json& object) {
  if (!object.contains("name")) return std::nullopt;
  return object;
}

}  // namespace

ChatRequest persona_request(const std::string& asks, const OneLiner& line,
                            bool scripted) {
  Random random(
      seed_for(static_cast<uint64_t>(line.variant), "person of " + line.text));
  std::string initials = {random.pick(kInitials), ' ', random.pick(kInitials)};
  ChatRequest request;
  request.role = Role::writer;
  request.sampling = kSampling;
  request.messages.push_back({Speaker::system, asks});
  request.messages.push_back(
      {Speaker::tester, "The line: " + line.text +
                            "\nThe letters that their names begin with, "
                            "or letters like them: " +
                            initials});
  if (scripted) {
    request.scene = {{"line", line.text}, {"number", random.below(1'000'000)}};
  }
  return request;
}

std::optional<Persona> written_persona(const std::string& reply,
                                       std::string& fault) {
  constexpr const char* kAgain = ". Write the whole JSON object again.";
  std::optional<Json> person = last_object(reply, with_name);
  if (!person) {
    fault = "That is no JSON object with a name" + std::string(kAgain);
    return std::nullopt;
  }
  try {
    Persona persona = persona_from(*person, "The person");
    fault = what_is_missing(persona);
    if (fault.empty()) return persona;
  } catch (const BadUsage& wrong) {
    fault = wrong.what();
  }
  fault += kAgain;
  return std::nullopt;
}

}  // namespace simulate
