#include "simulator/calls/last_object.h"

#include <algorithm>

#include "simulator/calls/literal_scanner.h"

namespace simulate {

std::optional<Json> last_object(
    std::string_view reply,
    const std::function<std::optional<Json>(const Json& object)>& read) {
  size_t thought = reply.rfind("</think>");
  if (thought != reply.npos) reply.remove_prefix(thought);
  std::optional<Json> last;
  size_t at = reply.find('{');
  while (at != reply.npos) {
    LiteralScanner scanner(reply, at, Notation::json);
    std::optional<Json> object = scanner.value();
    std::optional<Json> answer;
    if (object) answer = read(*object);
    // What was looked at is not looked at again, unless it may wrap an answer.
    size_t behind = answer ? scanner.position() : at + 1;
    if (!object) behind = std::max(at + 1, scanner.furthest());
    if (answer) last = std::move(answer);
    at = reply.find('{', behind);
  }
  return last;
}

}  // namespace simulate
