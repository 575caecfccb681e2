#include "simulator/models/secrets.h"

#include <gtest/gtest.h>

#include <set>

#include <cstdlib>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

class SecretsTest : public testing::Test {
 protected:
  SecretsTest() {
    for (const char* name :
         {"MISTRAL_API_KEY", "TOGETHER_API_KEY", "HF_TOKEN"}) {
      ::unsetenv(name);
    }
  }

  Secrets read(const std::string& text, unsigned mode = 0600) {
    write_file(path_, text, mode);
    return read_secrets(path_);
  }

  std::string complaint(const std::string& text, unsigned mode = 0600) {
    try {
      read(text, mode);
    } catch (const BadUsage& error) {
      return error.what();
    }
    return "";
  }

  Scratch scratch_;
  std::filesystem::path path_ = scratch_ / "secrets.json";
};

TEST_F(SecretsTest, ReadTheSeedsFormat) {
  Secrets secrets = read(R"({"mistral_api_key": "m-123",
      "enabled_providers": ["mistral"]})");
  EXPECT_EQ(secrets.provider("mistral").key, "m-123");
  EXPECT_EQ(secrets.enabled, std::vector<std::string>{"mistral"});
}

TEST_F(SecretsTest, TakeDeadlinesInSecondsAndWhetherToStream) {
  Secrets secrets = read(R"({"providers": {"mistral": {"stream": true,
      "deadlines": {"first_byte": 20, "total": 0.5}}}})");
  const Provider& mistral = secrets.provider("mistral");
  EXPECT_EQ(mistral.deadlines.connect, Seconds(10));
  EXPECT_EQ(mistral.deadlines.first_byte, Seconds(20));
  EXPECT_EQ(mistral.deadlines.total, Millis(500));
  EXPECT_FALSE(mistral.idle_is_set);
  EXPECT_TRUE(mistral.stream);
  EXPECT_FALSE(secrets.provider("together").stream);
}

TEST_F(SecretsTest, RefuseDeadlinesThatAreNone) {
  auto about = [this](const std::string& field) {
    std::string all = complaint(R"({"providers": {"vllm": {)" + field + "}}}");
    return all.substr(all.find(": ") + 2);
  };
  EXPECT_EQ(about(R"("deadlines": 7)"),
            "\"providers.vllm.deadlines\" must be an object");
  EXPECT_EQ(about(R"("deadlines": {"idel": 7})"),
            "\"providers.vllm.deadlines.idel\" is unknown; did you mean "
            "\"idle\"?");
  EXPECT_EQ(about(R"("deadlines": {"idle": 0})"),
            "\"providers.vllm.deadlines.idle\" must be a number from 0.01 to "
            "86400");
  EXPECT_EQ(about(R"("stream": "yes")"),
            "\"providers.vllm.stream\" must be true or false, got string");
}

TEST_F(SecretsTest, TakeSettingsOfKnownAndNamedProviders) {
  Secrets secrets = read(R"({"providers": {
      "mistral": {"model": "m", "requests_per_second": 4},
      "box": {"base_url": "http://127.0.0.1:8000/v1/", "model": "q"}},
      "roles": {"tester": [{"provider": "box", "temperature": 0.5}]}})");
  EXPECT_EQ(secrets.provider("mistral").requests_per_second(), 4);
  EXPECT_EQ(secrets.provider("mistral").model_for(Role::assistant), "m");
  const Provider& box = secrets.provider("box");
  EXPECT_EQ(box.base_url, "http://127.0.0.1:8000/v1");
  EXPECT_EQ(box.roles.at(Role::tester).temperature, 0.5);
  EXPECT_EQ(secrets.cast.at(Role::tester), Players{{"box"}});
}

TEST_F(SecretsTest, AreNotReadThroughALink) {
  write_file(scratch_ / "elsewhere.json", "{}", 0600);
  std::filesystem::create_symlink(scratch_ / "elsewhere.json", path_);
  try {
    read_secrets(path_);
    ADD_FAILURE() << "it was read";
  } catch (const BadUsage& refusal) {
    EXPECT_NE(std::string(refusal.what()).find("symbolic link"),
              std::string::npos);
  }
}

TEST_F(SecretsTest, WarnOfADotEnvThatOthersCanRead) {
  write_file(scratch_ / ".env", "MISTRAL_API_KEY=m-env", 0600);
  EXPECT_TRUE(read("{}").notes.empty());
  write_file(scratch_ / ".env", "MISTRAL_API_KEY=m-env", 0640);
  std::filesystem::permissions(scratch_ / ".env", std::filesystem::perms{0640});
  Secrets secrets = read("{}");
  ASSERT_EQ(secrets.notes.size(), 1u);
  EXPECT_NE(secrets.notes[0].find("chmod 600"), std::string::npos);
}

TEST_F(SecretsTest, CountPlaceholdersAsAbsent) {
  Secrets secrets = read(R"({"mistral_api_key": "your-mistral-key-here"})");
  EXPECT_EQ(secrets.provider("mistral").key, "");
}

