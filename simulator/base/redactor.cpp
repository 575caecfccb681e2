#include "simulator/base/redactor.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <string_view>
#include <unordered_set>

#include "simulator/base/base64.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr size_t kShortest = 6;
constexpr size_t kPart = 8;  // bytes of a secret that give it away

// The last bytes that were read, the newest in the lowest place.
using Window = uint64_t;

Window last_of(Window window, size_t bytes) {
  return bytes == kPart ? window : window & ((Window{1} << (8 * bytes)) - 1);
}

unsigned char lower(unsigned char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<unsigned char>(c - 'A' + 'a') : c;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  unsigned char low = lower(static_cast<unsigned char>(c));
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

// Of `digits` hexadecimal digits; -1 when they are none.
int hex_at(std::string_view text, size_t at, size_t digits) {
  if (at + digits > text.size()) return -1;
  int value = 0;
  for (size_t i = at; i < at + digits; ++i) {
    int digit = hex_value(text[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

// A byte, however it was written, and how much text it took.
struct Unit {
  unsigned char byte;
  size_t size;
};

// "\u0041" and "\/" may be escaped again, in JSON that is a string of JSON.
Unit escaped_at(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && text[end] == '\\') ++end;
  if (end < text.size() && text[end] == '/') return {'/', end + 1 - at};
  if (end < text.size() && text[end] == 'u') {
    int code = hex_at(text, end + 1, 4);
    if (code > 0 && code < 0x80) {
      return {static_cast<unsigned char>(code), end + 5 - at};
    }
  }
  return {'\\', 1};
}

Unit unit_at(std::string_view text, size_t at) {
  char c = text[at];
  if (c == '\\') return escaped_at(text, at);
  if (c == '%') {
    int code = hex_at(text, at + 1, 2);
    if (code > 0) return {static_cast<unsigned char>(code), 3};
  }
  return {static_cast<unsigned char>(c), 1};
}

Unit raw_at(std::string_view text, size_t at) {
  return {static_cast<unsigned char>(text[at]), 1};
}

std::string decoded(std::string_view text) {
  std::string bytes;
  for (size_t at = 0; at < text.size();) {
    Unit unit = unit_at(text, at);
    bytes += static_cast<char>(unit.byte);
    at += unit.size;
  }
  return bytes;
}

struct Place {
  size_t begin;
  size_t end;
};

bool is_bare_number(std::string_view text, Place place) {
  auto digits = text.substr(place.begin, place.end - place.begin);
  if (digits.find_first_not_of("0123456789") != digits.npos) return false;
  auto is_one_of = [&](size_t at, std::string_view marks) {
    return at < text.size() && marks.find(text[at]) != marks.npos;
  };
  return place.begin > 0 && is_one_of(place.begin - 1, ":,[ ") &&
         is_one_of(place.end, ",]} \n");
}

// What base64 makes of `secret` wherever it stands among other bytes: without
// the characters that its neighbours have a part in.
std::vector<std::string> coded(const std::string& secret) {
  std::vector<std::string> forms;
  for (size_t shift = 0; shift < 3; ++shift) {
    std::string whole = base64_of(std::string(shift, ' ') + secret);
    size_t begin = (shift * 8 + 5) / 6;
    size_t end = (shift + secret.size()) * 8 / 6;
    std::string form = whole.substr(begin, end - begin);
    forms.push_back(form);
    std::replace(form.begin(), form.end(), '+', '-');  // RFC 4648, section 5
    std::replace(form.begin(), form.end(), '/', '_');
    forms.push_back(form);
  }
  return forms;
}

}  // namespace

// Every part that gives a secret away, by its size.
class Redactor::Patterns {
 public:
  void add(const std::string& secret) {
    add_plain(secret);
    // As texts are read here; in an address a login may be coded already.
    std::string plain = decoded(secret);
    if (plain != secret) add_plain(plain);
  }

  bool empty() const { return sizes_.none(); }

  // In order; none touches the next one. A key is found both as it stands and
  // decoded: in "%2" before "cafe..." the key's own "c" looks like a code's
  // end.
  std::vector<Place> places_in(std::string_view text) const {
    std::vector<Place> places = places_in(text, unit_at);
    if (text.find_first_of("%\\") == text.npos) return places;  // nothing coded
    std::vector<Place> more = places_in(text, raw_at);
    more.insert(more.end(), places.begin(), places.end());
    std::sort(more.begin(), more.end(),
              [](Place a, Place b) { return a.begin < b.begin; });
    places.clear();
    for (Place place : more) join(places, place);
    return places;
  }

 private:
  template <class UnitAt>
  std::vector<Place> places_in(std::string_view text, UnitAt at_place) const {
    std::vector<Place> places;
    std::array<size_t, kPart> begins{};  // of the last units, in a ring
    Window window = 0;
    size_t units = 0;
    for (size_t at = 0; at < text.size();) {
      Unit unit = at_place(text, at);
      window = window << 8 | lower(unit.byte);
      begins[units++ % kPart] = at;
      at += unit.size;
      for (size_t size = kShortest; size <= kPart; ++size) {
        if (units < size || !has(window, size)) continue;
        join(places, {begins[(units - size) % kPart], at});
      }
    }
    return places;
  }

  void add_plain(const std::string& secret) {
    if (secret.size() < kShortest) return;
    add_parts(secret);
    for (const std::string& form : coded(secret)) {
      if (form.size() >= kPart) add_parts(form);
    }
  }

  void add_parts(const std::string& secret) {
    size_t size = std::min(secret.size(), kPart);
    Window window = 0;
    for (size_t i = 0; i < secret.size(); ++i) {
      window = window << 8 | lower(static_cast<unsigned char>(secret[i]));
      if (i + 1 < size) continue;
      Window part = last_of(window, size);
      parts_[size - kShortest].insert(part);
      perhaps_[hash_of(part)] = true;
    }
    sizes_[size - kShortest] = true;
  }

  bool has(Window window, size_t size) const {
    if (!sizes_[size - kShortest]) return false;
    Window part = last_of(window, size);
    return perhaps_[hash_of(part)] && parts_[size - kShortest].count(part) > 0;
  }

  static size_t hash_of(Window part) {
    return (part * 0x9E3779B97F4A7C15u) >> 48;
  }

  static void join(std::vector<Place>& places, Place place) {
    while (!places.empty() && places.back().end >= place.begin) {
      place.begin = std::min(place.begin, places.back().begin);
      place.end = std::max(place.end, places.back().end);
      places.pop_back();
    }
    places.push_back(place);
  }

  std::array<std::unordered_set<Window>, kPart - kShortest + 1> parts_;
  std::bitset<kPart - kShortest + 1> sizes_;
  std::bitset<1 << 16> perhaps_;  // most windows are no part: soon told
};

Redactor::Redactor(const std::vector<std::string>& secrets)
    : Redactor(Redactor().with(secrets)) {}

Redactor Redactor::with(const std::vector<std::string>& secrets) const {
  auto patterns = patterns_ ? std::make_shared<Patterns>(*patterns_)
                            : std::make_shared<Patterns>();
  for (const std::string& secret : secrets) patterns->add(secret);
  Redactor more;
  if (!patterns->empty()) more.patterns_ = std::move(patterns);
  return more;
}

void Redactor::redact(std::string& text) const {
  if (!patterns_) return;
  std::vector<Place> places = patterns_->places_in(text);
  if (places.empty()) return;
  std::string result;
  size_t done = 0;
  for (const Place& place : places) {
    result.append(text, done, place.begin - done);
    result += is_bare_number(text, place) ? "\"(hidden)\"" : "(hidden)";
    done = place.end;
  }
  result.append(text, done, text.npos);
  text = std::move(result);
}

void Redactor::blank(std::string& bytes) const {
  if (!patterns_) return;
  for (const Place& place : patterns_->places_in(bytes)) {
    std::fill(bytes.begin() + static_cast<ptrdiff_t>(place.begin),
              bytes.begin() + static_cast<ptrdiff_t>(place.end), '*');
  }
}

}  // namespace simulate
