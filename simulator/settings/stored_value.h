// How a value of each type that a setting may have is written in the ledger and
// read there: overloads for the table of settings, and for nobody else.
// Tested by tests/settings/settings_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/base/json.h"
#include "simulator/settings/settings.h"

namespace simulate {

// In the ledger. What is null is left out.
Json stored_value(int64_t value);
Json stored_value(int value);
Json stored_value(const std::optional<uint64_t>& value);
Json stored_value(double value);
Json stored_value(const CountRange& value);
Json stored_value(const std::string& value);
Json stored_value(const std::filesystem::path& file);  // its name alone
Json stored_value(const std::vector<std::string>& names);
Json stored_value(Rewrite value);
Json stored_value(ToolSyntax value);
Json stored_value(ToolMode value);
Json stored_value(Judging value);
Json stored_value(const Cast& value);
Json stored_value(const ModelSettings& value);
Json stored_value(const TextHashes& value);
Json stored_value(const std::optional<TextHashes>& value);

// False when `json` is of another type or shape.
bool restore_value(const Json& json, int64_t& value);
bool restore_value(const Json& json, int& value);
bool restore_value(const Json& json, std::optional<uint64_t>& value);
bool restore_value(const Json& json, double& value);
bool restore_value(const Json& json, CountRange& value);
bool restore_value(const Json& json, std::string& value);
bool restore_value(const Json& json, std::filesystem::path& value);
bool restore_value(const Json& json, std::vector<std::string>& names);
bool restore_value(const Json& json, Rewrite& value);
bool restore_value(const Json& json, ToolSyntax& value);
bool restore_value(const Json& json, ToolMode& value);
bool restore_value(const Json& json, Judging& value);
bool restore_value(const Json& json, Cast& value);
bool restore_value(const Json& json, ModelSettings& value);
bool restore_value(const Json& json, TextHashes& value);
bool restore_value(const Json& json, std::optional<TextHashes>& value);

}  // namespace simulate