TEST_F(SecretsTest, PreferTheEnvironmentToDotEnvToTheFile) {
  write_file(scratch_ / ".env",
             "# keys\nexport TOGETHER_API_KEY='t-env'\nHF_TOKEN=h-env\n");
  ::setenv("HF_TOKEN", "h-process", 1);
  Secrets secrets = read(R"({"together_api_key": "t-file",
      "huggingface_api_key": "h-file", "mistral_api_key": "m-file"})");
  EXPECT_EQ(secrets.provider("together").key, "t-env");
  EXPECT_EQ(secrets.provider("huggingface").key, "h-process");
  EXPECT_EQ(secrets.provider("mistral").key, "m-file");
  ::unsetenv("HF_TOKEN");
}

TEST_F(SecretsTest, KeepAKeyInWhosePlaceDotEnvHasAPlaceholder) {
  write_file(scratch_ / ".env", "MISTRAL_API_KEY=your-mistral-key-here\n",
             0600);
  Secrets secrets = read(R"({"mistral_api_key": "m-file"})");
  EXPECT_EQ(secrets.provider("mistral").key, "m-file");
}

TEST_F(SecretsTest, RefuseAFileThatOthersCanRead) {
  EXPECT_NE(complaint("{}", 0644).find("chmod 600"), std::string::npos);
}

TEST_F(SecretsTest, NameFileFieldAndRemedy) {
  const std::pair<const char*, const char*> rows[] = {
      {"[1]", "no JSON object"},
      {"{\n  \"mistral_api_key\": \"k\",\n}", "line 3: a comma"},
      {R"({"enabled_provider": []})", "did you mean \"enabled_providers\"?"},
      {R"({"mistral_key": "k"})", "did you mean \"mistral_api_key\"?"},
      {R"({"foo": 1})", "\"foo\" is unknown; known: enabled_providers"},
      {R"({"roles": {"tester": [{"provider": "box", "temprature": 1}]}})",
       "\"roles.tester.temprature\" is unknown; did you mean "
       "\"temperature\"?"},
      {R"({"roles": {"tester": ["box"]}})", "must be a list of objects"},
      {R"({"mistral_api_key": 5})", "\"mistral_api_key\" must be a string"},
      {R"({"providers": {"x": {"model": "m"}}})", "needs a base_url"},
      {R"({"providers": {"mistral": {"rps": 1}}})",
       "\"providers.mistral.rps\""},
      {R"({"providers": {"mistral": {"in_flight": 0}}})",
       "in_flight\" must be a number from 1 to 4096"},
      {R"({"roles": {"jury": []}})", "not \"jury\""},
      {R"({"roles": {"tester": [{"provider": "mistrl"}]}})",
       "did you mean \"mistral\""},
      {R"({"mistral_api_key": "a\nb"})", "line break"},
  };
  for (const auto& [text, expected] : rows) {
    std::string said = complaint(text);
    EXPECT_NE(said.find(expected), std::string::npos) << text << "\n" << said;
  }
}

TEST_F(SecretsTest, NeverShowAKey) {
  for (const char* text :
       {R"({"mistral_api_key": ["canary"]})", "{\"canary\", \"canary\": 1}",
        R"({"sk-9-canary": "mistral"})",
        R"({"providers": {"mistral": {"api_key": {"is": "canary"}}}})"}) {
    std::string said = complaint(text);
    EXPECT_NE(said, "");
    EXPECT_EQ(said.find("canary"), std::string::npos) << said;
  }
}

TEST_F(SecretsTest, NameAllThatNothingMayShowButNoWords) {
  Secrets secrets = read(R"({"mistral_api_key": "Xk29fQm3LzP0aWbT",
      "providers": {"a": {"base_url": "http://me:pass-word@h/v1",
                          "api_key": "not-needed"},
                    "b": {"base_url": "http://h/v1", "api_key": "ollama"}}})");
  std::set<std::string> shown_to_nobody;
  for (const std::string& value : secrets.values()) {
    if (!value.empty()) shown_to_nobody.insert(value);
  }
  EXPECT_EQ(
      shown_to_nobody,
      (std::set<std::string>{"Xk29fQm3LzP0aWbT", "me:pass-word", "pass-word"}));
}

TEST_F(SecretsTest, TakeRealKeysForReal) {
  for (const char* key : {"sk-abXXXcd-here4you-123", "hf_yourThing9", "k"}) {
    EXPECT_FALSE(is_placeholder_key(key)) << key;
  }
  for (const char* key : {"your-mistral-key-here", "YOUR_API_KEY", "xxxx", "",
                          "<key>", "changeme", "..."}) {
    EXPECT_TRUE(is_placeholder_key(key)) << key;
  }
}

TEST_F(SecretsTest, NameTheNearestProvider) {
  try {
    read("{}").provider("mistrall");
    FAIL();
  } catch (const BadUsage& error) {
    EXPECT_NE(std::string(error.what()).find("did you mean \"mistral\"?"),
              std::string::npos);
  }
}

}  // namespace
}  // namespace simulate
