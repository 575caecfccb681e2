#include "simulator/conversation/past.h"

#include <algorithm>
#include <charconv>

#include "simulator/base/text.h"

namespace simulate {

namespace {

// One's own words are remembered better than what was answered, in bytes.
constexpr size_t kMostOfOwn = 280;
constexpr size_t kMostOfAnswer = 100;

std::string line_of(const Message& message, const std::string& assistant) {
  std::string words = one_line(message.content);
  return message.speaker == Speaker::tester
             ? "You: " + shortened(words, kMostOfOwn) + "\n"
             : assistant + ": " + shortened(words, kMostOfAnswer) + "\n";
}

std::string heading_of(const PastSession& session, SimulatedTime now) {
  return ago_text(session.starts_at, now) + " (" +
         weekday_text(session.starts_at) + ", " + date_text(session.starts_at) +
         "):\n";
}

// The last lines, as many as fit into `bytes`.
std::string end_of(const PastSession& session, size_t bytes,
                   const std::string& assistant) {
  constexpr std::string_view kCut = "...\n";
  std::string text;
  for (auto message = session.spoken.rbegin(); message != session.spoken.rend();
       ++message) {
    std::string line = line_of(*message, assistant);
    if (text.size() + line.size() + kCut.size() > bytes) {
      return text.empty() ? text : std::string(kCut) + text;
    }
    text.insert(0, line);
  }
  return text;
}

// In the order in which they happened. A number that the persona does not have
// is of no event.
std::vector<const LifeEvent*> events_of(const Persona& persona,
                                        const std::string& indexes) {
  std::vector<const LifeEvent*> events;
  for (const std::string& text : split(indexes, ',')) {
    size_t index = persona.events.size();
    std::from_chars(text.data(), text.data() + text.size(), index);
    if (index < persona.events.size()) events.push_back(&persona.events[index]);
  }
  return events;
}

std::string told(const std::vector<const LifeEvent*>& events, size_t first) {
  std::vector<std::string> lines;
  for (size_t i = first; i < events.size(); ++i) {
    std::string before =
        events[i]->ends.empty() ? "" : " (Before: " + events[i]->ends + ")";
    lines.push_back(events[i]->happened + before);
  }
  return list_text(lines);
}

}  // namespace

std::string past_text(const std::vector<PastSession>& newest_first,
                      SimulatedTime now, const std::string& assistant) {
  std::string text;
  for (const PastSession& session : newest_first) {
    std::string heading = (text.empty() ? "" : "\n") + heading_of(session, now);
    size_t taken = text.size() + heading.size();
    std::string words =
        taken < kMostPast ? end_of(session, kMostPast - taken, assistant) : "";
    if (words.empty()) break;
    text += heading + words;
  }
  return std::string(trimmed(text));
}

Persona as_of(const Persona& persona, const Slot& slot) {
  Persona then = persona;
  for (const LifeEvent* event : events_of(persona, slot.events)) {
    auto ended = std::find(then.facts.begin(), then.facts.end(), event->ends);
    if (ended == then.facts.end()) {
      if (!event->begins.empty()) then.facts.push_back(event->begins);
    } else if (event->begins.empty()) {
      then.facts.erase(ended);
    } else {
      *ended = event->begins;
    }
  }
  if (!persona.sides.empty()) {
    auto before = static_cast<size_t>(std::max(slot.session, 1) - 1);
    then.background += "\n\n" + persona.sides[before % persona.sides.size()];
  }
  return then;
}

std::string memory_text(const Past& past, int session) {
  if (!past.said.empty()) return past.said;
  return session > 1 ? "(You have talked before, but nothing of it has stayed "
                       "with you.)"
                     : "(You have never talked before.)";
}

std::string news_text(const Persona& persona, const Slot& slot,
                      const Past& past) {
  return told(events_of(persona, slot.events),
              events_of(persona, past.events).size());
}

std::string changes_text(const Persona& persona, const Past& past) {
  return told(events_of(persona, past.events), 0);
}

}  // namespace simulate
