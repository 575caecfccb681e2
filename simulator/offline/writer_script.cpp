// Tested by tests/conversation/persona_writer_test.cpp.
#include "simulator/base/random.h"
#include "simulator/offline/scripts.h"

namespace simulate::offline {

namespace {

constexpr const char* kFirst[] = {"Ada",  "Bela", "Cleo", "Dorit", "Emil",
                                  "Fadi", "Gita", "Hana", "Ivo",   "Jun"};
constexpr const char* kFamily[] = {"Arden", "Brook", "Cole", "Dunn",
                                   "Elm",   "Frost", "Gray", "Hollis",
                                   "Ives",  "Jarvis"};
constexpr const char* kTowns[] = {"Leeds", "Cork", "Hull", "Bath", "Perth"};
constexpr const char* kThings[] = {"bicycle", "piano",  "garden",
                                   "boat",    "camera", "kettle",
                                   "shed",    "ladder", "stamp album"};

template <size_t N>
std::string one_of(const char* const (&words)[N], Random& random) {
  return words[random.below(N)];
}

// A fact and an event about each thing: enough for the shape of a person.
void add_things(Json& person, Random& random) {
  for (const char* thing : kThings) {
    std::string year = std::to_string(random.between(1990, 2024));
    std::string fact =
        "I have had my " + std::string(thing) + " since " + year + ".";
    person["facts"].push_back(fact);
    person["topics"].push_back("my " + std::string(thing));
    if (person["events"].size() == 3) continue;
    person["events"].push_back(
        {{"happened", "I sold my " + std::string(thing) + " at last."},
         {"ends", fact},
         {"begins", "I have no " + std::string(thing) + " any more."}});
  }
}

}  // namespace

std::string writer_script(const ChatRequest& request) {
  Random random(request.scene.at("number").get<uint64_t>());
  std::string name = one_of(kFirst, random) + " " + one_of(kFamily, random) +
                     " " + std::to_string(random.between(1, 999));
  Json person = {
      {"name", name},
      {"age", random.between(18, 88)},
      {"occupation", "somebody for trying things out"},
      {"place", one_of(kTowns, random) + ", made up"},
      {"language", "en"},
      {"background", request.scene.at("line").get<std::string>() +
                         " This person was written by a script, to try the "
                         "program out, and is not worth playing."},
      {"temperament", "Even."},
      {"speaking", "In short sentences."},
      {"goals", {"see how it works", "have somebody to talk to"}},
      {"facts", Json::array()},
      {"unknowns", {"does not know the capital of Peru", "has the year wrong"}},
      {"topics", Json::array()},
      {"events", Json::array()}};
  add_things(person, random);
  return to_text(person);
}

}  // namespace simulate::offline
