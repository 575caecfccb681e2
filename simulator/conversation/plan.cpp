#include "simulator/conversation/plan.h"

#include <array>
#include <cstdio>
#include <numeric>

#include "simulator/base/hash.h"
#include "simulator/base/random.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr std::array kStyles = {
    "brief, with little explained", "chatty, with small detours",
    "direct and to the point",      "hesitant at first, more open later",
    "dry and a little ironic",      "plain and factual",
};

constexpr std::array kMoods = {
    "calm",     "tired after a long day",
    "cheerful", "a bit worried",
    "curious",  "irritable",
    "restless", "content",
    "lonely",   "in a hurry",
};

constexpr std::array kFirstOpenings = {
    "Say hello and ask something about what is on your mind.",
    "Start right away with what is on your mind, without a greeting.",
    "Say hello, say in half a sentence who you are, then get to it.",
};

constexpr std::array kLaterOpenings = {
    "Greet Ada as somebody you have talked to before.",
    "Start right away with what is on your mind, without a greeting.",
    "Refer to something that you told Ada before and see whether Ada still "
    "knows it.",
};

constexpr std::array kAppetites = {"sparing", "ordinary", "ordinary", "eager"};

// Storylines begin on some day of 2024 or 2025.
constexpr int64_t kFirstDay = 19'723;  // 2024-01-01 in days since 1970
constexpr int kDays = 700;

// Sessions of a storyline are one to nine days apart, between 07:00 and 22:00.
SimulatedTime start_of(uint64_t storyline_seed, int session) {
  Random random(seed_for(storyline_seed, "calendar"));
  int64_t day = kFirstDay + random.between(0, kDays);
  for (int later = 1; later < session; ++later) day += random.between(1, 9);
  Random clock(seed_for(storyline_seed, "clock " + std::to_string(session)));
  return SimulatedTime{day * 24 * 60 + clock.between(7 * 60, 22 * 60)};
}

std::string topic_of(const PlannedPersona& persona, uint64_t storyline_seed,
                     int session) {
  if (persona.topics.empty()) return "whatever the day has brought";
  size_t first =
      Random(seed_for(storyline_seed, "topic")).below(persona.topics.size());
  return persona.topics[(first + static_cast<size_t>(session) - 1) %
                        persona.topics.size()];
}

// A storyline keeps the tools that it begins with.
std::string withheld_from(const Wave& wave, uint64_t storyline_seed) {
  std::vector<std::string> names;
  for (const std::string& name : split(wave.optional_tools, ',')) {
    if (name.empty()) continue;
    Random random(seed_for(storyline_seed, "tools " + name));
    if (random.chance(0.5)) names.push_back(name);
  }
  return joined(names, ",");
}

// Something happens before every second session or so, until all has.
std::string events_before(const PlannedPersona& persona,
                          uint64_t storyline_seed, int session) {
  Random random(seed_for(storyline_seed, "events"));
  std::vector<size_t> left(persona.events);
  std::iota(left.begin(), left.end(), size_t{0});
  std::vector<std::string> happened;
  for (int next = 2; next <= session && !left.empty(); ++next) {
    if (!random.chance(0.5)) continue;
    size_t which = random.below(left.size());
    happened.push_back(std::to_string(left[which]));
    left.erase(left.begin() + static_cast<ptrdiff_t>(which));
  }
  return joined(happened, ",");
}

Slot drawn(const Wave& wave, const PlannedPersona& persona, int64_t slot_number,
           int64_t storyline, int session) {
  uint64_t storyline_seed =
      seed_for(wave.seed, "storyline " + std::to_string(storyline));
  Slot slot;
  slot.number = slot_number;
  slot.wave = wave.wave;
  slot.storyline = storyline;
  slot.session = session;
  slot.persona = persona.name;
  slot.persona_text = persona.text;
  slot.seed = seed_for(wave.seed, "slot " + std::to_string(slot_number));
  Random random(slot.seed);
  slot.situation = "ordinary";
  slot.topic = topic_of(persona, storyline_seed, session);
  slot.style = random.pick(kStyles);
  slot.mood = random.pick(kMoods);
  slot.opening =
      session == 1 ? random.pick(kFirstOpenings) : random.pick(kLaterOpenings);
  slot.tool_eagerness = random.pick(kAppetites);
  slot.turns = random.between(wave.fewest_turns, wave.most_turns);
  slot.tester_variant = random.between(0, wave.tester_variants - 1);
  slot.assistant_variant = random.between(0, wave.assistant_variants - 1);
  slot.starts_at = start_of(storyline_seed, session);
  slot.withheld_tools = withheld_from(wave, storyline_seed);
  slot.events = events_before(persona, storyline_seed, session);
  return slot;
}

}  // namespace

PersonaSource::PersonaSource(std::vector<PlannedPersona> all)
    : size(all.size()) {
  find = [all](const std::string& name) -> std::optional<size_t> {
    for (size_t i = 0; i < all.size(); ++i) {
      if (all[i].name == name) return i;
    }
    return std::nullopt;
  };
  at = [all = std::move(all)](size_t index) { return all.at(index); };
}

PersonaSource::PersonaSource(const PersonaList& personas)
    : size(personas.size()),
      at([&personas](size_t index) {
        Persona persona = personas[index];
        return PlannedPersona{persona.name,
                              content_hash(to_text(persona.to_json())),
                              persona.topics, persona.events.size()};
      }),
      find([&personas](const std::string& name) {
        return personas.find(name);
      }) {}

std::string conversation_id(int64_t slot) {
  char text[32];
  std::snprintf(text, sizeof text, "conv_%06lld", static_cast<long long>(slot));
  return text;
}

Slot draw_slot(const Wave& wave, int64_t place, int64_t slot) {
  auto personas = static_cast<int64_t>(wave.personas.size());
  int64_t offset = place - wave.first_place;
  int64_t rank = offset % personas;
  int session = static_cast<int>(offset / personas) + 1;
  Slot result = drawn(wave, wave.personas[static_cast<size_t>(rank)], slot,
                      wave.first_storyline + rank, session);
  result.place = place;
  return result;
}

Slot draw_replacement(const Wave& wave, const Slot& given_up, int64_t slot,
                      int64_t storyline, int session) {
  PlannedPersona persona;
  persona.name = given_up.persona;
  persona.text = given_up.persona_text;
  for (const PlannedPersona& planned : wave.personas) {
    if (planned.name == given_up.persona) persona = planned;
  }
  Slot result = drawn(wave, persona, slot, storyline, session);
  result.place = given_up.place;
  return result;
}

}  // namespace simulate
