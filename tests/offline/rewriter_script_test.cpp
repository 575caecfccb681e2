#include "tests/offline/scripted_requests.h"

#include <gtest/gtest.h>

namespace simulate::offline {
namespace {

TEST(RewriterScript, CleansEachBlockAndKeepsNamesNumbersAndTools) {
  ChatRequest request;
  request.role = Role::rewriter;
  request.messages = {
      {Speaker::system, "Rewrite."},
      {Speaker::tester,
       "Person: Hi\n\n<block n=\"1\">Okay, so I should call recall_memories "
       "for Bishop.</block>\nAda: Hello\n\n<block n=\"2\">Hm.</block>\n"
       "Write the blocks <block n=\"1\">...</block> to <block "
       "n=\"2\">...</block> again."}};
  request.scene = {{"blocks", 2}};
  EXPECT_EQ(rewriter_script(request),
            "<block n=\"1\">I want to call recall_memories for Bishop."
            "</block>\n<block n=\"2\">Hm.</block>\n");
}

}  // namespace
}  // namespace simulate::offline
