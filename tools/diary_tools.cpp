// The diary: the assistant's own notes, in the order in which it wrote them.
#include "simulator/base/text.h"
#include "tools/builtin.h"

namespace simulate {

namespace {

Outcome add_diary(EntryTable& table, const Json& arguments, SimulatedTime now) {
  const Json& texts = arguments.at("input_text");
  Json stored = Json::array();
  for (size_t i = 0; i < texts.size(); ++i) {
    Entry entry;
    entry.kind = EntryKind::diary;
    entry.date = date_text(now);
    entry.text = std::string(trimmed(texts[i].get_ref<const std::string&>()));
    std::string problem =
        store(table, entry, "item " + std::to_string(i + 1) + " of input_text");
    if (!problem.empty()) return failed(problem);
    stored.push_back(entry.text);
  }
  return {{{"stored", std::move(stored)},
           {"total", table.count(EntryKind::diary, false)}}};
}

Outcome recall_diary(EntryTable& table, const Json&, SimulatedTime) {
  return listed(table, EntryKind::diary, "diary", "The diary is empty.");
}

Outcome delete_diary(EntryTable& table, const Json& arguments, SimulatedTime) {
  return erase_picked(table, EntryKind::diary, arguments);
}

}  // namespace

std::vector<Builtin> diary_tools() {
  return {
      {{"add_diary",
        "Writes entries in your own diary: what happened, what you noticed, "
        "what to follow up.",
        R"({"input_text": ["..."]})",
        text_list_schema("input_text", "The entries to write.")},
       add_diary},
      {{"recall_diary", "Lists your diary entries, with an index for each.",
        "{}", no_arguments_schema()},
       recall_diary},
      {{"delete_diary", "Deletes diary entries.", R"({"indices": [1]})",
        indices_schema("The indices that recall_diary shows.")},
       delete_diary},
  };
}

}  // namespace simulate
