#include "bench/bad_speakers.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "simulator/base/hash.h"
#include "simulator/base/text.h"

namespace bench {

namespace {

using simulate::contains;
using simulate::Json;
using simulate::quick_hash;
using simulate::Random;
using simulate::replaced;
using simulate::string_at;
using simulate::trimmed;

constexpr std::string_view kEnd = "[END]";
constexpr size_t kWorthRepeating = 20;  // bytes
constexpr size_t kTelling = 10;         // bytes that few messages share

std::string content_of(const Json& message) {
  return string_at(message, "content");
}

bool is_from(const Json& message, std::string_view role) {
  return string_at(message, "role") == role;
}

bool is_result(const Json& message) {
  return content_of(message).starts_with("<tool_result>");
}

std::string without_end(const std::string& words) {
  return std::string(trimmed(replaced(words, kEnd, "")));
}

// What is left of words however they were cleaned: letters and digits.
std::string core(std::string_view words) {
  std::string kept;
  for (char c : without_end(std::string(words))) {
    if (std::isalnum(static_cast<unsigned char>(c)) || (c & 0x80)) {
      kept += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  return kept;
}

std::string after(std::string_view text, std::string_view mark,
                  std::string_view until) {
  size_t at = text.find(mark);
  if (at == std::string_view::npos) return "";
  at += mark.size();
  return std::string(text.substr(at, text.find_first_of(until, at) - at));
}

int number_after(std::string_view text, std::string_view mark) {
  size_t at = text.find(mark);
  if (at == std::string_view::npos) return 0;
  at = text.find_first_of("0123456789", at);
  return at == std::string_view::npos ? 0 : std::atoi(text.data() + at);
}

std::string words_of(const std::string& reply) {
  size_t end = reply.rfind("</think>");
  return std::string(
      trimmed(end == std::string::npos ? reply : reply.substr(end + 8)));
}

bool is_like(std::string_view text, std::string_view pattern) {
  if (text.size() < pattern.size()) return false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    bool digit = std::isdigit(static_cast<unsigned char>(text[i]));
    if (pattern[i] == '0' ? !digit : text[i] != pattern[i]) return false;
  }
  return true;
}

std::string first_like(std::string_view text, std::string_view pattern) {
  for (; !text.empty(); text.remove_prefix(1)) {
    if (is_like(text, pattern))
      return std::string(text.substr(0, pattern.size()));
  }
  return "";
}

// When the conversation takes place, "2025-03-04 18:50", which both system
// messages tell: the tester's under a heading, Ada's before the reminders.
std::string moment_of(std::string_view system, bool tester) {
  constexpr size_t kNear = 120;
  size_t at = tester ? system.rfind("# This conversation")
                     : system.rfind("Open reminders");
  if (at == std::string_view::npos) return "";
  std::string_view told = system.substr(tester ? at : at - std::min(at, kNear));
  return first_like(told, "0000-00-00") + " " + first_like(told, "00:00");
}

std::string day_after(const std::string& moment) {
  using namespace std::chrono;
  int y = 0;
  unsigned m = 0;
  unsigned d = 0;
  if (std::sscanf(moment.c_str(), "%4d-%2u-%2u", &y, &m, &d) != 3) return "";
  year_month_day next = sys_days(year(y) / month(m) / day(d)) + days(1);
  char text[32];
  std::snprintf(
      text, sizeof text, "%04d-%02u-%02u", static_cast<int>(next.year()),
      static_cast<unsigned>(next.month()), static_cast<unsigned>(next.day()));
  return text;
}

// The talk of about as many messages as are planned, another in each session.
const Talk& drawn_talk(const Lines& lines, const std::string& system) {
  int planned = number_after(system, "Length:");
  auto away = [&](const Talk& talk) {
    return std::abs(static_cast<int>(talk.size()) - planned);
  };
  std::vector<const Talk*> nearest;
  for (const Talk& talk : lines.talks) {
    if (!nearest.empty() && away(talk) < away(*nearest[0])) nearest.clear();
    if (nearest.empty() || away(talk) == away(*nearest[0])) {
      nearest.push_back(&talk);
    }
  }
  uint64_t who = quick_hash(after(system, "# Who you are\n\nYou are ", ","));
  int session = number_after(system, "conversation number");
  return *nearest[(who + static_cast<uint64_t>(session)) % nearest.size()];
}

// A last user message that the other one never said, nor what it is made of
// or a part of: why a reply was refused.
bool ends_with_correction(const Json& messages,
                          const std::set<std::string>& said) {
  if (messages.size() < 3 ||
      !is_from(messages[messages.size() - 2], "assistant")) {
    return false;
  }
  const Json& last = messages.back();
  if (!is_from(last, "user") || is_result(last)) return false;
  std::string words = core(content_of(last));
  return std::ranges::none_of(said, [&](const std::string& part) {
    return part == words ||
           (words.size() >= kTelling && contains(part, words)) ||
           (part.size() >= kTelling && contains(words, part));
  });
}

}  // namespace

BadSpeakers::BadSpeakers(LinesByLanguage lines, uint64_t seed, Rates rates)
    : lines_(std::move(lines)), seed_(seed), rates_(rates) {}

BadReply BadSpeakers::reply_to(std::string_view body) {
  Random random(simulate::seed_for(seed_, body));
  Json messages = Json::parse(body).at("messages");
  std::string system = content_of(messages.at(0));
  if (system.starts_with("You edit the private thoughts")) {
    return {content_of(messages.back()), "rewriter", "", "", "", false};
  }
  bool tester = system.starts_with("You play a person");
  std::string moment = moment_of(system, tester);
  Meeting& meeting = meetings_[moment];
  bool corrects = ends_with_correction(
      messages, tester ? meeting.by_assistant : meeting.by_tester);
  if (corrects) messages.erase(messages.end() - 2, messages.end());
  Place place = tester ? tester_place(messages, random)
                       : assistant_place(messages, meeting, day_after(moment));
  if (tester) meeting.language = place.good.language;
  if (tester) meeting.talk = place.talk;
  place.good.corrects = corrects;
  if (!corrects && !place.lookalike && random.chance(rates_.defects)) {
    plant_defect(place, random);
  }
  (tester ? meeting.by_tester : meeting.by_assistant)
      .insert(core(words_of(place.good.content)));
  return place.good;
}

const Turn* BadSpeakers::lookalike_of(const std::string& language,
                                      std::string_view person) const {
  std::string words = core(person);
  for (const Turn& turn : lines_.at(language).lookalikes) {
    if (core(turn.person) == words) return &turn;
  }
  return nullptr;
}

BadSpeakers::Place BadSpeakers::tester_place(const Json& messages,
                                             Random& random) const {
  std::string system = content_of(messages[0]);
  Place place;
  BadReply& good = place.good;
  good.role = "tester";
  good.language = after(system, "in this language: ", ".\n");
  const Lines& lines = lines_.at(good.language);
  place.talk = &drawn_talk(lines, system);
  place.values["name"] = after(system, "# Who you are\n\nYou are ", ",");
  size_t position = 0;
  std::vector<const Turn*> played;
  for (const Json& message : messages) {
    if (!is_from(message, "assistant")) continue;
    std::string own = content_of(message);
    const Turn* lookalike = lookalike_of(good.language, own);
    if (lookalike) {
      played.push_back(lookalike);
    } else {
      ++position;
    }
    if (own.size() >= kWorthRepeating) place.values["own"] = without_end(own);
  }
  place.first = position == 0 && played.empty();
  place.last = position + 1 >= place.talk->size();
  if (!place.first) place.values["ada"] = content_of(messages.back());
  Turn past_the_end;
  past_the_end.person = random.pick(lines.byes) + "\n" + std::string(kEnd);
  const Turn* turn =
      position < place.talk->size() ? &place.talk->at(position) : &past_the_end;
  const Turn& other = random.pick(lines.lookalikes);
  if (random.chance(rates_.lookalikes) && !place.first && !place.last &&
      std::ranges::find(played, &other) == played.end()) {
    place.lookalike = true;
    turn = &other;
  }
  good.content = turn->person;
  good.looks_like = turn->person_looks_like;
  place.values["line"] = good.content;
  place.values["bye"] = without_end(good.content);
  return place;
}

void BadSpeakers::play(Place& place, const Turn& turn, size_t step,
                       const std::string& system, const std::string& tomorrow,
                       bool failed) const {
  const Turn& error = lines_.at(place.good.language).error;
  const Step* now = &turn.steps[std::min(step, turn.steps.size() - 1)];
  bool offered =
      contains(system, "- " + now->call.substr(0, now->call.find('(')) + "(");
  if (failed || (!now->call.empty() && !offered)) now = &error.steps[0];
  place.values["thought"] = now->thought;
  place.values["words"] = turn.steps.back().words;
  place.calls_now = !now->call.empty();
  if (place.calls_now) {
    place.values["call"] = filled(now->call, {{"tomorrow", tomorrow}});
  }
  place.good.content =
      thinking(now->thought) +
      (place.calls_now ? tagged(place.values["call"]) : now->words);
}

BadSpeakers::Place BadSpeakers::assistant_place(
    const Json& messages, const Meeting& meeting,
    const std::string& tomorrow) const {
  Place place;
  place.good.role = "assistant";
  place.good.language = meeting.language;
  place.talk = meeting.talk;
  std::vector<std::string> persons;
  size_t step = 0;
  bool failed = false;
  for (const Json& message : messages) {
    std::string content = content_of(message);
    if (is_from(message, "assistant")) {
      ++step;
      std::string own = words_of(content);
      if (own.size() >= kWorthRepeating && !contains(own, "<tool_call>")) {
        place.values["own"] = own;
      }
    } else if (is_result(message)) {
      place.knows_results = true;
      failed = failed || contains(content, "\"error\"");
    } else if (is_from(message, "user")) {
      persons.push_back(content);
      step = 0;
      failed = false;
    }
  }
  place.before_calls = step == 0;
  play(place, answering_turn(place, persons), step, content_of(messages[0]),
       tomorrow, failed);
  return place;
}

const Turn& BadSpeakers::answering_turn(
    Place& place, const std::vector<std::string>& persons) const {
  const std::string& language = place.good.language;
  const std::string& person = persons.back();
  place.values["person"] = person;
  place.tells_something = person.size() >= kWorthRepeating;
  if (const Turn* turn = lookalike_of(language, person)) {
    place.lookalike = true;
    place.good.looks_like = turn->assistant_looks_like;
    return *turn;
  }
  auto position = static_cast<size_t>(
      std::ranges::count_if(persons,
                            [&](const std::string& words) {
                              return !lookalike_of(language, words);
                            }) -
      1);
  if (place.talk && position < place.talk->size()) {
    return place.talk->at(position);
  }
  const std::vector<Turn>& more = lines_.at(language).more;
  return more[quick_hash(person) % more.size()];
}

// What somebody says in a talk of another language, long enough to tell.
std::string BadSpeakers::foreign(const Place& place, Random& random) const {
  std::vector<const Lines*> others;
  for (const auto& [language, lines] : lines_) {
    if (language != place.good.language) others.push_back(&lines);
  }
  std::string line;
  while (line.size() < kWorthRepeating) {
    const Talk& talk = random.pick(random.pick(others)->talks);
    const Turn& turn = talk[random.below(talk.size() - 1)];
    line = place.good.role == "tester" ? turn.person : turn.steps.back().words;
  }
  return line;
}

}  // namespace bench
