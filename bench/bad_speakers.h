// A model that plays the tester and the assistant from written lines, and now
// and then badly: with a defect in place of the good reply, or with a reply
// that looks like one and is right. What it says is decided by the seed and
// the request alone. It keeps what it has said, by the conversation's moment:
// so the assistant knows the talk that it is in, and each a correction (a last
// message that the other one never said).
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bench/bad_lines.h"
#include "simulator/base/json.h"
#include "simulator/base/random.h"

namespace bench {

struct Rates {
  double defects = 0;     // of replies
  double lookalikes = 0;  // of the person's messages, and the answers to them
};

struct BadReply {
  std::string content;
  std::string role;  // "tester", "assistant" or "rewriter"
  std::string language;
  std::string defect;      // or ""
  std::string looks_like;  // a defect that it is not, or ""
  bool corrects = false;   // answers a correction
};

class BadSpeakers {
 public:
  BadSpeakers(LinesByLanguage lines, uint64_t seed, Rates rates);

  // To a request's body. Throws Json's exceptions when it is no chat request.
  BadReply reply_to(std::string_view body);

 private:
  // A conversation, by its moment: what both have said in it.
  struct Meeting {
    std::string language = "en";
    const Talk* talk = nullptr;
    std::set<std::string> by_tester;
    std::set<std::string> by_assistant;
  };

  // Where a request stands: what would be said there, and what was.
  struct Place {
    BadReply good;
    const Talk* talk = nullptr;
    bool first = false;
    bool last = false;
    bool lookalike = false;
    bool tells_something = false;  // the person's message, worth parroting
    bool calls_now = false;        // the good reply is a call
    bool before_calls = false;     // in this turn
    bool knows_results = false;    // of calls in this conversation
    std::map<std::string, std::string> values;  // of a line's placeholders
  };

  Place tester_place(const simulate::Json& messages,
                     simulate::Random& random) const;
  Place assistant_place(const simulate::Json& messages, const Meeting& meeting,
                        const std::string& tomorrow) const;
  const Turn& answering_turn(Place& place,
                             const std::vector<std::string>& persons) const;
  void play(Place& place, const Turn& turn, size_t step,
            const std::string& system, const std::string& tomorrow,
            bool failed) const;
  void plant_defect(Place& place, simulate::Random& random) const;
  std::string defective(const Place& place, simulate::Random& random) const;
  const Turn* lookalike_of(const std::string& language,
                           std::string_view person) const;
  std::string foreign(const Place& place, simulate::Random& random) const;

  LinesByLanguage lines_;
  uint64_t seed_;
  Rates rates_;
  std::map<std::string, Meeting> meetings_;
};

}  // namespace bench
