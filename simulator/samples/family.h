// A family of models, as a trainer meets it: what its chat template shows of a
// conversation and what it loses, and how the model itself writes a reply. A
// row for each in families/; what is said of a template was read in the one
// that the models are published with (2026-11).
// Tested by tests/samples/family_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/calls/call_syntax.h"
#include "simulator/transcript/transcript.h"

namespace simulate {

// Where a template looks for the thought of a message.
enum class ThoughtPlace {
  reasoning_content,  // a key beside content
  thinking,           // the same, as gpt-oss calls it
  content,            // nowhere: it is a part of the words
};

struct Family {
  const char* name = "";
  const char* models = "";  // whom it fits, in words
  ThoughtPlace thought = ThoughtPlace::content;

  // What its template does with a whole conversation.
  bool keeps_thoughts = false;      // those of earlier turns, too
  bool shows_tools = true;          // false: the tools stay in the prompt
  bool words_beside_calls = false;  // false: it drops what stands beside calls
  bool parallel_calls = true;       // false: one call a message
  bool exact_messages = true;   // false: only its own text shows a sample whole
  bool text_arguments = false;  // arguments of calls are text, not objects

  // Of LLaMA-Factory: the name of its template; "" when it has none that fits.
  const char* llamafactory_template = "";
  bool tagged_results = false;  // results stand in <tool_response>

  // Of its tokenizer, when no tokenizer_config.json says so.
  const char* bos = "";
  const char* eos = "";
  const char* call_end = "";  // what ends a call, when that is not eos

  // What its model writes behind a prompt, up to the token that ends it.
  std::string (*reply)(const Message& message, ToolSyntax syntax) = nullptr;

  // Whether its template drops something of this message.
  bool loses_words(const Message& message) const;
};

const std::vector<const Family*>& all_families();

// Of nobody: a format in which nothing is lost.
const Family& no_family();

// Null when there is none of that name.
const Family* family_named(const std::string& name);

// A thought as most families write it: <think>, the text, </think> and an empty
// line.
std::string think_block(const std::string& thought);

// Words, and each call as JSON in <tool_call> and its end, a line each.
std::string tagged_reply(const Message& message);

// {"name": "f", "KEY": {...}} as Python's json writes it, which is what the
// templates' tojson does.
std::string json_object_call(const ToolCall& call, const char* key);
std::string python_json(const Json& value);

// A row each, in families/.
const Family& qwen3();
const Family& hermes();
const Family& llama3();
const Family& mistral();
const Family& deepseek_r1();
const Family& gpt_oss();

}  // namespace simulate
