#include "simulator/guards/written_call.h"

#include <gtest/gtest.h>

namespace simulate::guards {
namespace {

Transcript with_tools() {
  Transcript transcript;
  transcript.offer =
      Offer{{{"add_memory", "", "", {}}, {"search", "", "", {}}}};
  return transcript;
}

TEST(WrittenCall, IsOneOfAToolThatIsOfferedOrHasItsShape) {
  for (const char* text :
       {"add_memory(x)", "[add_memory: x]", "use add_memory now",
        "search(\"x\")", R"x({"name": "f", "arguments": {}})x"}) {
    EXPECT_TRUE(writes_a_call(text, with_tools())) << text;
  }
  for (const char* text :
       {"print() prints", "I search (for it)", "re_add_memory", "research(x)",
        R"x({"name": "Bo"})x"}) {
    EXPECT_FALSE(writes_a_call(text, with_tools())) << text;
  }
}

}  // namespace
}  // namespace simulate::guards
