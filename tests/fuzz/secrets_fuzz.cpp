// Any bytes are a file of secrets: it is refused in a sentence that shows none
// of them, or read. Whatever stands where a key belongs counts as one.
#include <functional>

#include "simulator/base/error.h"
#include "simulator/base/json.h"
#include "simulator/base/text.h"
#include "simulator/models/key_shape.h"
#include "simulator/models/secrets.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/scratch_file.h"

namespace simulate {
namespace {

void for_each_string(const Json& value,
                     const std::function<void(const std::string&)>& visit) {
  if (value.is_string()) visit(value.get<std::string>());
  for (const auto& [name, part] : value.items()) {
    if (!value.is_structured()) break;
    if (value.is_object()) visit(name);
    for_each_string(part, visit);
  }
}

void expect_nothing_told(const std::string& said, std::string_view bytes) {
  auto file = parse_json(bytes);
  if (!file) return;
  for_each_string(*file, [&](const std::string& text) {
    expect(!looks_like_key(text) || !contains(said, text), "a key is told");
  });
}

void read(std::string_view bytes) {
  try {
    Secrets secrets = read_secrets(file_with("secrets.json", bytes));
    for (const Provider& provider : secrets.providers) {
      expect(!provider.name.empty(), "a provider without a name");
      expect(!looks_like_key(provider.model), "a key is a model");
      expect(provider.in_flight >= 1, "a provider that never answers");
    }
    for (const std::string& note : secrets.notes) {
      expect_nothing_told(note, bytes);
    }
  } catch (const BadUsage& refusal) {
    std::string said = refusal.what();
    expect(said.size() < 2000, "a refusal is no sentence");
    expect_nothing_told(said, bytes);
  }
}

}  // namespace
}  // namespace simulate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  simulate::read(simulate::bytes_of(data, size));
  return 0;
}
