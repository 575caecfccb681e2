// What a tool of an MCP server gave back, in the shape that a model reads.
#pragma once

#include <string>

#include "simulator/base/json.h"

namespace simulate {

// A value. With `error` the body is {"error": "..."}.
struct McpResult {
  Json body;
  bool error = false;
};

McpResult mcp_error(const std::string& sentence);

// Takes out of all texts what would break a record, or hide in it: special
// tokens of chat templates, and hidden characters.
void make_readable(Json& value);

// From the result of tools/call. Texts are joined; what is no text is named in
// a word, "[image, image/png]". A text that is a JSON object is the body, a
// JSON list becomes {"result": list}, any other text {"result": text}. Without
// any text structuredContent is the body. More than `max_bytes` of body are
// refused with an error result, not cut: half a result teaches nothing.
McpResult mcp_result_from(const Json& answer, size_t max_bytes);

}  // namespace simulate
