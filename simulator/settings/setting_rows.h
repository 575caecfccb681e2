// How a row of the table of settings is made from the member that it fills: for
// the files that hold the rows, and for nobody else.
// Tested by tests/settings/settings_test.cpp.
#pragma once

#include "simulator/settings/compare_values.h"
#include "simulator/settings/setting.h"
#include "simulator/settings/stored_value.h"
#include "simulator/settings/typed_value.h"

namespace simulate {

using Rows = std::vector<Setting>;

// The parts of the table that stand in files of their own.
Rows what_one_command_asks_for();
Rows what_export_asks_for();

constexpr int64_t kMostOfAnything = 1'000'000'000;

// The member at the end of a path: at<&Settings::conversation,
// &ConversationSettings::rewrite>(settings).
template <auto... Path>
auto& at(auto& settings) {
  return (settings.*....*Path);
}

// A setting that the user types.
template <auto... Path>
Setting typed(const char* name, const char* value, std::string help,
              std::vector<Command> commands, Range range = {}) {
  Setting row;
  row.name = name;
  row.value = value;
  row.help = std::move(help);
  row.commands = std::move(commands);
  row.range = range;
  row.read = [](const Setting& self, const std::string& text, Settings& into) {
    read_value("--" + self.name, text, self.range, at<Path...>(into));
  };
  row.shown = [](const Settings& settings) {
    return value_text(at<Path...>(settings));
  };
  return row;
}

template <auto... Path>
Setting flag(const char* name, const char* help,
             std::vector<Command> commands) {
  Setting row = typed<Path...>(name, "", help, std::move(commands));
  row.written = Written::flag;
  return row;
}

template <auto... Path>
Setting positional(const char* name, const char* value, const char* help,
                   std::vector<Command> commands) {
  Setting row = typed<Path...>(name, value, help, std::move(commands));
  row.written = Written::positional;
  return row;
}

// What the ledger keeps of a row; `absent` says what a run was made with that
// did not know it yet.
template <auto... Path>
Setting kept(Setting row, Consequence on_change, const char* absent = "") {
  row.kept = {on_change, absent};
  row.stored = [](const Settings& settings) {
    return stored_value(at<Path...>(settings));
  };
  row.restore = [](const Json& value, Settings& into) {
    return restore_value(value, at<Path...>(into));
  };
  row.compare = [](const std::string& key, const Settings& before,
                   const Settings& now, Differences& differences) {
    compare_values(key, at<Path...>(before), at<Path...>(now), differences);
  };
  return row;
}

// The found setting `content` keeps what this one names.
inline Setting naming(const char* content, Setting row) {
  row.content = content;
  return row;
}

// A setting that is found in the user's files.
template <auto... Path>
Setting found(const char* name, const char* help, Consequence on_change,
              const char* absent = "") {
  Setting row;
  row.name = name;
  row.help = help;
  row.written = Written::nowhere;
  return kept<Path...>(std::move(row), on_change, absent);
}

}  // namespace simulate
