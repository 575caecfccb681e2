#include "simulator/calls/reply_parser.h"

#include <gtest/gtest.h>

#include <chrono>

#include "simulator/base/text.h"

namespace simulate {
namespace {

// What was called, one canonical line each: name {"key":value}.
std::string calls_of(const ParsedReply& reply) {
  std::vector<std::string> lines;
  for (const ParsedCall& call : reply.calls) {
    lines.push_back(call.name + " " + to_text(call.arguments));
  }
  return joined(lines, "; ");
}

struct Row {
  const char* name;
  std::string text;
  std::string calls;
  std::string content;
  std::string fault;  // a part of the only fault; empty when there is none
};

template <size_t Size>
void expect_all(const Row (&rows)[Size]) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    ParsedReply reply = parse_reply(row.text);
    EXPECT_EQ(calls_of(reply), row.calls);
    EXPECT_EQ(reply.content, row.content);
    std::string faults = joined(reply.faults, " | ");
    if (row.fault.empty()) {
      EXPECT_EQ(faults, "");
    } else {
      EXPECT_EQ(reply.faults.size(), 1u) << faults;
      EXPECT_TRUE(contains(faults, row.fault)) << faults;
    }
  }
}

std::string tag(const std::string& inside) {
  return "<tool_call>" + inside + "</tool_call>";
}

const std::string kName = "every argument needs its name";

