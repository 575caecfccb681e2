// What the program says to wrong usage, before it calls or touches anything.
#include <gtest/gtest.h>
#include <httplib.h>
#include <sys/stat.h>

#include <algorithm>
#include <thread>

#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "tests/program/program.h"

namespace simulate {
namespace {

class Usage : public testing::Test {
 protected:
  Ended run(std::vector<std::string> arguments) {
    return program_.run(std::move(arguments));
  }

  void refuses(std::vector<std::string> arguments, const std::string& text) {
    std::string all;
    for (const std::string& word : arguments) all += word + " ";
    Ended ended = run(std::move(arguments));
    EXPECT_EQ(ended.status, 2) << all << "\n" << ended.err;
    EXPECT_NE(ended.err.find(text), std::string::npos) << all << "\n"
                                                       << ended.err;
    EXPECT_EQ(ended.out, "") << all;
  }

  void put(const std::string& name, const std::string& text,
           unsigned mode = 0644) {
    write_file(scratch_ / name, text, mode);
  }

  Scratch scratch_;
  Program program_{scratch_};
};

TEST_F(Usage, NamesTheNearestFlagProviderAndCommand) {
  refuses({"--tools", "memory,shoping", "--providers", "offline"},
          "did you mean shopping?");
  refuses({"--targt", "5"}, "did you mean --target?");
  refuses({"--providers", "mistrall"}, "did you mean \"mistral\"?");
  refuses({"--providers", "zebra"}, "no provider \"zebra\". Known: ");
  refuses({"chek"}, "did you mean check?");
  refuses({"--rewrite", "of"}, "did you mean off?");
}

TEST_F(Usage, SaysWhichCommandAFlagBelongsTo) {
  refuses({"--persona", "Agnes"}, "--persona belongs to `simulate try`");
  refuses({"status", "--repair"}, "--repair belongs to `simulate check`");
  refuses({"--topik", "x"},
          "did you mean --topic? It belongs to `simulate try");
}

TEST_F(Usage, TakesOneCommandAtATime) {
  refuses({"status", "try"}, "one command at a time: `simulate status`");
  refuses({"try", "--providers", "offline", "check"}, "one command at a time");
}

TEST_F(Usage, RefusesFlagsThatACommandWouldIgnore) {
  refuses({"try", "--json"}, "`simulate try` does not know it");
  refuses({"try", "--dry-run"}, "--dry-run is for a run");
  refuses({"export", "--target", "5"}, "`simulate export` does not know it");
  refuses({"--target", "5", "status"}, "`simulate status` does not know it");
  refuses({"export", "--container", "json", "--to", "x.jsonl"},
          "--container json does not go with --to x.jsonl");
}

TEST_F(Usage, WritesAnExportAsTheNameOfItsFileSays) {
  run({"--providers", "offline", "--target", "2", "--output", "r.json"});
  EXPECT_EQ(run({"export", "--output", "r.json", "--to", "x.jsonl"}).status, 0);
  std::string lines = read_file(scratch_ / "x.jsonl");
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 2);
}

TEST_F(Usage, WritesNoExportOverAFileThatIsThere) {
  run({"--providers", "offline", "--target", "2", "--output", "r.json"});
  put("mine.json", "mine");
  refuses({"export", "--output", "r.json", "--to", "mine.json"},
          "exists already");
  EXPECT_EQ(read_file(scratch_ / "mine.json"), "mine");
}

TEST_F(Usage, RefusesNumbersThatAreNone) {
  refuses({"--target", "0"}, "--target must be a whole number from 1");
  refuses({"--target=-3"}, "--target must be a whole number from 1");
  refuses({"--target", "many"}, "got \"many\"");
  refuses({"--target", "12abc"}, "got \"12abc\"");
  refuses({"--turns", "5-2"}, "did you mean 2-5?");
  refuses({"--tool-failures", "5"}, "a share such as 0.05 or 5%");
  refuses({"--tool-failures", "x%"}, "a share such as 0.05 or 5%");
  refuses({"--tools", "diary?"}, "tools that every conversation has");
  refuses({"--turns", "2-x"}, "--turns must be a whole number");
  refuses({"--concurrency", "0"}, "--concurrency must be");
}

TEST_F(Usage, ExplainsHowToAddKeysAndMakesTheFile) {
  refuses({"--target", "5"}, "simulate --providers offline --target 20");
  struct stat status = {};
  ASSERT_EQ(::stat((scratch_ / "secrets.json").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  refuses({"--providers", "together"}, "set TOGETHER_API_KEY");
}

TEST_F(Usage, RefusesSecretsThatOthersCanRead) {
  for (unsigned mode : {0644u, 0640u, 0604u}) {
    put("secrets.json", "{}", mode);
    std::filesystem::permissions(scratch_ / "secrets.json",
                                 static_cast<std::filesystem::perms>(mode));
    refuses({"--providers", "offline"}, "chmod 600");
  }
}

TEST_F(Usage, LeavesOutAnEnabledProviderThatHasNoKeyYet) {
  put("secrets.json",
      R"({"enabled_providers": ["mistral", "together"],
          "notes": "keys of the lab",
          "mistral_api_key": "your-mistral-key-here",
          "together_api_key": "k-1"})",
      0600);
  Ended ended = run({"--dry-run", "--target", "5"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_NE(ended.out.find("mistral is enabled in secrets.json but has no key"),
            std::string::npos)
      << ended.out;
  EXPECT_NE(ended.out.find("together: tester"), std::string::npos);
  EXPECT_EQ(ended.out.find("mistral: tester"), std::string::npos);
}

TEST_F(Usage, StartsNoServerInADryRun) {
  put("servers.json", R"({"mcpServers": {"ghost": {"command": "sh",
      "args": ["-c", "touch )" +
                          (scratch_ / "started").string() + R"("]}}})");
  Ended ended = run({"--providers", "offline", "--dry-run", "--mcp",
                     "servers.json", "--target", "5"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "started"));
}

