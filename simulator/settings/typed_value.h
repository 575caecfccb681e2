// How a value of each type that a setting may have is read from a command line
// and shown to a person: overloads for the table of settings, and for nobody
// else.
// Tested by tests/settings/settings_test.cpp.
#pragma once

#include <string>
#include <vector>

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
                CountRange& value);
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
std::string value_text(const CountRange& value);
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

}  // namespace simulate
