// Scenes: what the scripted speakers play in a situation, as data. Each is some
// lines of the person, and with each what the assistant does and says to it. A
// few situations of the companion are such scenes; another world is made of
// nothing else (docs/worlds.md). Read once; immutable then.
// Tested by tests/offline/scenes_test.cpp.
#pragma once

#include <re2/re2.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/offline/phrase_file.h"

namespace simulate::offline {

// Values by the names of blanks: "number": "R-40122".
using Values = Json;

// `text` with its {blanks} filled; nothing when one is not known.
std::optional<std::string> filled(const std::string& text,
                                  const Values& values);

struct SceneCall {
  std::string name;
  Json arguments;  // texts may hold blanks; "{due}" and "{all}" are made up
  std::string thought;
};

struct SceneReply {
  std::vector<SceneCall> calls;  // one after the other
  std::string thought;
  std::string answer;
};

// What the assistant does instead when the values are so.
struct SceneCase {
  Json when;  // {"status": "delivered"}, or a list of texts
  SceneReply reply;

  bool holds(const Values& values) const;
};

struct SceneLine {
  std::string say;
  std::string key;                  // the same in lower case
  std::vector<std::string> blanks;  // of `say`, in their order
  std::unique_ptr<RE2> pattern;     // what recognises it; null without blanks
  SceneReply reply;
  std::vector<SceneCase> cases;

  // With the calls that come before any case first. `values` are those that
  // are known after these.
  SceneReply reply_given(const Values& values) const;
};

using SceneLines = std::vector<SceneLine>;

// A line that was said, and the values that it told; null when it is none.
struct HeardLine {
  const SceneLine* line = nullptr;
  Values told = Json::object();
};

class Scenes : PhraseFile {
 public:
  // Throws Fatal: `name` of the file, the scene, what is wrong.
  Scenes(std::string name, std::string_view text);

  // Of a situation; null when it has none.
  const std::vector<SceneLines>* of(const std::string& situation) const;
  // Some people write everything in lower case.
  HeardLine line_in(const std::string& said) const;

  // The values that a person finds in what the prompt says.
  Values values_in(const std::vector<std::string>& texts) const;

  // Of a world that has nothing but scenes: what comes before the first line,
  // by mood, and what may come behind the last.
  const PhraseGroups& greetings() const { return greetings_; }
  const SceneLines& asides() const { return asides_; }
  const SceneLines& goodbyes() const { return goodbyes_; }

 private:
  std::map<std::string, std::string> read_blanks();
  std::map<std::string, std::vector<SceneLines>> read_all();
  SceneLines read_lines(const std::string& where, const Json& list) const;
  SceneLine read_line(const std::string& where, const Json& value) const;
  SceneReply read_reply(const std::string& where, const Json& value) const;
  void make_pattern(const std::string& where, SceneLine& line) const;

  std::map<std::string, std::string> blanks_;  // patterns by name
  std::map<std::string, std::vector<SceneLines>> all_;
  PhraseGroups greetings_;
  SceneLines asides_;
  SceneLines goodbyes_;
};

}  // namespace simulate::offline
