#include "simulator/base/hash.h"

#include <openssl/evp.h>

#include <array>

#include "simulator/base/error.h"

namespace simulate {

struct ContentHash::State {
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};
};

ContentHash::ContentHash() : state_(std::make_unique<State>()) {
  if (EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr) != 1) {
    throw Fatal("OpenSSL on this machine has no SHA-256; install libssl3");
  }
}

ContentHash::ContentHash(ContentHash&&) noexcept = default;
ContentHash& ContentHash::operator=(ContentHash&&) noexcept = default;
ContentHash::~ContentHash() = default;

void ContentHash::add(std::string_view piece) {
  EVP_DigestUpdate(state_->context.get(), piece.data(), piece.size());
}

std::string ContentHash::text() const {
  State copy;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  EVP_MD_CTX_copy_ex(copy.context.get(), state_->context.get());
  EVP_DigestFinal_ex(copy.context.get(), digest.data(), &length);
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < length; ++i) {
    text += kDigits[digest[i] >> 4];
    text += kDigits[digest[i] & 15];
  }
  return text;
}

std::string content_hash(std::string_view content) {
  ContentHash hash;
  hash.add(content);
  return hash.text();
}

std::string short_hash(std::string_view content) {
  return content_hash(content).substr(0, 16);
}

uint64_t quick_hash(std::string_view content) {
  uint64_t hash = 14695981039346656037u;
  for (char c : content) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211u;
  }
  return hash;
}

}  // namespace simulate