TEST_F(Usage, RefusesOutputsThatItCannotOrMustNotWrite) {
  put("file", "");
  refuses({"--providers", "offline", "--output", "file/x.json"},
          "cannot make the folder file");
  refuses({"--providers", "offline", "--output", "x.txt"},
          "must end in .json or .jsonl");
  put("mine.json", "{\"my\": \"notes\"}");
  refuses({"--providers", "offline", "--output", "mine.json"},
          "Bring the ledger back, move the file away");
  Ended check =
      run({"check", "--providers", "offline", "--output", "mine.json"});
  EXPECT_EQ(check.status, 1);
  EXPECT_NE(check.out.find("Bring the ledger back"), std::string::npos);
  EXPECT_EQ(read_file(scratch_ / "mine.json"), "{\"my\": \"notes\"}");
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "mine.db"));
}

TEST_F(Usage, NamesTheWholeCommandThatRepairsALedger) {
  put("run.db", "this is a text, and no ledger at all");
  refuses({"status", "--output", "run.json"},
          "`simulate check --repair --output run.json`");
  put("run.jsonl", "");
  refuses({"status", "--output", "run.jsonl"},
          "`simulate check --repair --output run.jsonl`");
}

TEST_F(Usage, RefusesBadPersonasAndPromptsBeforeTheFirstCall) {
  std::filesystem::create_directory(scratch_ / "empty");
  refuses({"--providers", "offline", "--personas", "empty"},
          "there is no persona in empty");
  put("empty/ada.json", R"({"name":"A","background":"b","age":"old"})");
  refuses({"--providers", "offline", "--personas", "empty"},
          "persona 'ada.json': field \"age\" must be a number");
  std::filesystem::copy(
      std::filesystem::path(SIMULATE_SOURCE_DIR) / "systemprompts",
      scratch_ / "prompts");
  put("prompts/tester.md", "Hello {{persona.nam}}");
  refuses({"--providers", "offline", "--systemprompts", "prompts"},
          "did you mean {{persona.name}}?");
}

