// Any bytes are a file of tools: it is refused in a sentence, or its tools can
// be called with their own examples, twice with the same result.
#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/scratch_file.h"
#include "tools/tool_file.h"
#include "tools/toolbox.h"

namespace simulate {
namespace {

std::string outcome_of(Toolbox& toolbox, const std::string& bulletin) {
  std::string outcome = bulletin;
  ToolState state;
  for (const ToolSpec& tool : toolbox.tools()) {
    Json arguments = parse_json(tool.example).value_or(Json::object());
    std::vector<ToolCall> calls = {{"call00001", tool.name, arguments}};
    Toolbox::Round round = toolbox.run(state, calls, {SimulatedTime{0}});
    expect(round.results.size() == 1, "a call without a result");
    outcome += to_text(round.results[0].body);
    state = round.state;
  }
  for (const std::string& line : toolbox.bulletin(state)) outcome += line;
  return outcome + state.text;
}

void read(const std::string& text) {
  try {
    ToolGroup group = tool_group_from("fuzzed", text);
    if (group.served) return;
    Toolbox toolbox({group});
    std::string once = outcome_of(toolbox, "");
    expect(outcome_of(toolbox, "") == once, "a tool is not the same twice");
  } catch (const BadUsage& refusal) {
    expect(is_utf8(refusal.what()), "a refusal is torn");
  } catch (const Fatal&) {  // what SQLite itself cannot do
  }
}

}  // namespace
}  // namespace simulate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  simulate::read(std::string(simulate::bytes_of(data, size)));
  return 0;
}
