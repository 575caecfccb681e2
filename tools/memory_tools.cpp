// Memories: short facts about the user, kept once each.
#include "simulator/base/text.h"
#include "tools/builtin.h"

namespace simulate {

namespace {

Outcome add_memory(EntryTable& table, const Json& arguments,
                   SimulatedTime now) {
  const Json& texts = arguments.at("input_text");
  Json stored = Json::array();
  Json known = Json::array();
  for (size_t i = 0; i < texts.size(); ++i) {
    Entry entry;
    entry.date = date_text(now);
    entry.text = std::string(trimmed(texts[i].get_ref<const std::string&>()));
    if (table.knows(EntryKind::memory, entry.text)) {
      known.push_back(entry.text);
      continue;
    }
    std::string problem =
        store(table, entry, "item " + std::to_string(i + 1) + " of input_text");
    if (!problem.empty()) return failed(problem);
    stored.push_back(entry.text);
  }
  Json body = {{"stored", std::move(stored)}};
  if (!known.empty()) body["already_known"] = std::move(known);
  body["total"] = table.count(EntryKind::memory, false);
  return {std::move(body)};
}

Outcome recall_memories(EntryTable& table, const Json&, SimulatedTime) {
  return listed(table, EntryKind::memory, "memories", "Nothing is stored yet.");
}

Outcome delete_memory(EntryTable& table, const Json& arguments, SimulatedTime) {
  return erase_picked(table, EntryKind::memory, arguments);
}

}  // namespace

std::vector<Builtin> memory_tools() {
  return {
      {{"add_memory",
        "Stores facts about the user that will matter in later conversations, "
        "one short sentence each.",
        R"({"input_text": ["..."]})",
        text_list_schema("input_text", "The facts, one sentence each.")},
       add_memory},
      {{"recall_memories",
        "Lists everything stored about the user, with an index for each.", "{}",
        no_arguments_schema()},
       recall_memories},
      {{"delete_memory", "Deletes memories that are wrong or no longer wanted.",
        R"({"indices": [1]})",
        indices_schema("The indices that recall_memories shows.")},
       delete_memory},
  };
}

}  // namespace simulate