TEST_F(Usage, NamesTheLicenceOfACollection) {
  put("hub.jsonl", "{\"persona\": \"A keeper of a lamp.\"}\n");
  Ended ended =
      run({"check", "--providers", "offline", "--personas", "hub.jsonl"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_TRUE(contains(ended.out,
                       "1 of 1 people are under a licence: CC "
                       "BY-NC-SA 4.0, of PersonaHub"))
      << ended.out;
  refuses({"try", "--providers", "offline", "--personas", "hub.jsonl",
           "--situation", "store_fact"},
          "the situation store_fact needs a person with facts");
}

TEST_F(Usage, LeavesOutWhomTheScriptedModelDoesNotUnderstand) {
  std::filesystem::create_directory(scratch_ / "people");
  put("people/a.json",
      R"({"name":"Aya Mori","background":"b","language":"ja"})");
  std::vector<std::string> command = {"--providers", "offline",  "--personas",
                                      "people",      "--target", "3"};
  refuses(command, "the scripted model speaks English, and none of");
  put("people/b.json",
      R"({"name":"Bo Lund","background":"b","language":"en-GB"})");
  command.insert(command.end(), {"--output", "r.jsonl"});
  Ended ended = run(command);
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_TRUE(contains(ended.err, "1 of 2 people are left out: the scripted"))
      << ended.err;
  EXPECT_FALSE(contains(read_file(scratch_ / "r.jsonl"), "Aya Mori"));
  // Whoever else is left out makes no other run of it.
  put("people/c.json", R"({"name":"Cem","background":"b","language":"tr"})");
  EXPECT_FALSE(contains(run(command).err, "From the next wave on"));
}

TEST_F(Usage, TriesNobodyWhomTheScriptedModelDoesNotUnderstand) {
  std::filesystem::create_directory(scratch_ / "people");
  put("people/a.json",
      R"({"name":"Aya Mori","background":"b","language":"ja"})");
  put("people/b.json", R"({"name":"Bo Lund","background":"b"})");
  std::vector<std::string> command = {
      "try", "--providers", "offline", "--personas", "people", "--turns", "1"};
  Ended ended = run(command);
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_TRUE(contains(ended.err, "Bo Lund talks with Ada")) << ended.err;
  for (const char* who : {"aya", "people/a.json"}) {
    std::vector<std::string> named = command;
    named.insert(named.end(), {"--persona", who});
    refuses(named, "Aya Mori speaks \"ja\", and the scripted model only");
  }
}

TEST_F(Usage, RefusesToMixOfflineWithReal) {
  put("secrets.json", R"({"mistral_api_key": "k-1"})", 0600);
  refuses({"--providers", "offline,mistral"}, "never share a run");
}

TEST_F(Usage, StopsWithADiffWhenPromptsChanged) {
  std::filesystem::copy(
      std::filesystem::path(SIMULATE_SOURCE_DIR) / "systemprompts",
      scratch_ / "prompts");
  std::vector<std::string> command = {
      "--providers", "offline", "--target",        "4",
      "--output",    "r.json",  "--systemprompts", "prompts"};
  EXPECT_EQ(run(command).status, 0);
  std::string saved = read_file(scratch_ / "r.json");
  put("prompts/rewriter.md", "Rewrite the blocks, please.");
  command[3] = "6";
  refuses(command, "prompts rewriter.md");
  EXPECT_EQ(read_file(scratch_ / "r.json"), saved);
  command.insert(command.end(), {"--on-change", "continue"});
  EXPECT_EQ(run(command).status, 0);
}

TEST_F(Usage, RefusesAnotherSeedOrSyntaxInTheSameRun) {
  std::vector<std::string> command = {"--providers", "offline",  "--target",
                                      "3",           "--output", "r.json"};
  EXPECT_EQ(run(command).status, 0);
  auto seed = command, syntax = command;
  seed.insert(seed.end(), {"--seed", "9"});
  syntax.insert(syntax.end(), {"--tool-syntax", "json"});
  refuses(seed, "seed: 1 -> 9");
  refuses(syntax, "tool_syntax: python -> json");
}

TEST_F(Usage, SaysWhatADryRunWouldCostAndTouchesNothing) {
  Ended ended = run({"--providers", "offline", "--dry-run", "--target", "50",
                     "--output", "r.json"});
  EXPECT_EQ(ended.status, 0);
  EXPECT_NE(ended.out.find("calls to make"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "r.db"));
}

TEST_F(Usage, ShowsWhoPlaysWhatInADryRunAndWhatTheLimitsAllow) {
  put("secrets.json",
      R"({"mistral_api_key": "k-1",
          "providers": {"mistral": {"requests_per_second": 1}},
          "roles": {"tester": [{"provider": "mistral"}],
                    "assistant": [{"provider": "ollama"}]}})",
      0600);
  Ended ended = run({"--providers", "mistral,ollama", "--dry-run", "--target",
                     "100", "--turns", "4", "--rewrite", "off"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_NE(ended.out.find("mistral: tester mistral-small-latest, rewriter "),
            std::string::npos)
      << ended.out;
  EXPECT_NE(ended.out.find("ollama: assistant "), std::string::npos);
  EXPECT_NE(ended.out.find("about 1000 calls to make, at least 7 min at 2.5 "
                           "calls a second; ollama has no limit"),
            std::string::npos)
      << ended.out;
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "data"));
}

