#include "simulator/calls/json_call.h"

#include <array>
#include <set>

#include "simulator/base/text.h"
#include "simulator/calls/literal_scanner.h"

namespace simulate {

namespace {

constexpr std::array<const char*, 3> kNameKeys = {"name", "tool_name", "tool"};
constexpr std::array<const char*, 6> kArgumentKeys = {
    "arguments", "parameters", "args", "input", "kwargs", "tool_input"};

std::string written_name(const Json& object) {
  for (const char* key : kNameKeys) {
    std::string name = bare_name(string_at(object, key));
    if (!name.empty()) return name;
  }
  // {"function": "name", "arguments": ...}
  return bare_name(string_at(object, "function"));
}

const Json* written_arguments(const Json& object) {
  for (const char* key : kArgumentKeys) {
    auto found = object.find(key);
    if (found != object.end()) return &*found;
  }
  return nullptr;
}

// Models forget the object around the arguments.
Json what_stands_beside(const Json& object) {
  Json arguments = Json::object();
  for (const auto& [key, value] : object.items()) {
    static const std::set<std::string> kOfTheCall = {
        "name", "tool_name",    "tool",    "function", "id",
        "type", "tool_call_id", "call_id", "index"};
    if (!kOfTheCall.count(key)) arguments[key] = value;
  }
  return arguments;
}

// Granite and others write the arguments as a string that holds JSON.
std::optional<Json> as_object(const Json& written, RemarkList& repairs) {
  if (written.is_object()) return written;
  if (written.is_null()) return Json::object();
  if (!written.is_string()) return std::nullopt;
  const std::string& text = written.get_ref<const std::string&>();
  if (trimmed(text).empty()) return Json::object();
  LiteralScanner scanner(text, 0, Notation::json);
  std::optional<Json> value = scanner.value();
  scanner.skip_blank();
  if (!scanner.at_end() || !value || !value->is_object()) return std::nullopt;
  repairs.add("arguments written as a text");
  repairs.add_all(scanner.repairs());
  return value;
}

}  // namespace

std::optional<ParsedCall> call_from_parts(std::string_view name,
                                          const Json& arguments,
                                          RemarkList& repairs,
                                          std::string& problem) {
  ParsedCall call;
  call.name = bare_name(name);
  if (call.name.empty()) {
    problem = "a call needs a name";
    return std::nullopt;
  }
  std::optional<Json> object = as_object(arguments, repairs);
  if (!object) {
    problem = "the arguments of " + shortened(call.name, 60) +
              " must be an object, as in {\"key\": value}";
    return std::nullopt;
  }
  call.arguments = std::move(*object);
  return call;
}

std::optional<ParsedCall> call_from_json(const Json& object,
                                         RemarkList& repairs,
                                         std::string& problem) {
  auto inner = object.find("function");
  if (inner != object.end() && inner->is_object()) {
    return call_from_json(*inner, repairs, problem);
  }
  std::string name = written_name(object);
  if (name.empty()) {
    problem = R"(a call needs a "name", as in {"name": "...", "arguments": )"
              R"({...}})";
    return std::nullopt;
  }
  if (const Json* written = written_arguments(object)) {
    return call_from_parts(name, *written, repairs, problem);
  }
  Json beside = what_stands_beside(object);
  if (!beside.empty()) repairs.add("arguments beside the name");
  return call_from_parts(name, beside, repairs, problem);
}

std::string bare_name(std::string_view name) {
  static constexpr std::string_view kBefore = "functions.";
  static constexpr std::string_view kBehind = ".call";
  name = trimmed(name);
  if (name.substr(0, kBefore.size()) == kBefore) {
    name.remove_prefix(kBefore.size());
  }
  size_t colon = name.rfind(':');
  if (colon != name.npos && colon + 1 < name.size() &&
      name.find_first_not_of("0123456789", colon + 1) == name.npos) {
    name = name.substr(0, colon);
  }
  if (name.size() > kBehind.size() &&
      name.substr(name.size() - kBehind.size()) == kBehind) {
    name.remove_suffix(kBehind.size());
  }
  return std::string(name);
}

}  // namespace simulate
