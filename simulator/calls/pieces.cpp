#include "simulator/calls/pieces.h"

#include "simulator/base/text.h"

namespace simulate {

namespace {

// "`" and "tool_call" are written without a space between them.
bool may_touch(char left, char right) {
  return contains(" \n\t`\"'(", std::string_view(&left, 1)) ||
         contains(" \n\t`\"').,;:!?", std::string_view(&right, 1));
}

}  // namespace

std::string joined_pieces(const Pieces& pieces, size_t from) {
  std::string result;
  for (size_t i = from; i < pieces.size(); ++i) {
    std::string_view piece = trimmed(pieces[i]);
    if (piece.empty()) continue;
    if (!result.empty()) result += "\n\n";
    result += piece;
  }
  return result;
}

std::string spaced_pieces(const Pieces& pieces) {
  std::string result;
  for (std::string_view piece : pieces) {
    if (piece.empty()) continue;
    if (!result.empty() && !may_touch(result.back(), piece.front())) {
      result += ' ';
    }
    result += piece;
  }
  return result;
}

}  // namespace simulate
