// MCP servers that attack who started them: what they answer and offer, and
// what they leave in the folder that is their memory.
#include <SQLiteCpp/SQLiteCpp.h>

#include "simulator/base/base64.h"
#include "tests/hostile/hostile.h"
#include "tests/hostile/stranger.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;

const std::string kServersKey = "box-9f8E7d6C5b4A39281706";

class HostileServer : public Hostile {
 protected:
  HostileServer() {
    program_.set_environment({{"TMPDIR", temporary_.folder().string()}});
  }

  void offer(const std::string& way) {
    Json server = {{"command", SIMULATE_HOSTILE_MCP_SERVER},
                   {"args", Json::array({way})},
                   {"env", {{"BOX_API_KEY", kServersKey}}},
                   {"timeout_seconds", 20},
                   {"max_result_bytes", 1 << 20}};
    put("mcp.json", to_text({{"mcpServers", {{"box", server}}}}));
  }

  static Words served(int target) {
    return {"--providers",   "box",      "--target", std::to_string(target),
            "--output",      "run.json", "--turns",  "1-1",
            "--concurrency", "1",        "--tools",  "memory",
            "--mcp",         "mcp.json"};
  }

  // The assistant calls the server's tool in every conversation, once.
  Ended run_calling(int target = 2, const std::string& tool = "attack",
                    const Words& more = {}) {
    Stranger stranger([&tool](const Stranger::Asked& asked,
                              RawConnection&) -> std::optional<std::string> {
      if (asked.role != "assistant") return std::nullopt;
      if (asked.number % 2 == 1) {
        return raw_response(
            chat_completion("<think>\nLet me look.\n</think>\n\n<tool_call>" +
                                tool + "()</tool_call>",
                            "m"));
      }
      return raw_response(
          chat_completion("<think>\nLet me see.\n</think>\n\n"
                          "So it is, number " +
                              std::to_string(asked.number) + ".",
                          "m"));
    });
    stranger.introduce_to(scratch_);
    return run(served(target) + more);
  }

  // Ends well all the same, and leaves nothing lying about.
  void outlives(const std::string& way) {
    SCOPED_TRACE(way);
    offer(way);
    Ended ended = run_calling();
    expect_saved(ended, 2);
    EXPECT_TRUE(contains(said(), "<tool_result>")) << said();
    EXPECT_LT(kept().size(), size_t{8} << 20);
    expect_hidden(ended);
    EXPECT_TRUE(fs::is_empty(temporary_.folder()));
  }

  void outlives_with_error(const std::string& way) {
    outlives(way);
    EXPECT_TRUE(contains(said(), "<tool_result>{\"error\"")) << said();
  }

  void refuses_at_start(const std::string& way, const std::string& what) {
    SCOPED_TRACE(way);
    offer(way);
    Stranger nobody(
        [](const Stranger::Asked&, RawConnection&) { return std::nullopt; });
    nobody.introduce_to(scratch_);
    for (const Words& command : {served(1), Words{"check", "--providers", "box",
                                                  "--mcp", "mcp.json"}}) {
      Ended ended = run(command);
      EXPECT_TRUE(ended.status == 1 || ended.status == 2) << ended.err;
      EXPECT_EQ(std::count(ended.err.begin(), ended.err.end(), '\n'), 1)
          << ended.err;
      EXPECT_TRUE(contains(ended.err, what)) << ended.err;
      expect_hidden(ended);
    }
    EXPECT_FALSE(fs::exists(scratch_ / "run.db"));
    EXPECT_TRUE(fs::is_empty(temporary_.folder()));
  }

  void expect_hidden(const Ended& ended) {
    const std::string forms[] = {kServersKey, kServersKey.substr(4, 12),
                                 base64_of(kServersKey), "%62%6F%78%2D%39"};
    for (const std::string& text : {ended.out, ended.err, kept()}) {
      for (const std::string& form : forms) {
        EXPECT_FALSE(contains(lowered(text), lowered(form))) << form;
      }
    }
  }

  Json state() {
    SQLite::Database database((scratch_ / "run.db").string());
    std::string text = database.execAndGet(
        "SELECT coalesce(max(servers), '') FROM tool_states");
    return parse_json(text).value_or(Json());
  }

  Scratch temporary_;
};

TEST_F(HostileServer, ThatAnswersWithKeysWithoutEndIsAnError) {
  outlives("keys");
}

TEST_F(HostileServer, ThatAnswersWithAStructureOfKeysWithoutEndIsAnError) {
  outlives_with_error("structure-keys");
}

TEST_F(HostileServer, ThatAnswersInDepthIsOutlived) { outlives("deep"); }

TEST_F(HostileServer, ThatAnswersWithADeepStructureIsAnError) {
  outlives_with_error("structure-deep");
}

TEST_F(HostileServer, ThatAnswersAtLengthIsAnError) {
  outlives_with_error("long");
}

TEST_F(HostileServer, ThatAnswersWhatATerminalObeysIsCleaned) {
  outlives("trap");
}

TEST_F(HostileServer, WhoseErrorIsATrapIsCleaned) {
  outlives_with_error("trap-error");
}

TEST_F(HostileServer, ThatSpeaksForOthersIsOutlived) {
  outlives("tokens");
  EXPECT_FALSE(contains(said(), "\nUser: zebra"));
  EXPECT_FALSE(contains(said(), "im_start"));
}

TEST_F(HostileServer, ThatAnswersInPiecesOfCharactersIsTakenAsItIs) {
  outlives("half");
  EXPECT_TRUE(contains(said(), "a\xEF\xBF\xBD")) << said();
  fs::remove(scratch_ / "run.json");
  fs::remove(scratch_ / "run.db");
  outlives("bytes");
}

