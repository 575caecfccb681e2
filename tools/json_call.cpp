#include "tools/json_call.h"

#include <array>

#include "simulator/base/text.h"
#include "tools/python_literal.h"

namespace simulate {

namespace {

constexpr std::array<const char*, 4> kArgumentKeys = {"arguments", "parameters",
                                                      "args", "input"};

const Json* written_arguments(const Json& object) {
  for (const char* key : kArgumentKeys) {
    auto found = object.find(key);
    if (found != object.end()) return &*found;
  }
  return nullptr;
}

std::optional<Json> read_whole(const std::string& text) {
  LiteralScanner scanner(text);
  std::optional<Json> value = scanner.value();
  scanner.skip_blank();
  if (!scanner.at_end()) return std::nullopt;
  return value;
}

// Granite and others write the arguments as a string that holds JSON.
std::optional<Json> as_object(const Json& written) {
  if (written.is_object()) return written;
  if (written.is_null()) return Json::object();
  if (!written.is_string()) return std::nullopt;
  const std::string& text = written.get_ref<const std::string&>();
  if (trimmed(text).empty()) return Json::object();
  std::optional<Json> value = read_whole(text);
  if (!value || !value->is_object()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<ParsedCall> call_from_json(const Json& object,
                                         std::string& problem) {
  auto inner = object.find("function");
  if (inner != object.end() && inner->is_object()) {
    return call_from_json(*inner, problem);
  }
  ParsedCall call;
  call.name = bare_name(string_at(object, "name"));
  if (call.name.empty()) {
    problem = R"(a call needs a "name", as in {"name": "...", "arguments": )"
              R"({...}})";
    return std::nullopt;
  }
  const Json* written = written_arguments(object);
  if (written == nullptr) return call;
  std::optional<Json> arguments = as_object(*written);
  if (!arguments) {
    problem = "the arguments of " + shortened(call.name, 60) +
              " must be an object, as in {\"key\": value}";
    return std::nullopt;
  }
  call.arguments = std::move(*arguments);
  return call;
}

std::string bare_name(std::string_view name) {
  static constexpr std::string_view kPrefix = "functions.";
  name = trimmed(name);
  if (name.substr(0, kPrefix.size()) == kPrefix) {
    name.remove_prefix(kPrefix.size());
  }
  return std::string(name);
}

}  // namespace simulate
