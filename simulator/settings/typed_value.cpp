#include "simulator/settings/typed_value.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/settings/words.h"

namespace simulate {

namespace {

int64_t whole_number(const std::string& flag, const std::string& text,
                     Range range) {
  int64_t value = 0;
  const char* end = text.data() + text.size();
  auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end || value < range.low ||
      value > range.high) {
    throw BadUsage(flag + " must be a whole number from " +
                   std::to_string(range.low) + " to " +
                   std::to_string(range.high) + ", got \"" + quotable(text) +
                   "\"");
  }
  return value;
}

// Each once.
std::vector<std::string> words_in(const std::string& list) {
  std::vector<std::string> words;
  for (const std::string& part : split(list, ',')) {
    std::string word(trimmed(part));
    bool known = std::find(words.begin(), words.end(), word) != words.end();
    if (!word.empty() && !known) words.push_back(std::move(word));
  }
  return words;
}

}  // namespace

void read_value(const std::string& flag, const std::string& text, Range range,
                int64_t& value) {
  value = whole_number(flag, text, range);
}

void read_value(const std::string& flag, const std::string& text, Range range,
                int& value) {
  value = static_cast<int>(whole_number(flag, text, range));
}

void read_value(const std::string& flag, const std::string& text, Range range,
                std::optional<int64_t>& value) {
  value = whole_number(flag, text, range);
}

void read_value(const std::string& flag, const std::string& text, Range range,
                std::optional<uint64_t>& value) {
  value = static_cast<uint64_t>(whole_number(flag, text, range));
}

// "0.05" or "5%".
void read_value(const std::string& flag, const std::string& text, Range,
                double& share) {
  bool percent = text.ends_with('%');
  std::string number = percent ? text.substr(0, text.size() - 1) : text;
  double value = -1;
  const char* end = number.data() + number.size();
  auto read = std::from_chars(number.data(), end, value);
  if (percent) value /= 100;
  if (read.ec != std::errc() || read.ptr != end || !(value >= 0) || value > 1) {
    throw BadUsage(flag + " must be a share such as 0.05 or 5%, got \"" +
                   quotable(text) + "\"");
  }
  share = value;
}

void read_value(const std::string& flag, const std::string& text, Range range,
                CountRange& value) {
  std::vector<std::string> ends = split(text, '-');
  if (ends.size() == 1) ends.push_back(ends[0]);
  if (ends.size() != 2) {
    throw BadUsage(flag + " must look like 2-5, got \"" + quotable(text) +
                   "\"");
  }
  read_value(flag, ends[0], range, value.fewest);
  read_value(flag, ends[1], range, value.most);
  if (value.fewest <= value.most) return;
  throw BadUsage(flag + " " + quotable(text) +
                 " is the wrong way round; did you mean " + ends[1] + "-" +
                 ends[0] + "?");
}

void read_value(const std::string&, const std::string&, Range, bool& value) {
  value = true;
}

void read_value(const std::string&, const std::string& text, Range,
                std::string& value) {
  value = text;
}

void read_value(const std::string&, const std::string& text, Range,
                std::filesystem::path& value) {
  value = text;
}

// A list that names nothing must not fall back to another choice.
void read_value(const std::string& flag, const std::string& text, Range,
                std::vector<std::string>& names) {
  names = words_in(text);
  if (!names.empty()) return;
  throw BadUsage(flag + " names nothing; write for example " + flag +
                 " mistral,together");
}

// "shopping?" is offered to one storyline and not to another.
void read_value(const std::string& flag, const std::string& text, Range,
                ToolChoice& value) {
  value.groups.clear();
  for (std::string name : words_in(text)) {
    bool optional = name.ends_with('?');
    if (optional) name.pop_back();
    if (std::count(value.groups.begin(), value.groups.end(), name)) {
      throw BadUsage(flag + " names \"" + quotable(name) + "\" twice");
    }
    if (optional) value.optional.push_back(name);
    value.groups.push_back(std::move(name));
  }
  if (value.groups.size() > value.optional.size()) return;
  throw BadUsage(flag +
                 " must name tools that every conversation has; write for "
                 "example " +
                 flag + " memory,diary,shopping?");
}

void refuse_word(const std::string& flag, const std::string& text,
                 const std::vector<std::string>& words) {
  std::string guess = nearest(text, words);
  throw BadUsage(flag + " must be one of " + joined(words, ", ") + ", got \"" +
                 quotable(text) + "\"" +
                 (guess.empty() ? "" : "; did you mean " + guess + "?"));
}

void read_value(const std::string& flag, const std::string& text, Range range,
                std::optional<SampleFormat>& value) {
  if (text == "json" || text == "jsonl" || text == "parquet") {
    throw BadUsage(flag + " is what a sample looks like; \"" + text +
                   "\" is a --container");
  }
  read_value(flag, text, range, value.emplace());
}

std::string value_text(int64_t value) { return std::to_string(value); }
std::string value_text(int value) { return std::to_string(value); }

std::string value_text(const std::optional<int64_t>& value) {
  return value ? std::to_string(*value) : "";
}

std::string value_text(const std::optional<uint64_t>& value) {
  return value ? std::to_string(*value) : "";
}

std::string value_text(double share) { return shortest(share); }

std::string value_text(const CountRange& value) {
  return std::to_string(value.fewest) + "-" + std::to_string(value.most);
}

std::string value_text(bool value) { return value ? "yes" : ""; }
std::string value_text(const std::string& value) { return value; }

std::string value_text(const std::filesystem::path& value) {
  return value.string();
}

std::string value_text(const std::vector<std::string>& names) {
  return joined(names, ",");
}

std::string value_text(const ToolChoice& value) {
  std::vector<std::string> names = value.groups;
  for (std::string& name : names) {
    const auto& optional = value.optional;
    if (std::count(optional.begin(), optional.end(), name)) name += '?';
  }
  return joined(names, ",");
}

}  // namespace simulate
