#include "simulator/base/hash.h"

#include <openssl/evp.h>

#include <array>

#include "simulator/base/error.h"

namespace simulate {

std::string content_hash(std::string_view content) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  if (EVP_Digest(content.data(), content.size(), digest.data(), &length,
                 EVP_sha256(), nullptr) != 1) {
    throw Fatal("OpenSSL on this machine has no SHA-256; install libssl3");
  }
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < length; ++i) {
    text += kDigits[digest[i] >> 4];
    text += kDigits[digest[i] & 15];
  }
  return text;
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
