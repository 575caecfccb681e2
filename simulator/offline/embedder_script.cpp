// Tested by tests/models/embeddings_test.cpp.
#include <cctype>

#include "simulator/base/hash.h"
#include "simulator/base/text.h"
#include "simulator/models/embeddings.h"
#include "simulator/offline/scripts.h"

namespace simulate::offline {

namespace {

constexpr size_t kNumbers = 64;

// How often words of each hash stand there.
Vector counts_of_words(const std::string& text) {
  Vector counts(kNumbers, 0);
  std::string word;
  for (unsigned char c : lowered(text) + " ") {
    if (std::isalnum(c) || c >= 0x80) {
      word += static_cast<char>(c);
    } else if (!word.empty()) {
      counts[quick_hash(word) % kNumbers] += 1;
      word.clear();
    }
  }
  return counts;
}

}  // namespace

std::string embedder_script(const ChatRequest& request) {
  std::vector<Vector> vectors;
  for (const Message& message : request.messages) {
    vectors.push_back(counts_of_words(message.content));
  }
  return vectors_text(vectors);
}

}  // namespace simulate::offline
