// Names for content: prompts, personas and settings are stored once, by hash.
// Tested by tests/base/base_test.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;  // OpenSSL's

namespace simulate {

// SHA-256 in lower-case hexadecimal, 64 characters.
std::string content_hash(std::string_view content);

// The same of a content that comes in pieces.
class ContentHash {
 public:
  ContentHash();
  void add(std::string_view piece);

  // Of what came so far.
  std::string text() const;
  std::string short_text() const;  // as short_hash

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

// The first 16 characters of the same: enough to name a thing to a person.
std::string short_hash(std::string_view content);

// FNV-1a, 64 bits: to derive seeds, never to prove that two texts are equal.
uint64_t quick_hash(std::string_view content);

}  // namespace simulate
