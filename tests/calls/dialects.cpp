#include "tests/calls/dialects.h"

#include <re2/re2.h>

#include "simulator/base/text.h"
#include "simulator/calls/call_syntax.h"
#include "tests/calls/notation.h"

namespace simulate {

namespace {

// What can be said.

bool anything(const ParsedCall&) { return true; }

bool is_identifier(const std::string& text) {
  static const RE2 pattern(R"([A-Za-z_]\w*)");
  return RE2::FullMatch(text, pattern);
}

bool spelled_by_python(const ParsedCall& call) {
  static const RE2 dotted(R"([A-Za-z_]\w*(\.[A-Za-z_]\w*)*)");
  if (!RE2::FullMatch(call.name, dotted)) return false;
  for (const auto& [key, value] : call.arguments.items()) {
    if (!is_identifier(key)) return false;
  }
  return true;
}

// The first line in front of what Functionary calls a function is its name,
// and "all" is nobody's.
bool without_line_breaks_in_name(const ParsedCall& call) {
  return !contains(call.name, "\n") && call.name != "all";
}

// DeepSeek's first versions write "function" where others write the name.
bool not_named_function(const ParsedCall& call) {
  return call.name != "function";
}

// A value between tags is literal, so it cannot hold its own closing tag, nor
// what a parser must take for one where models forget to close.
bool free_of_parameter_tags(const ParsedCall& call) {
  static const RE2 tag(
      R"((?i)</?(?:\w+:)?(?:parameter|param|argument|arg)\b|)"
      R"(</(?:\w+:)?(?:function|invoke|tool_call|function_call)s?\b)");
  for (const auto& [key, value] : call.arguments.items()) {
    if (!is_identifier(key)) return false;
    std::string text = value.is_string() ? value.get<std::string>()
                                         : python_dumps_unicode(value);
    if (RE2::PartialMatch(text, tag)) return false;
  }
  return true;
}

bool edges_are_line_breaks(const Json& value) {
  if (!value.is_string() || value.empty()) return false;
  const auto& text = value.get_ref<const std::string&>();
  return !text.empty() && (text[0] == '\n' || text.back() == '\n');
}

// Where the line breaks around a value may be the tag's or the value's.
bool free_of_outer_line_breaks(const ParsedCall& call) {
  for (const auto& [key, value] : call.arguments.items()) {
    if (edges_are_line_breaks(value)) return false;
  }
  return free_of_parameter_tags(call);
}

bool free_of_arg_tags(const ParsedCall& call) {
  for (const auto& [key, value] : call.arguments.items()) {
    if (!is_identifier(key) || edges_are_line_breaks(value)) return false;
    std::string text = value.is_string() ? value.get<std::string>()
                                         : python_dumps_unicode(value);
    if (contains(text, "</arg_value>") || contains(text, "<arg_key>")) {
      return false;
    }
  }
  return true;
}

// Without tags around a call, a tag inside it cannot be told from a real one.
bool free_of_tokens(const ParsedCall& call) {
  std::string text = python_dumps_unicode(call.arguments);
  for (const char* token :
       {"<", ">>>", "[TOOL_CALLS]", "THINK]", "functools"}) {
    if (contains(text, token)) return false;
  }
  return true;
}

bool bare_python(const ParsedCall& call) {
  return spelled_by_python(call) && free_of_tokens(call);
}

// How it is said.

using WriteCall = std::string (*)(const ParsedCall&);

std::string each(const Calls& calls, const char* separator, WriteCall write) {
  std::vector<std::string> texts;
  for (const ParsedCall& call : calls) texts.push_back(write(call));
  return joined(texts, separator);
}

std::string hermes(const std::string& inside) {
  return "<tool_call>\n" + inside + "\n</tool_call>";
}

Json named(const ParsedCall& call, const char* arguments = "arguments") {
  return {{"name", call.name}, {arguments, call.arguments}};
}

std::string json(const ParsedCall& call) {
  return python_dumps_unicode(named(call));
}

std::string json_with_parameters(const ParsedCall& call) {
  return python_dumps(named(call, "parameters"));
}

std::string arguments_of(const ParsedCall& call) {
  return python_dumps_unicode(call.arguments);
}

std::string array(const Calls& calls) {
  return "[" + each(calls, ", ", json) + "]";
}

std::string python(const ParsedCall& call) {
  std::vector<std::string> arguments;
  for (const auto& [key, value] : call.arguments.items()) {
    arguments.push_back(key + "=" + python_repr(value));
  }
  return call.name + "(" + joined(arguments, ", ") + ")";
}

std::string python_list(const Calls& calls) {
  return "[" + each(calls, ", ", python) + "]";
}

// str(value) of the templates that print scalars as Python does.
std::string plain_python(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_structured() ? python_dumps(value) : python_repr(value);
}

std::string plain_json(const Json& value) {
  return value.is_string() ? value.get<std::string>()
                           : python_dumps_unicode(value);
}

std::string qwen_function(const ParsedCall& call) {
  std::string text = "<function=" + call.name + ">\n";
  for (const auto& [key, value] : call.arguments.items()) {
    text +=
        "<parameter=" + key + ">\n" + plain_python(value) + "\n</parameter>\n";
  }
  return text + "</function>";
}

std::string seed_function(const ParsedCall& call) {
  std::string text = "<function=" + call.name + ">\n";
  for (const auto& [key, value] : call.arguments.items()) {
    text += "<parameter=" + key + ">" + plain_json(value) + "</parameter>\n";
  }
  return text + "</function>";
}

std::string invoke_with_prefix(const ParsedCall& call,
                               const std::string& prefix) {
  std::string text = "<" + prefix + "invoke name=\"" + call.name + "\">\n";
  for (const auto& [key, value] : call.arguments.items()) {
    text += "<" + prefix + "parameter name=\"" + key + "\">" +
            plain_json(value) + "</" + prefix + "parameter>\n";
  }
  return text + "</" + prefix + "invoke>";
}

std::string invoke(const ParsedCall& call) {
  return invoke_with_prefix(call, "");
}

std::string glm(const ParsedCall& call, const char* line) {
  std::string text = "<tool_call>" + call.name + line;
  for (const auto& [key, value] : call.arguments.items()) {
    text += "<arg_key>" + key + "</arg_key>" + line + "<arg_value>" +
            plain_json(value) + "</arg_value>" + line;
  }
  return text + "</tool_call>";
}

// DeepSeek's tokens hold characters of their own.
std::string deepseek(std::string text) {
  text = replaced(std::move(text), "<|", "<\xEF\xBD\x9C");
  text = replaced(std::move(text), "|>", "\xEF\xBD\x9C>");
  return replaced(std::move(text), "_", "\xE2\x96\x81");
}

std::string deepseek_call(const ParsedCall& call) {
  return deepseek("<|tool_call_begin|>") + "function" +
         deepseek("<|tool_sep|>") + call.name + "\n```json\n" +
         arguments_of(call) + "\n```" + deepseek("<|tool_call_end|>");
}

std::string deepseek_short_call(const ParsedCall& call) {
  return deepseek("<|tool_call_begin|>") + call.name +
         deepseek("<|tool_sep|>") + arguments_of(call) +
         deepseek("<|tool_call_end|>");
}

std::string deepseek_calls(const std::string& calls) {
  return deepseek("<|tool_calls_begin|>") + calls +
         deepseek("<|tool_calls_end|>");
}

std::string dsml_call(const ParsedCall& call) {
  const std::string prefix =
      "\xEF\xBD\x9C"
      "DSML"
      "\xEF\xBD\x9C";
  std::string text = "<" + prefix + "invoke name=\"" + call.name + "\">\n";
  for (const auto& [key, value] : call.arguments.items()) {
    text += "<" + prefix + "parameter name=\"" + key + "\" string=\"" +
            (value.is_string() ? "true" : "false") + "\">" + plain_json(value) +
            "</" + prefix + "parameter>\n";
  }
  return text + "</" + prefix + "invoke>";
}

std::string dsml(const Calls& calls, const std::string& block) {
  const std::string prefix =
      "\xEF\xBD\x9C"
      "DSML"
      "\xEF\xBD\x9C";
  return "<" + prefix + block + ">\n" + each(calls, "\n", dsml_call) + "\n</" +
         prefix + block + ">";
}

std::string kimi(const Calls& calls) {
  std::string text = "<|tool_calls_section_begin|>";
  for (size_t i = 0; i < calls.size(); ++i) {
    text += "<|tool_call_begin|>functions." + calls[i].name + ":" +
            std::to_string(i) + "<|tool_call_argument_begin|>" +
            arguments_of(calls[i]) + "<|tool_call_end|>";
  }
  return text + "<|tool_calls_section_end|>";
}

std::string cohere(const Calls& calls) {
  std::string text = "<|START_ACTION|>[\n";
  for (size_t i = 0; i < calls.size(); ++i) {
    Json call = {{"tool_call_id", std::to_string(i)},
                 {"tool_name", calls[i].name},
                 {"parameters", calls[i].arguments}};
    text += "    " + python_dumps(call) + (i + 1 < calls.size() ? ",\n" : "\n");
  }
  return text + "]<|END_ACTION|>";
}

constexpr Frame kMistralThinking = {"[THINK]", "[/THINK]"};
constexpr Frame kCohereThinking = {"<|START_THINKING|>", "<|END_THINKING|>"};
constexpr Frame kCohereText = {"<|START_RESPONSE|>", "<|END_RESPONSE|>"};
constexpr Frame kHarmonyThinking = {"<|channel|>analysis<|message|>",
                                    "<|end|><|start|>assistant"};
constexpr Frame kHarmonyText = {"<|channel|>commentary<|message|>",
                                "<|end|><|start|>assistant"};
constexpr Frame kFunctionaryText = {">>>all\n", "\n"};
constexpr Frame kSeedThinking = {"<seed:think>", "</seed:think>"};

std::vector<Dialect> hermes_and_python() {
  return {
      {"simulate, Python",
       [](const Calls& calls) {
         return each(calls, "\n", [](const ParsedCall& call) {
           return render_call(ToolSyntax::python, call.name, call.arguments);
         });
       },
       anything},
      {"simulate, JSON",
       [](const Calls& calls) {
         return each(calls, "\n", [](const ParsedCall& call) {
           return render_call(ToolSyntax::json, call.name, call.arguments);
         });
       },
       anything},
      {"Python, a tag each",
       [](const Calls& calls) {
         return each(calls, "\n", [](const ParsedCall& call) {
           return "<tool_call>" + python(call) + "</tool_call>";
         });
       },
       spelled_by_python},
      {"Python list in a tag",
       [](const Calls& calls) {
         return "<tool_call>" + python_list(calls) + "</tool_call>";
       },
       spelled_by_python},
      {"Hermes",
       [](const Calls& calls) {
         return each(calls, "\n",
                     [](const ParsedCall& call) { return hermes(json(call)); });
       },
       anything,
       true,
       true,
       {"<think>\n", "\n</think>\n\n"},
       {"", "\n"},
       "<|im_end|>"},
      {"Hermes in ASCII, with parameters",
       [](const Calls& calls) {
         return each(calls, "\n", [](const ParsedCall& call) {
           return hermes(json_with_parameters(call));
         });
       },
       anything},
      {"Hermes, compact, arguments first",
       [](const Calls& calls) {
         return each(calls, "", [](const ParsedCall& call) {
           return "<tool_call>" +
                  to_text(
                      {{"arguments", call.arguments}, {"name", call.name}}) +
                  "</tool_call>";
         });
       },
       anything},
      {"Hermes, arguments as a text (Granite 4)",
       [](const Calls& calls) {
         return each(calls, "\n", [](const ParsedCall& call) {
           return hermes(python_dumps(
               {{"name", call.name}, {"arguments", arguments_of(call)}}));
         });
       },
       anything},
      {"Hermes in OpenAI's shape",
       [](const Calls& calls) {
         return each(calls, "\n", [](const ParsedCall& call) {
           Json function = {{"name", call.name},
                            {"arguments", arguments_of(call)}};
           return hermes(python_dumps_unicode(
               {{"type", "function"}, {"function", function}}));
         });
       },
       anything},
      {"Hermes as Python's dict",
       [](const Calls& calls) {
         return each(calls, "\n", [](const ParsedCall& call) {
           return hermes(python_repr(named(call)));
         });
       },
       anything},
      {"Hermes, several in one tag",
       [](const Calls& calls) { return hermes(each(calls, "\n", json)); },
       anything},
      {"Hermes, a list in one tag",
       [](const Calls& calls) { return hermes(array(calls)); }, anything},
      {"Hermes, in a fence",
       [](const Calls& calls) {
         return hermes("```json\n" + each(calls, "\n", json) + "\n```");
       },
       anything},
      {"Nemotron",
       [](const Calls& calls) {
         return "<TOOLCALL>" + array(calls) + "</TOOLCALL>";
       },
       anything},
      {"Granite",
       [](const Calls& calls) { return "<|tool_call|>" + array(calls); },
       anything, false, false},
      {"Cohere", cohere, anything, true, false, kCohereThinking, kCohereText,
       "<|END_OF_TURN_TOKEN|>"},
      {"LFM2",
       [](const Calls& calls) {
         return "<|tool_call_start|>" + python_list(calls) +
                "<|tool_call_end|>";
       },
       spelled_by_python,
       true,
       true,
       {"<think>", "</think>"},
       {"", "\n"},
       "<|im_end|>"},
      {"Olmo 3",
       [](const Calls& calls) {
         return "<function_calls>\n" + each(calls, "\n", python) +
                "\n</function_calls>";
       },
       spelled_by_python},
  };
}

std::vector<Dialect> tags() {
  return {
      {"Qwen3-Coder",
       [](const Calls& calls) {
         return each(calls, "\n", [](const ParsedCall& call) {
           return hermes(qwen_function(call));
         });
       },
       free_of_parameter_tags,
       true,
       true,
       {"<think>\n", "\n</think>\n\n"},
       {"", "\n"},
       "<|im_end|>"},
      {"Qwen3-Coder without the outer tag",
       [](const Calls& calls) { return each(calls, "\n", qwen_function); },
       free_of_parameter_tags},
      {"Seed-OSS",
       [](const Calls& calls) {
         return each(calls, "\n", [](const ParsedCall& call) {
           return "<seed:tool_call>\n" + seed_function(call) +
                  "\n</seed:tool_call>";
         });
       },
       free_of_outer_line_breaks, true, true, kSeedThinking},
      {"Llama 3.1, <function=name>",
       [](const Calls& calls) {
         return each(calls, "", [](const ParsedCall& call) {
           return "<function=" + call.name + ">" + arguments_of(call) +
                  "</function>";
         });
       },
       anything,
       true,
       true,
       {"<think>", "</think>"},
       {"", "\n"},
       "<|eom_id|>"},
      {"Functionary 3.1",
       [](const Calls& calls) {
         return each(calls, "\n", [](const ParsedCall& call) {
           return "<function name=\"" + call.name + "\">" + arguments_of(call) +
                  "</function>";
         });
       },
       anything},
      {"MiniMax",
       [](const Calls& calls) {
         return "<minimax:tool_call>\n" + each(calls, "\n", invoke) +
                "\n</minimax:tool_call>";
       },
       free_of_outer_line_breaks},
      {"<function_calls> with <invoke>",
       [](const Calls& calls) {
         return "<function_calls>\n" + each(calls, "\n", invoke) +
                "\n</function_calls>";
       },
       free_of_outer_line_breaks},
      {"GLM 4.5",
       [](const Calls& calls) {
         return each(calls, "\n",
                     [](const ParsedCall& call) { return glm(call, "\n"); });
       },
       free_of_arg_tags},
      {"GLM 4.7",
       [](const Calls& calls) {
         return each(calls, "",
                     [](const ParsedCall& call) { return glm(call, ""); });
       },
       free_of_arg_tags},
      {"DeepSeek V3.2",
       [](const Calls& calls) { return dsml(calls, "function_calls"); },
       free_of_outer_line_breaks},
      {"DeepSeek V4",
       [](const Calls& calls) { return dsml(calls, "tool_calls"); },
       free_of_outer_line_breaks},
      {"Step3",
       [](const Calls& calls) {
         return deepseek_calls(each(calls, "\n", [](const ParsedCall& call) {
           return deepseek("<|tool_call_begin|>") + "function" +
                  deepseek("<|tool_sep|>") +
                  invoke_with_prefix(call, "steptml:") +
                  deepseek("<|tool_call_end|>");
         }));
       },
       free_of_outer_line_breaks},
  };
}

std::vector<Dialect> tokens() {
  return {
      {"Mistral, the old way",
       [](const Calls& calls) { return "[TOOL_CALLS] " + array(calls); },
       anything,
       false,
       true,
       kMistralThinking,
       {"", "\n"},
       "</s>"},
      {"Mistral, the new way",
       [](const Calls& calls) {
         return each(calls, "", [](const ParsedCall& call) {
           return "[TOOL_CALLS]" + call.name + arguments_of(call);
         });
       },
       anything,
       false,
       false,
       kMistralThinking,
       {"", "\n"},
       "</s>"},
      {"Mistral, with [ARGS]",
       [](const Calls& calls) {
         return each(calls, "", [](const ParsedCall& call) {
           return "[TOOL_CALLS]" + call.name + "[CALL_ID]abcdefghi[ARGS]" +
                  arguments_of(call);
         });
       },
       anything,
       false,
       false,
       kMistralThinking,
       {"", "\n"},
       "</s>"},
      {"Llama 3",
       [](const Calls& calls) {
         return "<|python_tag|>" + each(calls, "; ", json_with_parameters);
       },
       anything,
       false,
       true,
       {"<think>", "</think>"},
       {"", "\n"},
       "<|eom_id|>"},
      {"Llama 3, built-in",
       [](const Calls& calls) {
         return each(calls, "\n", [](const ParsedCall& call) {
           ParsedCall whole = call;
           whole.name += ".call";
           return "<|python_tag|>" + python(whole);
         });
       },
       spelled_by_python,
       false,
       true,
       {"<think>", "</think>"},
       {"", "\n"},
       "<|eom_id|>"},
      {"Llama 4",
       [](const Calls& calls) {
         return "<|python_start|>" + python_list(calls) + "<|python_end|>";
       },
       spelled_by_python,
       true,
       true,
       {"<think>", "</think>"},
       {"", "\n"},
       "<|eot|>"},
      {"DeepSeek V3",
       [](const Calls& calls) {
         return deepseek_calls(each(calls, "\n", deepseek_call));
       },
       not_named_function,
       true,
       true,
       {"<think>\n", "\n</think>\n\n"},
       {"", "\n"},
       "<\xEF\xBD\x9C"
       "end\xE2\x96\x81"
       "of\xE2\x96\x81"
       "sentence\xEF\xBD\x9C>"},
      {"DeepSeek V3.1",
       [](const Calls& calls) {
         return deepseek_calls(each(calls, "", deepseek_short_call));
       },
       not_named_function},
      {"DeepSeek R1, distilled",
       [](const Calls& calls) {
         return "<|tool_calls_begin|>" +
                each(calls, "\n",
                     [](const ParsedCall& call) {
                       return "<|tool_call_begin|>function<|tool_sep|>" +
                              call.name + "\n```json\n" + arguments_of(call) +
                              "\n```<|tool_call_end|>";
                     }) +
                "<|tool_calls_end|>";
       },
       not_named_function},
      {"Kimi K2", kimi, anything},
      {"Phi-4-mini, Firefunction",
       [](const Calls& calls) { return " functools" + array(calls); }, anything,
       false, false},
      {"Functionary 3.2",
       [](const Calls& calls) {
         return each(calls, "\n", [](const ParsedCall& call) {
           return ">>>" + call.name + "\n" + arguments_of(call);
         });
       },
       without_line_breaks_in_name,
       false,
       false,
       {"<think>\n", "\n</think>\n"},
       kFunctionaryText},
      {"gpt-oss",
       [](const Calls& calls) {
         return each(calls, "<|start|>assistant", [](const ParsedCall& call) {
           return "<|channel|>commentary to=functions." + call.name +
                  " <|constrain|>json<|message|>" + arguments_of(call) +
                  "<|call|>";
         });
       },
       anything, false, false, kHarmonyThinking, kHarmonyText},
      {"gpt-oss, the recipient as a role",
       [](const Calls& calls) {
         return each(calls, "", [](const ParsedCall& call) {
           return "<|start|>assistant to=functions." + call.name +
                  "<|channel|>commentary json<|message|>" + arguments_of(call) +
                  "<|call|>";
         });
       },
       anything,
       false,
       false,
       {"<|channel|>analysis<|message|>", "<|end|>"},
       {"<|channel|>commentary<|message|>", "<|end|>"}},
  };
}

std::vector<Dialect> bare() {
  return {
      {"xLAM, a bare list", array, free_of_tokens, false},
      {"bare JSON", [](const Calls& calls) { return each(calls, "\n", json); },
       free_of_tokens, false},
      {"bare JSON in a fence",
       [](const Calls& calls) {
         return "```json\n" + each(calls, "\n", json) + "\n```";
       },
       free_of_tokens, false},
      {"a bare list in a fence",
       [](const Calls& calls) { return "```json\n" + array(calls) + "\n```"; },
       free_of_tokens, false},
      {"bare JSON, joined by semicolons",
       [](const Calls& calls) {
         return each(calls, "; ", json_with_parameters);
       },
       free_of_tokens, false},
      {"<tools>",
       [](const Calls& calls) {
         return "<tools>\n" + each(calls, "\n", json) + "\n</tools>";
       },
       free_of_tokens, false},
      {"bare Python",
       [](const Calls& calls) { return each(calls, "\n", python); },
       bare_python, false},
      {"a bare Python list", python_list, bare_python, false},
      {"a fence of tool code",
       [](const Calls& calls) {
         return "```tool_code\n" + each(calls, "\n", python) + "\n```";
       },
       bare_python, false},
  };
}

void append(std::vector<Dialect>& all, std::vector<Dialect> more) {
  all.insert(all.end(), more.begin(), more.end());
}

std::string framed(const Frame& frame, const std::string& text) {
  return text.empty() ? "" : frame.open + text + frame.close;
}

}  // namespace

const std::vector<Dialect>& dialects() {
  static const std::vector<Dialect> all = [] {
    std::vector<Dialect> all = hermes_and_python();
    append(all, tags());
    append(all, tokens());
    append(all, bare());
    return all;
  }();
  return all;
}

std::string written(const Dialect& dialect, const Turn& turn) {
  std::string behind = turn.behind.empty() ? dialect.end : "\n" + turn.behind;
  return framed(dialect.thinking, turn.thinking) +
         framed(dialect.text, turn.before) + dialect.write(turn.calls) + behind;
}

}  // namespace simulate
