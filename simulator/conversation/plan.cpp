#include "simulator/conversation/plan.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "simulator/base/hash.h"
#include "simulator/base/random.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr const char* kSituationAxis = "situation";
// Where there are no situations to draw from.
constexpr const char* kNoSituation = "ordinary";

// Storylines begin on some day of 2024 or 2025.
constexpr int64_t kFirstDay = 19'723;  // 2024-01-01 in days since 1970
constexpr int kDays = 700;

constexpr CountRange kDaysApart{1, 9};
constexpr int64_t kMinutesOfADay = 24 * 60;

// Sessions of a storyline are some days apart, between 07:00 and 22:00.
SimulatedTime start_of(uint64_t storyline_seed, int session,
                       const StorylineSoFar& before, CountRange days_apart) {
  Random random(seed_for(storyline_seed, "calendar"));
  int64_t day = kFirstDay + random.between(0, kDays);
  Random gap(seed_for(storyline_seed, "gap " + std::to_string(session)));
  if (before.last_start) {
    day = before.last_start->minutes / kMinutesOfADay +
          gap.between(days_apart.fewest, days_apart.most);
  }
  Random clock(seed_for(storyline_seed, "clock " + std::to_string(session)));
  return SimulatedTime{day * kMinutesOfADay + clock.between(7 * 60, 22 * 60)};
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

bool has_one_of(const std::vector<std::string>& wanted,
                const std::vector<std::string>& there) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const auto& one) {
    return std::find(there.begin(), there.end(), one) != there.end();
  });
}

bool has_all_of(const std::vector<std::string>& wanted,
                const std::vector<std::string>& there) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const auto& one) {
    return std::find(there.begin(), there.end(), one) != there.end();
  });
}

std::vector<std::string> tools_offered_to(const Slot& slot, const Draw& draw) {
  std::vector<std::string> offered;
  std::vector<std::string> withheld = split(slot.withheld_tools, ',');
  for (const std::string& group : split(draw.tools, ',')) {
    if (!has_one_of({group}, withheld)) offered.push_back(group);
  }
  return offered;
}

CountRange both(CountRange one, CountRange other) {
  return {std::max(one.fewest, other.fewest), std::min(one.most, other.most)};
}

// What all is said in is as long as it is.
CountRange turns_of(const Wave& wave, const Situation& situation) {
  return situation.says.empty() ? both(wave.turns, situation.turns)
                                : situation.turns;
}

std::string situation_for(const Wave& wave, const PlannedPersona& persona,
                          const Slot& slot, const StorylineSoFar& before,
                          const Draw& draw, Random& random) {
  std::vector<std::string> tools = tools_offered_to(slot, draw);
  std::vector<Candidate> candidates;
  for (const Situation& one : draw.situations.all) {
    CountRange turns = turns_of(wave, one);
    bool possible =
        one.sessions.holds(slot.session) && turns.fewest <= turns.most &&
        has_all_of(one.tools, tools) &&
        persona.facts >= static_cast<size_t>(one.facts) &&
        (one.persona.empty() || one.persona == persona.name) &&
        (one.after.empty() || has_one_of(one.after, before.situations));
    candidates.push_back({one.name, one.share, possible, one.is_task});
  }
  std::string name =
      draw.shares.most_wanted(kSituationAxis, candidates, random);
  return name.empty() ? kNoSituation : name;
}

std::string axis_value_for(const Axis& axis, const Slot& slot, const Draw& draw,
                           Random& random) {
  std::vector<Candidate> candidates;
  for (const AxisValue& one : axis.values) {
    if (!one.sessions.holds(slot.session)) continue;
    candidates.push_back({one.value, one.share});
  }
  return draw.shares.most_wanted(axis.name, candidates, random);
}

// What is drawn by shares. The turns and the day follow from the situation.
void draw_by_shares(const Wave& wave, const PlannedPersona& persona,
                    const StorylineSoFar& before, const Draw& draw,
                    uint64_t storyline_seed, Slot& slot) {
  slot.situations = draw.situations.hash;
  Random random(seed_for(slot.seed, kSituationAxis));
  slot.situation = situation_for(wave, persona, slot, before, draw, random);
  for (const Axis& axis : draw.situations.axes) {
    Random own(seed_for(slot.seed, axis.name));
    slot.*axis_member(axis.name) = axis_value_for(axis, slot, draw, own);
  }
  const Situation* situation = draw.situations.find(slot.situation);
  CountRange turns = wave.turns;
  CountRange days_apart = kDaysApart;
  if (situation) {
    turns = turns_of(wave, *situation);
    if (!situation->opening.empty()) slot.opening = situation->opening;
    days_apart = situation->days_apart.value_or(days_apart);
  }
  Random length(seed_for(slot.seed, "turns"));
  slot.turns = drawn_turns(turns, length);
  slot.starts_at = start_of(storyline_seed, slot.session, before, days_apart);
}

Slot drawn(const Wave& wave, const PlannedPersona& persona, int64_t slot_number,
           int64_t storyline, int session, const StorylineSoFar& before,
           const Draw& draw) {
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
  slot.topic = topic_of(persona, storyline_seed, session);
  slot.tester_variant = random.between(0, wave.tester_variants - 1);
  slot.assistant_variant = random.between(0, wave.assistant_variants - 1);
  slot.withheld_tools = withheld_from(wave, storyline_seed);
  slot.events = events_before(persona, storyline_seed, session);
  draw_by_shares(wave, persona, before, draw, storyline_seed, slot);
  return slot;
}

