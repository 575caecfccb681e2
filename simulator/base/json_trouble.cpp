#include "simulator/base/json_trouble.h"

#include <algorithm>

#include "simulator/base/json.h"

namespace simulate {

std::string json_trouble(std::string_view text) {
  try {
    // Without building a value: how deep it nests does not matter here.
    Json::parser_callback_t nothing = [](int, Json::parse_event_t, Json&) {
      return false;
    };
    Json skipped = Json::parse(text, nothing);
    return "";
  } catch (const Json::parse_error& error) {
    // What is wrong is noticed at the next thing behind it.
    std::string_view read =
        text.substr(0, std::min<size_t>(text.size(), error.byte));
    auto line = 1 + std::count(read.begin(), read.end(), '\n');
    return "line " + std::to_string(line) +
           ": a comma, a quote or a bracket is missing or one too many, there "
           "or at the end of the line before";
  } catch (const Json::out_of_range&) {  // tells no place
    return "a number is too large to be read";
  }
}

}  // namespace simulate
