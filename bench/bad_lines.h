// What the badly behaved model can say: bench/bad_model.json, a JSON object a
// line, each with a "language" and a "type":
//   talk       "turns", the last of which ends with [END]
//   lookalike  one turn that looks like a defect and is none: "person" and
//              "assistant" name the defect that each side looks like, or ""
//   defect     "role", "kind" and "lines"; in a line {line} is the good reply
//              of the person, {bye} that without [END], {words} Ada's, {person}
//              and {ada} what the other one said last, {own} an earlier reply,
//              {name} the person's name
//   bye, more, error   what is said where a talk has no line: past its end, to
//              something unknown, and after a call that failed
#pragma once

#include <map>
#include <string>
#include <vector>

namespace bench {

// One reply of Ada's: calls `call`, or says `words`.
struct Step {
  std::string thought;
  std::string call;
  std::string words;
};

struct Turn {
  std::string person;
  std::vector<Step> steps;  // the last one has words
  std::string person_looks_like;
  std::string assistant_looks_like;
};

using Talk = std::vector<Turn>;
using Defects = std::map<std::string, std::vector<std::string>>;  // by kind

struct Lines {
  std::vector<Talk> talks;
  std::vector<Turn> lookalikes;
  std::map<std::string, Defects> defects;  // by role
  std::vector<std::string> byes;
  std::vector<Turn> more;
  Turn error;
};

using LinesByLanguage = std::map<std::string, Lines>;

// Throws std::runtime_error with the number of a line that cannot be read.
LinesByLanguage read_lines(const std::string& path);

// A line with its placeholders filled in; others stay.
std::string filled(const std::string& line,
                   const std::map<std::string, std::string>& values);

std::string thinking(const std::string& thought);  // as a reply begins with it
std::string tagged(const std::string& call);

}  // namespace bench
