// A text as an address may have it, every character coded.
#pragma once

#include <cstdio>
#include <string>

namespace simulate {

inline std::string percent_coded(const std::string& text) {
  std::string coded;
  for (char c : text) {
    char letter[4];
    std::snprintf(letter, sizeof letter, "%%%02x",
                  static_cast<unsigned char>(c));
    coded += letter;
  }
  return coded;
}

}  // namespace simulate