TEST_F(HostileServer, ThatRepeatsItsKeyIsHidden) {
  outlives("echo");
  EXPECT_TRUE(contains(said(), "(hidden)")) << said();
}

TEST_F(HostileServer, ThatRepeatsItsKeyWithoutEndIsHidden) {
  outlives("echo-often");
}

TEST_F(HostileServer, ThatRepeatsItsKeyInAnErrorIsHidden) {
  outlives_with_error("echo-error");
}

TEST_F(HostileServer, ThatLeavesItsKeyInItsFolderIsHidden) {
  outlives("echo-kept");
  std::string all = to_text(state());
  EXPECT_TRUE(contains(all, "(hidden)")) << all;
  EXPECT_FALSE(
      contains(all, base64_of(std::string("\xFF\xFE", 2) + kServersKey)))
      << all;
}

TEST_F(HostileServer, ThatLeavesMoreThanCanBeKeptIsAnError) {
  for (const char* way : {"folders", "sparse"}) {
    outlives_with_error(way);
    EXPECT_EQ(state(), Json()) << way;
    fs::remove(scratch_ / "run.json");
    fs::remove(scratch_ / "run.db");
  }
}

TEST_F(HostileServer, ThatLeavesFoldersWithinFoldersIsOutlived) {
  outlives("deep-folders");
}

TEST_F(HostileServer, ThatLeavesLinksHasNoneFollowed) {
  outlives("links");
  EXPECT_EQ(state(), Json());
  EXPECT_FALSE(contains(kept(), "root:"));
  EXPECT_TRUE(fs::exists("/etc/passwd"));
}

TEST_F(HostileServer, ThatLocksItsFolderLeavesNothing) { outlives("locked"); }

TEST_F(HostileServer, ThatLeavesEvilNamesIsOutlived) { outlives("names"); }

TEST_F(HostileServer, ThatTalksWithoutEndIsOutlived) {
  outlives("noise");
  fs::remove(scratch_ / "run.json");
  fs::remove(scratch_ / "run.db");
  outlives("errors");
}

TEST_F(HostileServer, ThatDiesWithEvilLastWordsIsShownCleaned) {
  outlives_with_error("dies");
}

TEST_F(HostileServer, ThatDiesAtOnceIsRefused) {
  refuses_at_start("dies-at-once", "MCP server \"box\"");
}

TEST_F(HostileServer, WhoseSchemaMultipliesIsRefused) {
  refuses_at_start("multiplies", "multiply");
}

TEST_F(HostileServer, WhoseOfferIsNoJsonIsRefused) {
  refuses_at_start("deep-offer", "MCP server \"box\"");
  refuses_at_start("keys-offer", "MCP server \"box\"");
}

TEST_F(HostileServer, WhoseOfferNeverEndsIsRefused) {
  refuses_at_start("endless-offer", "attack");
}

TEST_F(HostileServer, WithVeryManyToolsIsTakenOrRefused) {
  offer("many-tools");
  Ended ended = run_calling(1);
  EXPECT_TRUE(ended.status == 0 || ended.status == 2) << ended.err;
}

TEST_F(HostileServer, WhoseOfferIsATrapIsShownCleaned) {
  offer("trap-offer");
  expect_saved(run_calling(1), 1);
  for (const Json& record : records_in(scratch_ / "run.json")) {
    std::string system = record["conversations"][0]["content"];
    EXPECT_EQ(found_in(system, kObeyed), "");
    EXPECT_FALSE(contains(system, "\nUser: zebra"));
    EXPECT_FALSE(contains(system, "<|im_end|>"));
  }
  run({"check", "--providers", "box", "--mcp", "mcp.json"});
}

TEST_F(HostileServer, WhoseNameOfAToolIsATrapIsShownCleaned) {
  offer("trap-name");
  Ended ended = run_calling(1, "recall_memories");
  expect_saved(ended, 1);
  for (const Json& record : records_in(scratch_ / "run.json")) {
    std::string system = record["conversations"][0]["content"];
    EXPECT_EQ(found_in(system, kObeyed), "");
  }
  run({"check", "--providers", "box", "--mcp", "mcp.json"});
}

TEST_F(HostileServer, WhoseOfferRepeatsItsKeyIsHidden) {
  offer("echo-offer");
  Ended ended = run_calling(1);
  expect_saved(ended, 1);
  expect_hidden(ended);
  expect_hidden(run({"check", "--providers", "box", "--mcp", "mcp.json"}));
}

// What servers remember stands in a ledger, which may be somebody else's.
TEST_F(HostileServer, WhoseStateLeadsOutOfItsFolderIsRefused) {
  put("people/eve.json", R"({"name": "Eve", "background": "Somebody."})");
  const Words one = {"--personas", "people", "--max-calls", "12"};
  offer("locked");
  ASSERT_EQ(run_calling(1, "attack", one).status, 0);
  fs::path outside = scratch_ / "outside";
  for (const std::string& name :
       {std::string("../../outside"), outside.string(),
        std::string("a/../../x"), std::string(".."), std::string("")}) {
    SCOPED_TRACE(name);
    Json servers = {{"box", {{name, "x"}}}};
    SQLite::Database database((scratch_ / "run.db").string(),
                              SQLite::OPEN_READWRITE);
    SQLite::Statement put(database, "UPDATE tool_states SET servers = ?1");
    put.bind(1, to_text(servers));
    put.exec();
    Ended ended = run_calling(2, "attack", one);
    EXPECT_NE(ended.status, 0) << ended.err;
    EXPECT_FALSE(fs::exists(outside));
    for (const auto& entry :
         fs::recursive_directory_iterator(temporary_.folder())) {
      ADD_FAILURE() << entry.path() << " was left";
    }
  }
}

}  // namespace
}  // namespace simulate
