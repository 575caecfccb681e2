// Names for content: prompts, personas and settings are stored once, by hash.
// Tested by tests/base/base_test.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace simulate {

// SHA-256 in lower-case hexadecimal, 64 characters.
std::string content_hash(std::string_view content);

// The same of a content that comes in pieces.
class ContentHash {
 public:
  ContentHash();
  ContentHash(ContentHash&&) noexcept;
  ContentHash& operator=(ContentHash&&) noexcept;
  ~ContentHash();

  void add(std::string_view piece);
  std::string text() const;  // of what came so far

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The first 16 characters of the same: enough to name a thing to a person.
std::string short_hash(std::string_view content);

// FNV-1a, 64 bits: to derive seeds, never to prove that two texts are equal.
uint64_t quick_hash(std::string_view content);

}  // namespace simulate
