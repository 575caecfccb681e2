// How a field of secrets.json is read, and refused: what is not shown may be a
// key in the wrong place. For the files that read it, and for nobody else.
// Tested by tests/models/secrets_test.cpp.
#pragma once

#include <filesystem>
#include <string>
#include <type_traits>
#include <vector>

#include "simulator/base/json.h"
#include "simulator/models/provider.h"

namespace simulate {

// `where` is what stands before a field's name: "providers.box.".
[[noreturn]] void wrong_secrets(const std::filesystem::path& path,
                                const std::string& what);

void refuse_unknown(const std::filesystem::path& path, const std::string& where,
                    const Json& object, const std::vector<std::string>& known);

template <class Value>
constexpr const char* kind_of() {
  if (std::is_same_v<Value, std::string>) return "a string";
  if (std::is_same_v<Value, bool>) return "true or false";
  return std::is_arithmetic_v<Value> ? "a number" : "a list of names";
}

// The value itself is never shown: it may be a key in the wrong place.
template <class Value>
void read_field(const std::filesystem::path& path, const std::string& where,
                const Json& object, const char* key, Value& target) {
  auto found = object.find(key);
  if (found == object.end()) return;
  try {
    target = found->get<Value>();
  } catch (const Json::exception&) {
    wrong_secrets(path, "\"" + where + key + "\" must be " + kind_of<Value>() +
                            ", got " + found->type_name());
  }
}

// Numbers are read as they stand, so that none is cut to fit unseen.
void read_number(const std::filesystem::path& path, const std::string& where,
                 const Json& object, const char* key, double low, double high,
                 double& target);

// A key in the place of a name would be sent, stored and shown as a name.
void refuse_key(const std::filesystem::path& path, const std::string& field,
                const std::string& value);

// An entry of "providers", into the provider of that name.
void read_provider(const std::filesystem::path& path, const Json& entry,
                   Provider& into);

}  // namespace simulate