TEST_F(Usage, MakesNoSecretsInADryRun) {
  refuses({"--dry-run"}, "no provider has a key yet");
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "secrets.json"));
}

TEST_F(Usage, ShowsOneConversationOutsideOfAnyRun) {
  Ended ended = run({"try", "--providers", "offline", "--persona", "agnes",
                     "--topic", "my teapot", "--turns", "2"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_NE(ended.out.find("Agnes:"), std::string::npos) << ended.out;
  EXPECT_NE(ended.out.find("Ada:"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "data"));
  refuses({"try", "--providers", "offline", "--persona", "agnis"},
          "did you mean \"Agnes");
}

TEST_F(Usage, RecordsATypedFailureWhenAServerAnswersWithAWebPage) {
  httplib::Server server;
  server.Post("/v1/chat/completions",
              [](const httplib::Request&, httplib::Response& response) {
                response.set_content("<html>Login</html>", "text/html");
              });
  int port = server.bind_to_any_port("127.0.0.1");
  std::thread thread([&] { server.listen_after_bind(); });
  put("secrets.json",
      R"({"providers": {"box": {"base_url": "http://127.0.0.1:)" +
          std::to_string(port) + R"(/v1"}}})",
      0600);
  Ended check = run({"check", "--providers", "box"});
  EXPECT_EQ(check.status, 1);
  EXPECT_NE(check.out.find("answered with a web page"), std::string::npos)
      << check.out;
  EXPECT_NE(check.out.find("check its base_url"), std::string::npos);
  server.stop();
  thread.join();
}

TEST_F(Usage, SaysOnceThatAKeyIsRefused) {
  httplib::Server server;
  server.Post("/v1/chat/completions",
              [](const httplib::Request&, httplib::Response& response) {
                response.status = 401;
                response.set_content(R"({"error": {"message": "bad key"}})",
                                     "application/json");
              });
  int port = server.bind_to_any_port("127.0.0.1");
  std::thread thread([&] { server.listen_after_bind(); });
  put("secrets.json",
      R"({"providers": {"box": {"base_url": "http://127.0.0.1:)" +
          std::to_string(port) + R"(/v1"}}})",
      0600);
  Ended ended = run({"--providers", "box", "--target", "9", "--sessions", "3"});
  EXPECT_EQ(ended.status, 1);
  EXPECT_TRUE(contains(ended.err,
                       "box is out: box answered 401: bad key; "
                       "check box's key in secrets.json"))
      << ended.err;
  EXPECT_FALSE(contains(ended.err, " failed (")) << ended.err;
  EXPECT_TRUE(contains(ended.err, "3 parked for a later run")) << ended.err;
  server.stop();
  thread.join();
}

TEST_F(Usage, ChecksEverythingARunNeeds) {
  Ended ended = run({"check", "--providers", "offline"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_NE(ended.out.find("answers as script-1"), std::string::npos)
      << ended.out;
  EXPECT_NE(ended.out.find("12 are good"), std::string::npos);
}

TEST_F(Usage, HelpsWithExamples) {
  Ended ended = run({"--help"});
  EXPECT_EQ(ended.status, 0);
  EXPECT_NE(ended.out.find("simulate --target 5000 --providers "
                           "mistral,together"),
            std::string::npos);
}

}  // namespace
}  // namespace simulate
