// Folders that somebody has prepared: links and pipes under the names that the
// program writes and reads, and keys where they do not belong.
#include <sys/stat.h>

#include "tests/hostile/hostile.h"
#include "tests/net/raw_server.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;

const std::string kKey = "sk-proj-9f8E7d6C5b4A39281706f5e4d3c2b1a0";

class HostileSecrets : public Hostile {
 protected:
  void expect_unsaid(const Ended& ended) {
    for (const std::string& text : {ended.out, ended.err}) {
      std::string low = lowered(text);
      EXPECT_FALSE(contains(low, lowered(kKey.substr(0, 12)))) << text;
      EXPECT_FALSE(contains(low, lowered(kKey.substr(20)))) << text;
    }
  }
};

TEST_F(HostileSecrets, WithAKeyInTheWrongFieldDoNotShowIt) {
  RawServer nobody([](RawConnection&) {});
  const std::string url = nobody.url("/v1");
  auto box = [&](Json fields) {
    Json entry = {{"base_url", url}};
    entry.update(fields);
    return Json{{"providers", {{"box", entry}}}};
  };
  Json role = {{"provider", "box"}, {"model", kKey}};
  Json no_provider = {{"provider", kKey}};
  Json with_role = box({{"model", "m"}}), with_no_provider = with_role;
  with_role["roles"]["tester"].push_back(role);
  with_no_provider["roles"]["tester"].push_back(no_provider);
  Json with_wrong_role = box({{"model", "m"}});
  with_wrong_role["roles"][kKey] = Json::array();
  const Json files[] = {
      box({{"model", kKey}}),
      box({{"model", kKey}, {"api_key", kKey}}),
      box({{"base_url", kKey}}),
      box({{"base_url", url + "/" + kKey}}),
      box({{"base_url", "http://" + kKey + "@" + url.substr(7)}}),
      box({{"requests_per_second", kKey}}),
      box({{"in_flight", kKey}}),
      box({{kKey, 1}}),
      {{"providers", {{kKey, {{"base_url", url}}}}},
       {"enabled_providers", {kKey}}},
      {{"providers", {{kKey, {{"model", "m"}}}}}},
      {{"providers", {{"box", kKey}}}},
      {{"providers", kKey}},
      {{"enabled_providers", {kKey}}},
      {{"enabled_providers", kKey}},
      {{"roles", kKey}},
      {{kKey, "mistral"}},
      with_role,
      with_no_provider,
      with_wrong_role,
  };
  for (const Json& file : files) {
    SCOPED_TRACE(to_text(file));
    put("secrets.json", to_text(file));
    Words name = {"--providers", "box", "--output", "run.json"};
    expect_unsaid(run(name + Words{"--dry-run"}));
    expect_unsaid(run({"--dry-run"}));
    if (contains(to_text(file), "\"base_url\":\"sk-")) continue;  // no host
    expect_unsaid(run(Words{"check"} + name));
    Ended started = run(name + Words{"--target", "1", "--max-calls", "1"});
    expect_unsaid(started);
    if (started.status != 2) {
      expect_unsaid(run({"status", "--output", "run.json"}));
    }
    forget_run();
  }
}

TEST_F(HostileSecrets, OfNoShapeAreRefused) {
  for (const std::string& text :
       {times(100'000, "["), object_with_keys(100'000),
        R"({"providers": )" + object_with_keys(100'000) + "}",
        "{\"mistral_api_key\": \"" + kKey + "\"", to_text(Json{{kTrap, 1}}),
        to_text(Json{{"providers", {{kTrap, Json::object()}}}}),
        to_text(Json{{"roles", {{kTrap, Json::array()}}}}),
        std::string("{\"mistral_api_key\": \"a\\u0000b\\r\\nX: y\"}")}) {
    SCOPED_TRACE(shortened(text, 60));
    put("secrets.json", text);
    Ended ended = run({"--dry-run", "--providers", "mistral"});
    expect_refused(ended, "");
    expect_unsaid(ended);
  }
}

TEST_F(HostileSecrets, ThatLeadElsewhereAreRefused) {
  put("elsewhere", "{\"mistral_api_key\": \"" + kKey + "\"}");
  link("secrets.json", scratch_ / "elsewhere");
  refuses({"--dry-run"}, "symbolic link");
  fs::remove(scratch_ / "secrets.json");
  link("secrets.json", scratch_ / "nowhere");
  refuses({"--dry-run"}, "symbolic link");
  refuses({"--target", "1"}, "symbolic link");
  EXPECT_FALSE(fs::exists(scratch_ / "nowhere"));
  fs::remove(scratch_ / "secrets.json");
  pipe("secrets.json");
  refuses({"--dry-run"}, "secrets.json");
}

TEST_F(HostileSecrets, BesideAPipeForADotEnvAreRead) {
  pipe(".env");
  Ended ended = run({"--providers", "offline", "--dry-run"});
  EXPECT_TRUE(ended.status == 0 || ended.status == 2) << ended.err;
}

class HostileFolder : public Hostile {
 protected:
  HostileFolder() { put("victim", "mine"); }

  void expect_victim_unhurt() {
    EXPECT_EQ(read_file(scratch_ / "victim"), "mine");
    struct stat found = {};
    ::stat((scratch_ / "victim").c_str(), &found);
    EXPECT_EQ(found.st_mode & 0777, 0600u);
  }
};

TEST_F(HostileFolder, WithALinkedLockIsRefused) {
  link("run.lock", scratch_ / "victim");
  refuses(offline(1), "run.lock");
  expect_victim_unhurt();
  fs::remove(scratch_ / "run.lock");
  fs::create_hard_link(scratch_ / "victim", scratch_ / "run.lock");
  refuses(offline(1), "run.lock");
  expect_victim_unhurt();
  fs::remove(scratch_ / "run.lock");
  pipe("run.lock");
  refuses(offline(1), "run.lock");
}

TEST_F(HostileFolder, WithLinkedTemporaryFilesIsWrittenBeside) {
  for (const char* name : {"run.json.new", "out.json.new", "records.json.new",
                           "secrets.json.new"}) {
    link(name, scratch_ / "victim");
  }
  expect_saved(run(offline(2)), 2);
  EXPECT_EQ(run({"export", "--output", "run.json", "--to", "out.json"}).status,
            0);
  EXPECT_EQ(run({"replay", "run.db", "--output", "records.json"}).status, 0);
  EXPECT_EQ(run({"--target", "1"}).status, 2) << "it makes a secrets.json";
  EXPECT_TRUE(fs::exists(scratch_ / "secrets.json"));
  expect_victim_unhurt();
  fs::remove(scratch_ / "run.json");
  fs::remove(scratch_ / "run.json.new");
  link("run.json.new", scratch_ / "victim");
  expect_saved(run(offline(3)), 3);
  expect_victim_unhurt();
}

TEST_F(HostileFolder, WithALinkedTrainingFileIsNotWrittenThroughIt) {
  link("run.json", scratch_ / "victim");
  Ended ended = run(offline(1));
  EXPECT_NE(ended.status, 0) << ended.err;
  expect_victim_unhurt();
}

TEST_F(HostileFolder, WithALinkThatLeadsNowhereMakesNothingThere) {
  for (const char* name : {"run.lock", "run.json"}) {
    SCOPED_TRACE(name);
    link(name, scratch_ / "nowhere");
    run(offline(1));
    EXPECT_FALSE(fs::exists(scratch_ / "nowhere"));
    for (const char* left : {"run.json", "run.db", "run.lock", "nowhere"}) {
      fs::remove(scratch_ / left);
    }
  }
}

}  // namespace
}  // namespace simulate
