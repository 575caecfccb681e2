// How a value of each type that a setting may have is read from a command line,
// written and read in the ledger, shown, and compared: overloads for the table
// of settings, and for nobody else.
#pragma once

#include <string>
#include <vector>

#include "simulator/base/json.h"
#include "simulator/settings/setting.h"

namespace simulate {

// From a command line. `flag` is "--target". Throws BadUsage.
void read_value(const std::string& flag, const std::string& text, Range range,
                int64_t& value);
void read_value(const std::string& flag, const std::string& text, Range range,
                int& value);
void read_value(const std::string& flag, const std::string& text, Range range,
                std::optional<int64_t>& value);
void read_value(const std::string& flag, const std::string& text, Range range,
                std::optional<uint64_t>& value);
void read_value(const std::string& flag, const std::string& text, Range range,
                double& share);
void read_value(const std::string& flag, const std::string& text, Range range,
                TurnRange& value);
void read_value(const std::string& flag, const std::string& text, Range,
                bool& value);
void read_value(const std::string& flag, const std::string& text, Range,
                std::string& value);
void read_value(const std::string& flag, const std::string& text, Range,
                std::filesystem::path& value);
void read_value(const std::string& flag, const std::string& text, Range,
                std::vector<std::string>& names);
void read_value(const std::string& flag, const std::string& text, Range,
                ToolChoice& value);
void read_value(const std::string& flag, const std::string& text, Range,
                Rewrite& value);
void read_value(const std::string& flag, const std::string& text, Range,
                ToolSyntax& value);
void read_value(const std::string& flag, const std::string& text, Range,
                OnChange& value);
void read_value(const std::string& flag, const std::string& text, Range,
                LogLevel& value);
void read_value(const std::string& flag, const std::string& text, Range,
                std::optional<FileFormat>& value);

// As it is shown to a person.
std::string value_text(int64_t value);
std::string value_text(int value);
std::string value_text(const std::optional<int64_t>& value);
std::string value_text(const std::optional<uint64_t>& value);
std::string value_text(double share);
std::string value_text(const TurnRange& value);
std::string value_text(bool value);
std::string value_text(const std::string& value);
std::string value_text(const std::filesystem::path& value);
std::string value_text(const std::vector<std::string>& names);
std::string value_text(const ToolChoice& value);
std::string value_text(Rewrite value);
std::string value_text(ToolSyntax value);
std::string value_text(OnChange value);
std::string value_text(LogLevel value);
std::string value_text(const std::optional<FileFormat>& value);

// In the ledger. What is null is left out.
Json stored_value(int64_t value);
Json stored_value(int value);
Json stored_value(const std::optional<uint64_t>& value);
Json stored_value(double value);
Json stored_value(const TurnRange& value);
Json stored_value(const std::string& value);
Json stored_value(const std::filesystem::path& file);  // its name alone
Json stored_value(const std::vector<std::string>& names);
Json stored_value(Rewrite value);
Json stored_value(ToolSyntax value);
Json stored_value(const Cast& value);
Json stored_value(const ModelSettings& value);
Json stored_value(const TextHashes& value);
Json stored_value(const std::optional<TextHashes>& value);

// False when `json` is of another type or shape.
bool restore_value(const Json& json, int64_t& value);
bool restore_value(const Json& json, int& value);
bool restore_value(const Json& json, std::optional<uint64_t>& value);
bool restore_value(const Json& json, double& value);
bool restore_value(const Json& json, TurnRange& value);
bool restore_value(const Json& json, std::string& value);
bool restore_value(const Json& json, std::filesystem::path& value);
bool restore_value(const Json& json, std::vector<std::string>& names);
bool restore_value(const Json& json, Rewrite& value);
bool restore_value(const Json& json, ToolSyntax& value);
bool restore_value(const Json& json, Cast& value);
bool restore_value(const Json& json, ModelSettings& value);
bool restore_value(const Json& json, TextHashes& value);
bool restore_value(const Json& json, std::optional<TextHashes>& value);

// Appends what differs, each as "name: before -> now".
using Differences = std::vector<std::string>;
void compare_values(const std::string& name, const TextHashes& before,
                    const TextHashes& now, Differences& differences);
void compare_values(const std::string& name,
                    const std::optional<TextHashes>& before,
                    const std::optional<TextHashes>& now,
                    Differences& differences);
// Providers that only one of the two has are no difference.
void compare_values(const std::string& name, const ModelSettings& before,
                    const ModelSettings& now, Differences& differences);
void compare_values(const std::string& name, const Cast& before,
                    const Cast& now, Differences& differences);
void compare_values(const std::string& name,
                    const std::vector<std::string>& before,
                    const std::vector<std::string>& now,
                    Differences& differences);
// By their names: a run may be moved.
void compare_values(const std::string& name,
                    const std::filesystem::path& before,
                    const std::filesystem::path& now, Differences& differences);

template <class Value>
void compare_values(const std::string& name, const Value& before,
                    const Value& now, Differences& differences) {
  if (before == now) return;
  differences.push_back(name + ": " + value_text(before) + " -> " +
                        value_text(now));
}

}  // namespace simulate
