#include "simulator/mcp/mcp_result.h"

#include <vector>

#include "simulator/base/text.h"
#include "simulator/calls/special_tokens.h"

namespace simulate {

namespace {

// The one member that says most about a part that is no text.
std::string word_for(const Json& part) {
  std::string kind = string_at(part, "type", "something");
  for (const char* key : {"mimeType", "uri", "name"}) {
    std::string detail = string_at(part, key);
    if (!detail.empty()) return "[" + kind + ", " + detail + "]";
  }
  return "[" + kind + "]";
}

struct Content {
  std::vector<std::string> parts;
  bool has_text = false;
};

void add_part(const Json& part, Content& content) {
  if (!part.is_object()) return;
  auto resource = part.find("resource");
  bool embedded = resource != part.end() && resource->is_object();
  const Json& holder = embedded ? *resource : part;
  auto text = holder.find("text");
  if (text != holder.end() && text->is_string()) {
    content.parts.push_back(text->get<std::string>());
    content.has_text = true;
  } else if (embedded) {
    std::string detail =
        string_at(holder, "mimeType", string_at(holder, "uri"));
    content.parts.push_back("[resource, " + detail + "]");
  } else {
    content.parts.push_back(word_for(part));
  }
}

Content content_of(const Json& answer) {
  Content content;
  auto parts = answer.find("content");
  if (parts == answer.end() || !parts->is_array()) return content;
  for (const Json& part : *parts) add_part(part, content);
  return content;
}

Json body_of(const std::string& text) {
  std::string_view inner = trimmed(text);
  if (inner.starts_with('{') || inner.starts_with('[')) {
    std::optional<Json> value = parse_json(inner);
    if (value && value->is_object()) return std::move(*value);
    if (value) return {{"result", std::move(*value)}};
  }
  return {{"result", text}};
}

McpResult whole_result(const Json& answer) {
  Content content = content_of(answer);
  std::string text = joined(content.parts, "\n");
  auto structured = answer.find("structuredContent");
  bool has_structure =
      structured != answer.end() && structured->is_structured();
  auto flag = answer.find("isError");
  if (flag != answer.end() && flag->is_boolean() && flag->get<bool>()) {
    if (text.empty() && has_structure) text = to_text(*structured);
    return mcp_error(text.empty() ? "The tool failed and said no more." : text);
  }
  if (!content.has_text && has_structure) return {*structured, false};
  return {body_of(text), false};
}

}  // namespace

void make_readable(Json& value) {
  change_strings(value, [](std::string& text) {
    text = without_special_tokens(written_text(text));
  });
}

McpResult mcp_error(const std::string& sentence) {
  return {{{"error", sentence}}, true};
}

McpResult mcp_result_from(const Json& answer, size_t max_bytes) {
  if (!answer.is_object()) {
    return mcp_error("The tool's answer was no object.");
  }
  McpResult result = whole_result(answer);
  size_t bytes = to_text(result.body).size();
  if (bytes <= max_bytes) return result;
  return mcp_error("The result has " + std::to_string(bytes) +
                   " bytes, and at most " + std::to_string(max_bytes) +
                   " are taken. Ask for less.");
}

}  // namespace simulate
