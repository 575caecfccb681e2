#include "simulator/store/tool_states.h"

namespace simulate {

const Columns<KeptState>& state_columns() {
  using K = KeptState;
  static const Columns<K> columns(
      "tool_states",
      {column<K, &K::storyline>("storyline"), column<K, &K::session>("session"),
       column<K, &K::state, &ToolState::text>("state"),
       column<K, &K::state, &ToolState::servers, &ServerState::text>(
           "servers")},
      {.has_hash = true});
  return columns;
}

}  // namespace simulate