// Which persona, and which session of its storyline, stands at an offset.
struct Seat {
  size_t persona = 0;
  int session = 1;
};
// Behind the last one all go on.
Seat seat_at(const Wave& wave, int64_t offset) {
  int longest = *std::max_element(wave.lengths.begin(), wave.lengths.end());
  for (int session = 1;; ++session) {
    for (size_t persona = 0; persona < wave.lengths.size(); ++persona) {
      if (session <= longest && wave.lengths[persona] < session) continue;
      if (offset-- == 0) return {persona, session};
    }
  }
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
        return PlannedPersona{
            persona.name, content_hash(to_text(persona.to_json())),
            persona.topics, persona.events.size(), persona.facts.size()};
      }),
      find([&personas](const std::string& name) {
        return personas.find(name);
      }) {}

std::string conversation_id(int64_t slot) {
  char text[32];
  std::snprintf(text, sizeof text, "conv_%06lld", static_cast<long long>(slot));
  return text;
}

const std::vector<std::string>& shared_axes() {
  static const std::vector<std::string> axes = [] {
    std::vector<std::string> all = {kSituationAxis};
    all.insert(all.end(), axis_names().begin(), axis_names().end());
    return all;
  }();
  return axes;
}

std::string Slot::*axis_member(const std::string& axis) {
  static const std::map<std::string, std::string Slot::*> members = {
      {kSituationAxis, &Slot::situation},
      {"mood", &Slot::mood},
      {"style", &Slot::style},
      {"typing", &Slot::typing},
      {"opening", &Slot::opening},
      {"purpose", &Slot::purpose}};
  return members.at(axis);
}

int64_t Wave::places() const {
  return std::accumulate(lengths.begin(), lengths.end(), int64_t{0});
}

void draw_lengths(Wave& wave) {
  wave.lengths.clear();
  for (const PlannedPersona& persona : wave.personas) {
    uint64_t seed = seed_for(wave.seed, "sessions of " + persona.text);
    wave.lengths.push_back(drawn_sessions(wave.sessions, seed, wave.wave - 1));
  }
}

size_t persona_at(const Wave& wave, int64_t place) {
  return seat_at(wave, place - wave.first_place).persona;
}

void count_open(Shares& shares, const Slot& slot) {
  for (const std::string& axis : shared_axes()) {
    ++shares.count(axis, slot.*axis_member(axis)).open;
  }
}

void count_replaced(Shares& shares, const Slot& slot) {
  for (const std::string& axis : shared_axes()) {
    --shares.count(axis, slot.*axis_member(axis)).open;
  }
}

void count_kept(Shares& shares, const Slot& slot, const Outcome& outcome) {
  for (const std::string& axis : shared_axes()) {
    bool is_situation = axis == kSituationAxis;
    const std::string& value = slot.*axis_member(axis);
    const std::string& played = is_situation ? outcome.situation : value;
    bool came_out = !is_situation || outcome.took_place;
    ShareCount& count = shares.count(axis, value);
    --count.open;
    ++count.done;
    if (!came_out) continue;
    if (played == value) ++count.succeeded;
    ++shares.count(axis, played).kept;
  }
}

void count_dropped(Shares& shares, const Slot& slot, const Outcome& outcome) {
  Shares kept;
  count_open(kept, slot);
  count_kept(kept, slot, outcome);
  for (const auto& [axis, values] : kept.counts()) {
    for (const auto& [value, more] : values) {
      ShareCount& count = shares.count(axis, value);
      count.done -= more.done;
      count.succeeded -= more.succeeded;
      count.kept -= more.kept;
    }
  }
}

void count_given_up(Shares& shares, const Slot& slot) {
  for (const std::string& axis : shared_axes()) {
    ShareCount& count = shares.count(axis, slot.*axis_member(axis));
    --count.open;
    ++count.done;
  }
}

void StorylineSoFar::add(const Slot& slot) {
  situations.push_back(slot.situation);
  // A repaired slot may have lost its day.
  if (slot.starts_at.minutes > 0) last_start = slot.starts_at;
}

Slot draw_slot(const Wave& wave, int64_t place, int64_t slot,
               const Storylines& before, const Draw& draw) {
  static const StorylineSoFar nothing;
  Seat seat = seat_at(wave, place - wave.first_place);
  int64_t storyline = wave.first_storyline + static_cast<int64_t>(seat.persona);
  auto found = before.find(storyline);
  Slot result =
      drawn(wave, wave.personas[seat.persona], slot, storyline, seat.session,
            found == before.end() ? nothing : found->second, draw);
  result.place = place;
  return result;
}

Slot draw_replacement(const Wave& wave, const Slot& given_up, int64_t slot,
                      int64_t storyline, int session,
                      const StorylineSoFar& before, const Draw& draw) {
  PlannedPersona persona;
  persona.name = given_up.persona;
  persona.text = given_up.persona_text;
  for (const PlannedPersona& planned : wave.personas) {
    if (planned.name == given_up.persona) persona = planned;
  }
  Slot result = drawn(wave, persona, slot, storyline, session, before, draw);
  result.place = given_up.place;
  if (!draw.situations.all.empty()) return result;
  // There is nothing to draw from: what was drawn serves again.
  for (const std::string& axis : shared_axes()) {
    result.*axis_member(axis) = given_up.*axis_member(axis);
  }
  return result;
}

}  // namespace simulate
