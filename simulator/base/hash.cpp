#include "simulator/base/hash.h"

#include <openssl/evp.h>

#include <array>
#include <new>

#include "simulator/base/error.h"

namespace simulate {

namespace {

// Once there is a digest, only memory can be missing.
void expect_memory(int succeeded) {
  if (succeeded != 1) throw std::bad_alloc();
}

}  // namespace

void ContentHash::Free::operator()(EVP_MD_CTX* context) const {
  EVP_MD_CTX_free(context);
}

ContentHash::ContentHash() : context_(EVP_MD_CTX_new()) {
  expect_memory(context_ ? 1 : 0);
  if (EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) {
    throw Fatal("OpenSSL on this machine has no SHA-256; install libssl3");
  }
}

void ContentHash::add(std::string_view piece) {
  expect_memory(EVP_DigestUpdate(context_.get(), piece.data(), piece.size()));
}

std::string ContentHash::text() const {
  ContentHash copy;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  expect_memory(EVP_MD_CTX_copy_ex(copy.context_.get(), context_.get()));
  expect_memory(
      EVP_DigestFinal_ex(copy.context_.get(), digest.data(), &length));
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < length; ++i) {
    text += kDigits[digest[i] >> 4];
    text += kDigits[digest[i] & 15];
  }
  return text;
}

std::string ContentHash::short_text() const { return text().substr(0, 16); }

std::string content_hash(std::string_view content) {
  ContentHash hash;
  hash.add(content);
  return hash.text();
}

std::string short_hash(std::string_view content) {
  ContentHash hash;
  hash.add(content);
  return hash.short_text();
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
