#include "simulator/base/redactor.h"

#include <gtest/gtest.h>

#include "simulator/base/base64.h"
#include "simulator/base/json.h"
#include "simulator/base/text.h"

namespace simulate {
namespace {

const std::string kKey = "sk-Zq81/xT7+mN04vLw";

std::string redacted(std::string text,
                     const std::vector<std::string>& secrets = {kKey}) {
  Redactor(secrets).redact(text);
  return text;
}

TEST(Redactor, HidesAKeyWholeAndInParts) {
  EXPECT_EQ(redacted("the key " + kKey + "."), "the key (hidden).");
  EXPECT_EQ(redacted(kKey + kKey), "(hidden)");
  for (size_t at = 0; at + 8 <= kKey.size(); ++at) {
    EXPECT_EQ(redacted("<" + kKey.substr(at, 8) + ">"), "<(hidden)>");
  }
  std::string seven = "<" + kKey.substr(3, 7) + ">";
  EXPECT_EQ(redacted(seven), seven);
}

TEST(Redactor, HidesAKeyInOtherCase) {
  EXPECT_EQ(redacted("SK-ZQ81/XT7+MN04VLW!"), "(hidden)!");
}

TEST(Redactor, HidesAKeyThatIsCodedForAnAddress) {
  EXPECT_EQ(redacted("?key=sk-Zq81%2FxT7%2bmN04vLw&a"), "?key=(hidden)&a");
  std::string all;
  for (char c : kKey) {
    char coded[4];
    std::snprintf(coded, sizeof coded, "%%%02x", static_cast<unsigned>(c));
    all += coded;
  }
  EXPECT_EQ(redacted("=" + all + "="), "=(hidden)=");
}

TEST(Redactor, HidesALoginThatWasCodedForItsAddress) {
  std::string login = "me:p%40ss%2Fw0rd";
  EXPECT_EQ(redacted("http://me:p%40ss%2Fw0rd@h", {login}),
            "http://(hidden)@h");
  EXPECT_EQ(redacted("<me:p@ss/w0rd>", {login}), "<(hidden)>");
  EXPECT_EQ(redacted("Basic " + base64_of("me:p@ss/w0rd"), {login}),
            "Basic (hidden)");
}

TEST(Redactor, HidesAKeyThatIsEscapedInJson) {
  EXPECT_EQ(redacted(R"x({"k":"sk-Zq81\/xT7\u002BmN04v\u004cw"})x"),
            R"x({"k":"(hidden)"})x");
  EXPECT_EQ(redacted(R"x({"t":"{\"k\":\"\\u0073k-Zq81\\/xT7+m\"}"})x"),
            R"x({"t":"{\"k\":\"(hidden)\"}"})x");
}

TEST(Redactor, HidesAKeyWhoseFirstLettersSeemToEndACode) {
  EXPECT_EQ(redacted("100%2cafe5417", {"cafe5417"}), "100%2(hidden)");
  EXPECT_EQ(redacted(R"(\u004cafe5417)", {"cafe5417"}), R"(\u004(hidden))");
  EXPECT_EQ(redacted("%%63afe5417 %cafe5417", {"cafe5417"}),
            "%(hidden) %(hidden)");
}

TEST(Redactor, HidesAKeyInBase64WhereverItBegins) {
  for (const char* before : {"", "a", "ab", "abc:"}) {
    for (const char* after : {"", "z", "zz"}) {
      std::string text = redacted(base64_of(before + kKey + after));
      EXPECT_TRUE(contains(text, "(hidden)")) << before << after << text;
      EXPECT_LT(text.size(), 24u) << text;
    }
  }
}

TEST(Redactor, LooksForAShortKeyAsAWholeAndForATinyOneNotAtAll) {
  EXPECT_EQ(redacted("hunter2 hunter", {"hunter2"}), "(hidden) hunter");
  EXPECT_EQ(redacted("k on none", {"k", "none"}), "k on none");
}

TEST(Redactor, LeavesJsonJson) {
  std::string text =
      redacted(R"({"91827364":91827364,"a":[91827364,1]})", {"91827364"});
  EXPECT_EQ(text, R"x({"(hidden)":"(hidden)","a":["(hidden)",1]})x");
  EXPECT_TRUE(parse_json(text));
}

TEST(Redactor, KeepsThePlacesOfAFilesParts) {
  std::string bytes = std::string("\0\xFF", 2) + kKey + std::string("\x01", 1);
  size_t size = bytes.size();
  Redactor({kKey}).blank(bytes);
  EXPECT_EQ(bytes.size(), size);
  EXPECT_EQ(bytes, std::string("\0\xFF", 2) + std::string(kKey.size(), '*') +
                       std::string("\x01", 1));
}

TEST(Redactor, LearnsMoreWithoutForgetting) {
  Redactor one({kKey});
  Redactor both = one.with({"correct-horse-battery"});
  std::string text = kKey + " correct-horse-battery";
  both.redact(text);
  EXPECT_EQ(text, "(hidden) (hidden)");
  std::string other = "correct-horse-battery";
  one.redact(other);
  EXPECT_EQ(other, "correct-horse-battery");
}

}  // namespace
}  // namespace simulate
