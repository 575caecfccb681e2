// Tested by tests/program/judge_test.cpp.
#include <algorithm>
#include <map>

#include "simulator/base/text.h"
#include "simulator/offline/scripts.h"

namespace simulate::offline {

namespace {

// Defects by the numbers of the messages that have them.
using Found = std::map<std::string, Json>;

bool ends_within_word(const std::string& answer) {
  unsigned char last = answer.empty() ? '.' : answer.back();
  return std::isalpha(last) != 0;
}

Found defects_in(const Json& answers) {
  Found found;
  std::map<std::string, int64_t> given;
  for (const Json& answer : answers) {
    auto number = answer.at(0).get<int64_t>();
    auto words = answer.at(1).get<std::string>();
    bool is_new = given.emplace(words, number).second;
    if (!is_new) found["repeated_answer"].push_back(number);
    if (ends_within_word(words)) found["cut_answer"].push_back(number);
  }
  return found;
}

}  // namespace

std::string judge_script(const ChatRequest& request) {
  Found found = defects_in(request.scene.at("answers"));
  Json verdict = Json::object();
  for (const Json& statement : request.scene.at("statements")) {
    Json numbers = Json::array();
    for (const Json& defect : statement.at("catches")) {
      auto at = found.find(defect.get<std::string>());
      if (at == found.end()) continue;
      for (const Json& number : at->second) numbers.push_back(number);
    }
    bool holds = numbers.empty();
    verdict[statement.at("name").get<std::string>()] = {
        {"holds", holds}, {"messages", std::move(numbers)}};
  }
  return to_text(verdict);
}

}  // namespace simulate::offline
