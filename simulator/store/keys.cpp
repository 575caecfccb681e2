#include "simulator/store/keys.h"

namespace simulate {

std::string reply_key_sql() { return "(slot << 24) + (attempt << 16) + seq"; }

std::string message_key_sql() { return "(slot << 16) + position"; }

std::string replies_of_sql(const std::string& attempts) {
  std::string first =
      "(" + attempts + ".slot << 24) + (" + attempts + ".attempt << 16)";
  return "BETWEEN " + first + " AND " + first + " + 65535";
}

std::string between_sql(const KeyRange& keys) {
  return "BETWEEN " + std::to_string(keys.first) + " AND " +
         std::to_string(keys.last);
}

}  // namespace simulate
