#include "simulator/conversation/first_state.h"

#include <re2/re2.h>

#include <algorithm>
#include <charconv>

#include "simulator/base/random.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr int64_t kMinutesOfADay = 24 * 60;

const RE2& mark() {
  static const RE2 pattern(
      R"(\{\{(?:today([+-]\d{1,4})?|digits:([1-9]|1[0-8]))\}\})");
  return pattern;
}

bool is_row(const Json& row) {
  return row.is_object() && !row.empty() &&
         std::none_of(row.begin(), row.end(),
                      [](const Json& value) { return value.is_structured(); });
}

std::string without_marks(std::string text) {
  RE2::GlobalReplace(&text, mark(), "");
  return text;
}

std::string row_fault(const std::string& table, const Json& row) {
  if (!is_row(row)) {
    return "must have rows like {\"column\": \"value\"} for \"" +
           quotable(table) + "\", got " + quotable(shortened(to_text(row), 80));
  }
  for (const Json& value : row) {
    if (!value.is_string()) continue;
    std::string rest = without_marks(value.get<std::string>());
    if (!contains(rest, "{{")) continue;
    return "knows {{today}}, {{today-6}}, {{today+2}} and {{digits:5}}, got " +
           quotable(shortened(to_text(value), 80));
  }
  return "";
}

// Fills in the marks of a text, from left to right.
class Filling {
 public:
  explicit Filling(const Slot& first)
      : random_(seed_for(first.seed, "state")), today_(first.starts_at) {}

  std::string filled(const std::string& text) {
    std::string result;
    re2::StringPiece rest(text);
    const char* copied = text.data();
    while (mark().Match(rest, 0, rest.size(), RE2::UNANCHORED, groups_, 3)) {
      result.append(copied, groups_[0].data());
      copied = groups_[0].data() + groups_[0].size();
      result += groups_[2].empty() ? day(groups_[1]) : number(groups_[2]);
      rest.remove_prefix(static_cast<size_t>(copied - rest.data()));
    }
    return result.append(copied, text.data() + text.size());
  }

 private:
  static int count_in(re2::StringPiece text) {
    if (!text.empty() && text[0] == '+') text.remove_prefix(1);
    int count = 0;
    std::from_chars(text.data(), text.data() + text.size(), count);
    return count;
  }

  std::string day(re2::StringPiece ahead) const {
    return date_text({today_.minutes + count_in(ahead) * kMinutesOfADay});
  }

  std::string number(re2::StringPiece digits) {
    std::string text = std::to_string(random_.between(1, 9));
    for (int i = count_in(digits); i > 1; --i) {
      text += std::to_string(random_.between(0, 9));
    }
    return text;
  }

  Random random_;
  SimulatedTime today_;
  re2::StringPiece groups_[3];
};

const ToolTable* table_named(const std::string& name,
                             const std::vector<ToolGroup>& tools) {
  for (const ToolGroup& group : tools) {
    for (const ToolTable& table : group.tables) {
      if (table.name == name) return &table;
    }
  }
  return nullptr;
}

std::string unknown(const std::string& what, const std::string& name,
                    const std::vector<std::string>& known) {
  std::string guess = nearest(name, known);
  return "has " + what + " \"" + quotable(name) +
         "\", which the tools do not have; " +
         (guess.empty() ? "there are: " + joined(known, ", ")
                        : "did you mean \"" + guess + "\"?");
}

}  // namespace

std::string state_fault(const Json& rows) {
  if (!rows.is_object()) {
    return "must be an object of rows by table, got " +
           quotable(shortened(to_text(rows), 80));
  }
  for (const auto& [table, list] : rows.items()) {
    if (!list.is_array() || list.empty()) {
      return "must have a list of rows for \"" + quotable(table) + "\"";
    }
    for (const Json& row : list) {
      std::string fault = row_fault(table, row);
      if (!fault.empty()) return fault;
    }
  }
  return "";
}

std::string state_fault(const Json& rows, const std::vector<ToolGroup>& tools) {
  for (const auto& [name, list] : rows.items()) {
    const ToolTable* table = table_named(name, tools);
    if (!table) {
      std::vector<std::string> names;
      for (const ToolGroup& group : tools) {
        for (const ToolTable& one : group.tables) names.push_back(one.name);
      }
      return unknown("the table", name, names);
    }
    for (const Json& row : list) {
      for (const auto& [column, value] : row.items()) {
        const auto& columns = table->columns;
        if (std::count(columns.begin(), columns.end(), column)) continue;
        return unknown("the column", column, columns);
      }
    }
  }
  return "";
}

ToolState first_state(const Persona& persona, const Slot& first) {
  if (persona.state.empty()) return {};
  Filling filling(first);
  Json state = persona.state;
  for (Json& rows : state) {
    for (Json& row : rows) {
      for (Json& value : row) {
        if (value.is_string()) value = filling.filled(value.get<std::string>());
      }
    }
  }
  return {to_text(state)};
}

}  // namespace simulate
