// How a value of each type that a setting may have is read from a command line
// and shown to a person: overloads for the table of settings, and for nobody
// else.
// Tested by tests/settings/settings_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/settings/setting.h"
#include "simulator/settings/words.h"

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
// A value that has a few words (words.h).
template <class Value>
concept Worded = requires(Value value) {
  words_of(value);
};

[[noreturn]] void refuse_word(const std::string& flag, const std::string& text,
                              const std::vector<std::string>& words);

template <Worded Value>
void read_value(const std::string& flag, const std::string& text, Range,
                Value& value) {
  std::vector<std::string> words;
  for (const auto& [word, meant] : words_of(value)) {
    words.push_back(word);
    if (word != text) continue;
    value = meant;
    return;
  }
  refuse_word(flag, text, words);
}

template <Worded Value>
void read_value(const std::string& flag, const std::string& text, Range range,
                std::optional<Value>& value) {
  read_value(flag, text, range, value.emplace());
}

// Says where json and jsonl went.
void read_value(const std::string& flag, const std::string& text, Range range,
                std::optional<SampleFormat>& value);

template <Worded Value>
std::string value_text(Value value) {
  return word_for(value);
}

template <Worded Value>
std::string value_text(const std::optional<Value>& value) {
  return value ? word_for(*value) : "";
}

}  // namespace simulate