const Row kPython[] = {
    {"Seed", tag(R"(add_memory(input_text=["a"]))"),
     R"(add_memory {"input_text":["a"]})", "", ""},
    {"NoArguments", tag("recall_memories()"), "recall_memories {}", "", ""},
    {"SpaceBeforeParenthesis", tag("f (a = 1)"), R"(f {"a":1})", "", ""},
    {"Lines", tag("\nf(\n  a=1,\n  b='x',\n)\n"), R"(f {"a":1,"b":"x"})", "",
     ""},
    {"List", tag("[f(a=1), g()]"), R"(f {"a":1}; g {})", "", ""},
    {"ListWithTrailingComma", tag("[f(a=1), g(),]"), R"(f {"a":1}; g {})", "",
     ""},
    {"Commas", tag("f(), g()"), "f {}; g {}", "", ""},
    {"Semicolons", tag("f(); g();"), "f {}; g {}", "", ""},
    {"OneALine", tag("f()\ng()\n"), "f {}; g {}", "", ""},
    {"Fence", tag("```python\nf(a=1)\n```"), R"(f {"a":1})", "", ""},
    {"EscapedQuote", tag(R"(f(a='it\'s'))"), R"(f {"a":"it's"})", "", ""},
    {"BracketsInStrings", tag(R"x(f(a="])}", b=")"))x"),
     R"x(f {"a":"])}","b":")"})x", "", ""},
    {"Nested", tag(R"(f(a={"b": [1, (2, 3)], 'c': {}}, d=[]))"),
     R"(f {"a":{"b":[1,[2,3]],"c":{}},"d":[]})", "", ""},
    {"Words", tag("f(a=None, b=True, c=False, d=null, e=true, g=false)"),
     R"(f {"a":null,"b":true,"c":false,"d":null,"e":true,"g":false})", "", ""},
    {"Numbers", tag("f(a=-3, b=2.5, c=-1e3)"),
     R"(f {"a":-3,"b":2.5,"c":-1000.0})", "", ""},
    {"ClosingTagInString", tag(R"(f(a="x</tool_call>y"))"),
     R"(f {"a":"x</tool_call>y"})", "", ""},
    {"OpeningTagInString", tag(R"(f(a='<tool_call>g()'))"),
     R"x(f {"a":"<tool_call>g()"})x", "", ""},
    {"EscapedQuoteBesideTag", tag(R"(f(a="say \"</tool_call>\" now"))"),
     R"(f {"a":"say \"</tool_call>\" now"})", "", ""},
    {"ThinkTagInString", tag(R"(f(a="</think>"))"), R"(f {"a":"</think>"})", "",
     ""},
    {"MarkerInString", tag(R"(f(a="[TOOL_CALLS] []"))"),
     R"(f {"a":"[TOOL_CALLS] []"})", "", ""},
    {"RawNewlineInString", tag("f(a=\"x\ny\")"), R"(f {"a":"x\ny"})", "", ""},
    {"TripleQuotes", tag(R"(f(a="""it's "so" nice"""))"),
     R"(f {"a":"it's \"so\" nice"})", "", ""},
    {"FunctionsPrefix", tag("functions.f(a=1)"), R"(f {"a":1})", "", ""},
    {"DottedName", tag("a.b()"), "a.b {}", "", ""},
    {"NameIsPrefixOfAnother", tag("add()") + tag("add_memory()"),
     "add {}; add_memory {}", "", ""},
    {"UnknownNamesAreCalls", tag("nothing_like_it(a=1)"),
     R"(nothing_like_it {"a":1})", "", ""},
    {"WideSpaces",
     tag("\xC2\xA0"
         "f(\xE3\x80\x80"
         "a=1)\xE3\x80\x80"),
     R"(f {"a":1})", "", ""},
    {"Emoji", tag("f(a=\"\xF0\x9F\x90\xB6\")"),
     "f {\"a\":\"\xF0\x9F\x90\xB6\"}", "", ""},
    {"Positional", tag(R"(f("a"))"), "", "", kName},
    {"PositionalBesideNamed", tag(R"(f(1, a=2))"), "", "", kName},
    {"PositionalBesideGoodSibling", tag(R"([f("a"), g()])"), "g {}", "", kName},
    {"DuplicateArgument", tag("f(a=1, a=2)"), "", "", "is there twice"},
    {"Infinity", tag("f(a=1e999)"), "", "", "no number"},
    {"Bytes", tag("f(a=b'x')"), "", "", "prefix b"},
    {"FString", tag(R"(f(a=f"{x}"))"), "", "", "prefix f"},
    {"Mismatch", tag("f(a=[1])])"), R"(f {"a":[1]})", "",
     "a call looks like name(key=value)"},
    {"MismatchInside", tag("f(a=[1)])"), R"(f {"a":[1]})", "", ""},
    {"NestedCall", tag("f(a=g(b=1))"), "", "", "a text needs quotes"},
    {"CallInsideABadCallIsNotRun", tag("f(a=oops, b=[g()])\n"), "", "",
     "a text needs quotes"},
    {"BadThenGood", tag("f(a=oops)\ng(b=1)"), R"(g {"b":1})", "",
     "a text needs quotes"},
    {"GoodThenBad", tag("g(b=1), f(a=)"), R"(g {"b":1})", "",
     "expected a value"},
    {"UnclosedQuoteKeepsTheNextCall",
     tag(R"(f(a="oops))") + "\n" + tag(R"(g(b="x"))"), R"(g {"b":"x"})", "",
     "could not be read"},
    {"UnclosedQuoteKeepsTheAnswer", tag(R"(f(a="oops))") + " Done.", "",
     "Done.", "never closed"},
    {"NoParentheses", tag("check_watch"), "", "", "no tool is called"},
    {"Prose", tag("I would call f() now"), "", "", "name(key=value)"},
    {"ProseBehindTheCall", tag("f()\nThat was {it}."), "f {}", "",
     "name(key=value)"},
    {"Unfinished", "<tool_call>f(a=1", "", "", "closing parenthesis"},
    {"UnfinishedString", "Hi <tool_call>f(a=\"x", "", "Hi", "never closed"},
};
TEST(ReplyParser, ReadsTheTableOfPython) { expect_all(kPython); }

