#include "simulator/base/text.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <numeric>

namespace simulate {

namespace {

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

size_t edits_between(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  return row.back();
}

// Bytes of the UTF-8 character at `at`; 0 when it is not one (RFC 3629).
size_t character_length(std::string_view text, size_t at) {
  auto byte = [&](size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  auto follows = [&](size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  unsigned first = byte(at);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(at + 1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    unsigned second = byte(at + 1);
    bool overlong = first == 0xE0 && second < 0xA0;
    bool surrogate = first == 0xED && second > 0x9F;
    bool whole = follows(at + 1) && follows(at + 2);
    return whole && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    unsigned second = byte(at + 1);
    bool overlong = first == 0xF0 && second < 0x90;
    bool too_high = first == 0xF4 && second > 0x8F;
    bool whole = follows(at + 1) && follows(at + 2) && follows(at + 3);
    return whole && !overlong && !too_high ? 4 : 0;
  }
  return 0;
}

char32_t code_point(std::string_view character) {
  auto byte = [&](size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(character[i]));
  };
  if (character.size() == 1) return byte(0);
  char32_t code = byte(0) & (0x7Fu >> character.size());
  for (size_t i = 1; i < character.size(); ++i) {
    code = code << 6 | (byte(i) & 0x3Fu);
  }
  return code;
}

bool is_between(char32_t code, char32_t low, char32_t high) {
  return code >= low && code <= high;
}

// C1 controls, U+0080 to U+009F, can start escape sequences too.
bool is_control(char32_t code) {
  return (code < 0x20 && code != '\n' && code != '\t') ||
         is_between(code, 0x7F, 0x9F);
}

// Embeddings, overrides and isolates (Unicode TR 9), and what no script needs.
bool is_disguise(char32_t code) {
  return is_between(code, 0x202A, 0x202E) || is_between(code, 0x2066, 0x2069) ||
         code == 0x200B || code == 0x2060 || code == 0xFEFF;
}

// All others without a width or with a direction of their own: joiners and
// marks, separators of lines, fillers, and tags, which spell hidden words.
bool is_invisible(char32_t code) {
  return is_between(code, 0x200C, 0x200F) || code == 0x061C || code == 0x00AD ||
         code == 0x034F || code == 0x180E || is_between(code, 0x2028, 0x2029) ||
         is_between(code, 0x2061, 0x206F) || is_between(code, 0xFFF9, 0xFFFB) ||
         is_between(code, 0xE0000, 0xE007F);
}

bool is_hidden(char32_t code) {
  return is_control(code) || is_disguise(code) || is_invisible(code);
}

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// Every character in its turn: as(code, bytes) gives what stands for it.
template <class As>
std::string mapped(std::string_view text, As as) {
  std::string result;
  result.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    size_t length = character_length(text, i);
    if (length == 0) {
      result += kReplacement;
      ++i;
      continue;
    }
    std::string_view character = text.substr(i, length);
    result += as(code_point(character), character);
    i += length;
  }
  return result;
}

// UTF-16, as JSON escapes it.
std::string json_escape(char32_t code) {
  char escaped[16];
  if (code < 0x10000) {
    std::snprintf(escaped, sizeof escaped, "\\u%04x",
                  static_cast<unsigned>(code));
  } else {
    auto rest = static_cast<unsigned>(code - 0x10000);
    std::snprintf(escaped, sizeof escaped, "\\u%04x\\u%04x",
                  0xD800 + (rest >> 10), 0xDC00 + (rest & 0x3FF));
  }
  return escaped;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string lowered(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  size_t start = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] != separator) continue;
    parts.emplace_back(text.substr(start, i - start));
    start = i + 1;
  }
  return parts;
}

std::string joined(const std::vector<std::string>& parts,
                   std::string_view separator) {
  std::string result;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) result += separator;
    result += parts[i];
  }
  return result;
}

std::string replaced(std::string text, std::string_view from,
                     std::string_view to) {
  size_t found = text.find(from);
  if (found == std::string::npos) return text;
  std::string result;
  size_t done = 0;
  for (; found != std::string::npos; found = text.find(from, done)) {
    result.append(text, done, found - done);
    result += to;
    done = found + from.size();
  }
  return result.append(text, done, std::string::npos);
}

std::string nearest(std::string_view word,
                    const std::vector<std::string>& candidates) {
  std::string best;
  size_t fewest = std::max<size_t>(1, word.size() / 2) + 1;
  for (const std::string& candidate : candidates) {
    size_t edits = edits_between(lowered(word), lowered(candidate));
    if (edits < fewest) {
      fewest = edits;
      best = candidate;
    }
  }
  return best;
}

std::string counted(int64_t number, std::string_view thing) {
  std::string text = std::to_string(number) + " " + std::string(thing);
  return number == 1 ? text : text + "s";
}

std::string shortest(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

std::string shortened(std::string_view text, size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  size_t end = bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
    --end;
  }
  return std::string(text.substr(0, end)) + "...";
}

std::string printable(std::string_view text) {
  return mapped(text, [](char32_t code, std::string_view character) {
    return is_hidden(code) ? std::string_view() : character;
  });
}

std::string one_line(std::string_view text) {
  std::string line = printable(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  std::replace(line.begin(), line.end(), '\t', ' ');
  return line;
}

std::string quotable(std::string_view name) {
  constexpr size_t kMost = 60;
  return shortened(one_line(name), kMost);
}

std::string written_text(std::string_view text) {
  return mapped(text, [](char32_t code, std::string_view character) {
    return is_control(code) || is_disguise(code) ? std::string_view()
                                                 : character;
  });
}

std::string with_hidden_escaped(std::string_view json) {
  return mapped(json, [](char32_t code, std::string_view character) {
    return is_hidden(code) ? json_escape(code) : std::string(character);
  });
}

std::string mended_utf8(std::string text) {
  if (is_utf8(text)) return text;
  return mapped(text, [](char32_t, std::string_view same) { return same; });
}

bool is_utf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    // ASCII, which most of all text is, eight bytes at a time.
    uint64_t word = 0;
    if (i + sizeof word <= text.size()) {
      std::memcpy(&word, text.data() + i, sizeof word);
      if ((word & 0x8080808080808080u) == 0) {
        i += sizeof word;
        continue;
      }
    }
    size_t length = character_length(text, i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

}  // namespace simulate
