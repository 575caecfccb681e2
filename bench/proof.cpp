// How well the proof of the rewriter judges the rewrites of a corpus, and how
// long it takes.
//
//   proof_bench [HALF] [FILE] [-v]
//
// FILE is tests/guards/corpus/thoughts.jsonl; thoughts_more.jsonl beside it has
// more of the half dev, of longer thoughts too.
// HALF is dev (as it is), held_out or unseen. Prints what it finds of each
// defect and what it refuses of clean rewrites, by language; with -v each wrong
// judgement, of the half dev alone: nobody is to learn from the other.
#include <cstdio>
#include <ctime>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "simulator/base/json.h"
#include "simulator/base/text.h"
#include "simulator/guards/rewrite_proof.h"

namespace {

using simulate::Json;

struct Tally {
  int all = 0;
  int refused = 0;
};

// By defect ("" is clean) and language.
using Tallies = std::map<std::string, std::map<std::string, Tally>>;

std::vector<std::string> texts_at(const Json& item, const char* name) {
  return item.value(name, std::vector<std::string>());
}

std::string fault_of(const Json& item) {
  simulate::guards::Thinker thinker{item.at("language"), "Ada"};
  simulate::guards::Heard heard(thinker.language);
  for (const std::string& text : texts_at(item, "known")) heard.add(text);
  std::string before = item.at("before"), after = item.at("after");
  return simulate::guards::rewrite_fault({before, after, heard, thinker});
}

void show(const Json& item, const std::string& fault) {
  std::printf("%s %s%s\n  - %s\n  + %s\n  = %s\n",
              std::string(item.at("language")).c_str(),
              item.at("good") ? "clean" : "defect ",
              item.value("defect", std::string()).c_str(),
              std::string(item.at("before")).c_str(),
              std::string(item.at("after")).c_str(), fault.c_str());
}

void print(const Tallies& tallies) {
  for (const auto& [defect, languages] : tallies) {
    std::printf("%-22s",
                defect.empty() ? "refused though clean" : defect.c_str());
    Tally sum;
    for (const auto& [language, tally] : languages) {
      std::printf(" %s %2d/%-3d", language.c_str(), tally.refused, tally.all);
      sum.all += tally.all;
      sum.refused += tally.refused;
    }
    std::printf(" = %.3f of %d\n", double(sum.refused) / sum.all, sum.all);
  }
}

}  // namespace

int main(int count, char** words) {
  std::string half = count > 1 ? words[1] : "dev";
  std::string path = count > 2 ? words[2]
                               : SIMULATE_SOURCE_DIR
                         "/tests/guards/corpus/thoughts.jsonl";
  bool tells = count > 3 && half == "dev";
  Tallies tallies;
  int judged = 0;
  std::clock_t spent = 0;  // of the processor: others may be busy
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    std::optional<Json> item = simulate::parse_json(line);
    if (!item || item->value("half", "") != half) continue;
    simulate::guards::words_of(item->at("language"));  // read once
    std::clock_t start = std::clock();
    std::string fault = fault_of(*item);
    spent += std::clock() - start;
    ++judged;
    bool good = item->at("good");
    std::string defect;
    if (!good) defect = item->at("defect");
    Tally& tally = tallies[defect][item->at("language")];
    ++tally.all;
    tally.refused += !fault.empty();
    if (tells && good == !fault.empty()) show(*item, fault);
  }
  print(tallies);
  if (judged > 0) {
    std::printf("%d thoughts, %.0f microseconds each\n", judged,
                1e6 * double(spent) / CLOCKS_PER_SEC / judged);
  }
}