const Row kJson[] = {
    {"Hermes", tag("\n{\"name\": \"f\", \"arguments\": {\"a\": 1}}\n"),
     R"(f {"a":1})", "", ""},
    {"ArgumentsFirst", tag(R"({"arguments": {"name": "x"}, "name": "f"})"),
     R"(f {"name":"x"})", "", ""},
    {"Parameters", tag(R"({"name": "f", "parameters": {"a": 1}})"),
     R"(f {"a":1})", "", ""},
    {"Args", tag(R"({"name": "f", "args": {"a": 1}})"), R"(f {"a":1})", "", ""},
    {"Input", tag(R"({"name": "f", "input": {"a": 1}})"), R"(f {"a":1})", "",
     ""},
    {"NoArguments", tag(R"({"name": "f"})"), "f {}", "", ""},
    {"NullArguments", tag(R"({"name": "f", "arguments": null})"), "f {}", "",
     ""},
    {"ArgumentsAsText", tag(R"({"name": "f", "arguments": "{\"a\": [1]}"})"),
     R"(f {"a":[1]})", "", ""},
    {"ArgumentsAsEmptyText", tag(R"({"name": "f", "arguments": ""})"), "f {}",
     "", ""},
    {"OpenAiShape",
     tag(R"({"type": "function", "function": {"name": "f", "arguments": "{}"}})"),
     "f {}", "", ""},
    {"ExtraKeys", tag(R"({"id": "1", "name": "f", "arguments": {}})"), "f {}",
     "", ""},
    {"Array", tag(R"([{"name": "f"}, {"name": "g"}])"), "f {}; g {}", "", ""},
    {"Several", tag("{\"name\": \"f\"}\n{\"name\": \"g\"}"), "f {}; g {}", "",
     ""},
    {"SeveralWithSemicolon", tag(R"({"name": "f"}; {"name": "g"})"),
     "f {}; g {}", "", ""},
    {"PythonRepr",
     tag("{'name': 'f', 'arguments': {'a': True, 'b': None, 'c': 'it\\'s'}}"),
     R"(f {"a":true,"b":null,"c":"it's"})", "", ""},
    {"TrailingCommas", tag(R"({"name": "f", "arguments": {"a": [1,],},})"),
     R"(f {"a":[1]})", "", ""},
    {"RawNewlineAndTab",
     tag("{\"name\": \"f\", \"arguments\": {\"a\": \"x\n\ty\"}}"),
     R"(f {"a":"x\n\ty"})", "", ""},
    {"BracesInString", tag(R"({"name": "f", "arguments": {"a": "}{]["}})"),
     R"(f {"a":"}{]["})", "", ""},
    {"ClosingTagInString",
     tag(R"({"name": "f", "arguments": {"a": "x</tool_call>{"}})"),
     R"(f {"a":"x</tool_call>{"})", "", ""},
    {"EscapedQuoteBesideTag",
     tag(R"({"name": "f", "arguments": {"a": "\"</tool_call>\""}})"),
     R"(f {"a":"\"</tool_call>\""})", "", ""},
    {"PythonEscapeInJson", tag(R"({"name": "f", "arguments": {"a": "it\'s"}})"),
     R"(f {"a":"it's"})", "", ""},
    {"SurrogatePair",
     tag(R"({"name": "f", "arguments": {"a": "\ud83d\udc36 \u00e9"}})"),
     "f {\"a\":\"\xF0\x9F\x90\xB6 \xC3\xA9\"}", "", ""},
    {"FunctionsPrefix", tag(R"({"name": "functions.f"})"), "f {}", "", ""},
    {"Fence", tag("```json\n{\"name\": \"f\"}\n```"), "f {}", "", ""},
    {"NoName", tag(R"({"arguments": {"name": "x"}})"), "", "", "needs a"},
    {"EmptyName", tag(R"({"name": " "})"), "", "", "needs a"},
    {"ArgumentsAreAList", tag(R"({"name": "f", "arguments": [1]})"), "", "",
     "must be an object"},
    {"ArgumentsAreProse", tag(R"({"name": "f", "arguments": "x"})"), "", "",
     "must be an object"},
    {"DuplicateKey", tag(R"({"name": "f", "arguments": {"a": 1, "a": 2}})"), "",
     "", "is there twice"},
    {"BadThenGood",
     tag(R"([{"name": "f", "arguments": {oops}}, {"name": "g"}])"), "g {}", "",
     "key in quotes"},
    {"UnclosedButComplete", R"(Hi. <tool_call>{"name": "f"})", "f {}", "Hi.",
     ""},
    {"UnclosedAndIncomplete", R"(<tool_call>{"name": "f", "arguments": {"a")",
     "", "", "could not be read"},
    {"InnerQuotes", tag(R"({"name": "f", "arguments": {"a": "say "hi" now"}})"),
     R"(f {"a":"say \"hi\" now"})", "", ""},
    {"MixedWithPython", tag(R"([{"name": "f"}, g(a=1)])"), R"(f {}; g {"a":1})",
     "", ""},
};
TEST(ReplyParser, ReadsTheTableOfJson) { expect_all(kJson); }

const std::string kInThinking = "inside your thinking was not run";
const std::string kOwnResult = "only the system writes results";

const Row kTags[] = {
    {"Empty", "", "", "", ""},
    {"OnlyText", "  Hello 3 < 4 (really).  ", "", "Hello 3 < 4 (really).", ""},
    {"TextAround", "Let me see. " + tag("f()") + " There.", "f {}",
     "Let me see.\n\nThere.", ""},
    {"SeveralTags", tag("f()") + "\n" + tag("g()"), "f {}; g {}", "", ""},
    {"Unclosed", "<tool_call>f(a=1)", R"(f {"a":1})", "", ""},
    {"ImplicitClose", "<tool_call>f()<tool_call>g()</tool_call>", "f {}; g {}",
     "", ""},
    {"OpenedTwice", "<tool_call><tool_call>f()</tool_call>", "f {}", "", ""},
    {"OpenersBetween", tag("f()") + "<tool_call>\n" + tag("g()"), "f {}; g {}",
     "", ""},
    {"EmptyCall", tag(" "), "", "", "held no call"},
    {"EmptyList", tag("[]"), "", "", "held no call"},
    {"WrongCloser", "<tool_call>f()</think>Done.", "f {}", "Done.", ""},
    {"OrphanCloser", "Done.</tool_call>", "", "Done.", ""},
    {"OrphanCloserAfterCall", tag("f()") + "</tool_call>Ok", "f {}", "Ok", ""},
    {"OrphanCloserBehindACall", "Sure.\nf(a=1)\n</tool_call>", "", "Sure.",
     "opening <tool_call> is missing"},
    {"OrphanCloserBehindJson", "Sure. {\"name\": \"f\"}</tool_call>", "",
     "Sure.", "opening <tool_call> is missing"},
    {"Plural", "<tool_calls>\n" + tag("f()") + "\n</tool_calls>", "f {}", "",
     ""},
    {"OpenerWithoutBracket", "Ok <tool_call f()", "f {}", "Ok", ""},
    {"Upper", "<TOOL_CALL>f()</TOOL_CALL>", "f {}", "", ""},
    {"RemovedTagsMakeNoNewTag", "<tool_</tool_call>call>f()", "",
     "<tool_\n\ncall>f()", ""},
    {"OwnResult", tag("f()") + "<tool_result>{\"a\": 1}</tool_result>So.",
     "f {}", "So.", kOwnResult},
    {"OwnResponse", "<tool_response>x</tool_response>So.", "", "So.",
     kOwnResult},
    {"OwnUnclosedResult", "Ok.<tool_result>{\"a\": 1}", "", "Ok.", kOwnResult},
    {"CallInsideOwnResult", "<tool_result>" + tag("f()") + "</tool_result>", "",
     "", kOwnResult},
    {"CallBehindUnclosedResult", "<tool_result>x" + tag("f()"), "f {}", "",
     kOwnResult},
    {"CallInThinking", "<think>a " + tag("f()") + "</think>Ok.", "", "Ok.",
     kInThinking},
    {"CallInThinkingWithoutOpener", "a " + tag("f()") + "</think>Ok.", "",
     "Ok.", kInThinking},
    {"MentionInThinking", "<think>I use <tool_call> now</think>Ok.", "", "Ok.",
     ""},
    {"CallRightBehindThinking", "<think>a</think>" + tag("f()"), "f {}", "",
     ""},
    {"CallAndThinkingAgain", tag("f()") + "<think>a</think>Ok.", "f {}", "Ok.",
     ""},
    {"CallInUnclosedThinking", "<think>" + tag("nah uhg"), "", "",
     "never closed with </think>, so there is no answer"},
};
TEST(ReplyParser, ReadsTheTableOfTags) { expect_all(kTags); }

struct ThinkingRow {
  const char* text;
  const char* thinking;
  const char* content;
};

TEST(ReplyParser, TellsThinkingFromContent) {
  const ThinkingRow rows[] = {
      {"<think>\na\n</think>\n\nb", "a", "b"},
      {"<think>a</think>b<think>c</think>d", "a\n\nc", "b\n\nd"},
      {"a</think>b", "a", "b"},
      {"a</think>b</think>c", "a\n\nb", "c"},
      {"<think>a</think></think>c", "a", "c"},
      {"<think></think>b", "", "b"},
      {"<think>a<think>b</think>c", "a b", "c"},
      {"b<think>a", "a", "b"},
      {"<THINK>a</THINK >b", "a", "b"},
      {"I <think so", "", "I <think so"},
      {"<think>see <tool_call>f()</tool_call> that</think>b", "see f() that",
       "b"},
      {"<think>a</think><tool_call>f()</tool_call></think>c", "a", "c"},
  };
  for (const ThinkingRow& row : rows) {
    ParsedReply reply = parse_reply(row.text);
    EXPECT_EQ(reply.thinking, row.thinking) << row.text;
    EXPECT_EQ(reply.content, row.content) << row.text;
  }
}

TEST(ReplyParser, RunsSixteenCallsAtMost) {
  std::string text;
  for (int i = 0; i < 20; ++i) text += tag("f(a=" + std::to_string(i) + ")");
  ParsedReply reply = parse_reply(text);
  ASSERT_EQ(reply.calls.size(), 16u);
  EXPECT_EQ(reply.calls.back().arguments["a"], 15);
  ASSERT_EQ(reply.faults.size(), 1u);
  EXPECT_TRUE(contains(reply.faults[0], "the last 4"));
}

std::string repeated(const std::string& part, size_t bytes = 1 << 20) {
  std::string text;
  while (text.size() < bytes) text += part;
  return text;
}

// Quadratic reading of a MiB would take minutes, also on a fast machine.
TEST(ReplyParser, ReadsAMebibyteOfRubbishQuickly) {
  const std::string rubbish[] = {
      repeated("<tool_call>"),
      repeated("</tool_call>"),
      repeated("a<tool_call>"),
      repeated("<think>"),
      repeated("a</think>"),
      repeated("<tool_result>"),
      repeated("<think><tool_call>f(</think>"),
      repeated("<tool_call>f(a=\""),
      repeated("<tool_call>f(a='\"\"\"\\"),
      repeated("<tool_call>f(a=[\"x\","),
      repeated("<tool_call>f(a=['\"<tool_call>f(a=[\"',"),
      "<tool_call>[" + repeated("'<tool_call>f(a=[', "),
      "<tool_call>" + repeated("["),
      "<tool_call>" + repeated("{"),
      "<tool_call>" + repeated("f("),
      "<tool_call>" + repeated("f(x)"),
      "<tool_call>f(a=" + repeated("["),
      "<tool_call>f(a=" + repeated("9"),
      "<tool_call>f(a=\"" + repeated("\\"),
      "<tool_call>f(a=[" + repeated("'a' "),
      "<tool_call>f(a={" + repeated("'a':1,"),
      repeated("<tool_call>f(a=oops)\n"),
      repeated("x=f(a,") + "</tool_call>",
      repeated("<tool_call>hello world[A(A=\t)A(A=,\t"),
  };
  for (const std::string& text : rubbish) {
    auto start = std::chrono::steady_clock::now();
    ParsedReply reply = parse_reply(text);
    auto took = std::chrono::steady_clock::now() - start;
    EXPECT_LT(took, std::chrono::seconds(5)) << text.substr(0, 40);
    EXPECT_FALSE(contains(reply.content, "tool_call>"));
    EXPECT_LE(reply.faults.size(), 20u);
  }
}

}  // namespace
}  // namespace simulate
