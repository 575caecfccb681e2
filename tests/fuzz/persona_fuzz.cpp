// Any bytes are a file of personas: it is refused in a sentence, or each of
// them is read again as it was.
#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/conversation/persona_list.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/scratch_file.h"

namespace simulate {
namespace {

void load(const std::filesystem::path& path) {
  try {
    PersonaList list = load_personas(path);
    for (size_t i = 0; i < list.size(); ++i) {
      Persona persona = list[i];
      expect(list.find(persona.name) == i, "a persona is not found");
      Persona again = persona_from(persona.to_json(), "again");
      expect(to_text(again.to_json()) == to_text(persona.to_json()),
             "a persona is another one when it is read again");
      expect(!placeholders_of(persona).empty(), "no placeholders");
    }
  } catch (const BadUsage& refusal) {
    std::string said = refusal.what();
    expect(said.size() < 2000, "a refusal is no sentence");
    expect(is_utf8(said), "a refusal is torn");
  }
}

}  // namespace
}  // namespace simulate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  for (const char* name : {"one.json", "lines.jsonl"}) {
    simulate::load(simulate::file_with(name, simulate::bytes_of(data, size)));
  }
  return 0;
}
