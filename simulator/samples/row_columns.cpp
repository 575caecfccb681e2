#include "simulator/samples/row_columns.h"

#include "simulator/samples/trainer.h"

namespace simulate {

namespace {

// The keys under which objects, or lists of them, have fields that a trainer
// fixes. Every other is free, and stored as JSON: "arguments" have the keys
// that a tool's author likes, and so have the "parameters" of its schema.
struct Known {
  const char* key;
  const char* why;
};
constexpr Known kKnown[] = {
    {"messages", "role, content and what else is read of a message"},
    {"conversations", "from and value, or the record's messages"},
    {"prompt", "messages"},
    {"completion", "messages"},
    {"chosen", "messages, or one"},
    {"rejected", "messages, or one"},
    {"rejected_messages", "messages"},
    {"input", "of a pair: messages, tools, parallel_tool_calls"},
    {"preferred_output", "messages"},
    {"non_preferred_output", "messages"},
    {"tools", "type and function"},
    {"tool_calls", "id, type and function"},
    {"function", "name and arguments, or description and parameters"},
};

// "metadata" are flat, always the same keys and types, in each format.
constexpr const char* kMetadata = "metadata";

// Whose calls have their arguments as objects. Their messages go through the
// model's own template, for which a key with null is not one that is absent: a
// message is stored whole, as their train.py declares it for JSON lines.
bool has_free_messages(const Trainer* trainer) {
  return trainer == &trl() || trainer == &unsloth() ||
         trainer == &anyone_messages();
}

}  // namespace

ColumnPlan row_columns(const Trainer* trainer) {
  std::set<std::string> keys = {kMetadata};
  if (!has_free_messages(trainer)) {
    for (const Known& known : kKnown) keys.insert(known.key);
  }
  return ColumnPlan(std::move(keys));
}

}  // namespace simulate
