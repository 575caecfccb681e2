#include "simulator/calls/tagged_call.h"

#include <optional>
#include <utility>

#include "simulator/base/text.h"
#include "simulator/calls/argument_tags.h"
#include "simulator/calls/json_call.h"
#include "simulator/calls/literal_scanner.h"
#include "simulator/calls/names.h"
#include "simulator/calls/typed_text.h"

namespace simulate {

namespace {

// Elsewhere tags stand in the lines of their values. Only who puts a line break
// on both sides has put the value into lines of its own; DeepSeek, who says
// what is text, never does.
std::string_view inner_value(std::string_view value,
                             const ArgumentTag& opener) {
  if (trimmed(opener.attributes).substr(0, 1) == "=") {
    return without_line_breaks(value);
  }
  bool lines = break_before(value) > 0 && break_behind(value) > 0;
  bool literal = says_string(opener.attributes) == true;
  return lines && !literal ? without_line_breaks(value) : value;
}

// One call, from its opening tag on:
//   <function=f><parameter=a>1</parameter></function>
class TaggedReader {
 public:
  TaggedReader(std::string_view text, const std::vector<ToolSpec>& tools)
      : text_(text), tools_(tools) {}

  CallReading read(size_t at);

 private:
  bool object(size_t& at);
  bool arguments(size_t& at);
  size_t argument(const ArgumentTag& opener);
  ArgumentTag own_closer(const ArgumentTag& first) const;
  bool ends_value(const ArgumentTag& closer) const;
  void refuse_other_words(size_t& at, const std::optional<ArgumentTag>& tag);
  void add(const std::string& key, std::string_view value,
           const ArgumentTag& opener);
  void close(size_t at);

  std::string_view text_;
  const std::vector<ToolSpec>& tools_;
  ParsedCall call_;
  size_t arguments_ = 0;  // good or bad
  CallReading result_;
};

CallReading TaggedReader::read(size_t at) {
  std::optional<ArgumentTag> opener = next_tag(text_, at);
  result_.end = opener && opener->at == at ? opener->end : at + 1;
  call_.name =
      opener && opener->at == at ? bare_name(name_in(opener->attributes)) : "";
  if (call_.name.empty()) {
    result_.problem = "the tag of the function does not say its name";
    return std::move(result_);
  }
  at = behind_blank(text_, opener->end);
  bool json = at < text_.size() && text_[at] == '{';
  if (json ? !object(at) : !arguments(at)) return std::move(result_);
  close(at);
  result_.whole = true;
  if (result_.problem.empty()) result_.call = std::move(call_);
  return std::move(result_);
}

// <function=name>{"key": value}</function>
bool TaggedReader::object(size_t& at) {
  LiteralScanner scanner(text_, at, Notation::json);
  std::optional<Json> value = scanner.value();
  result_.end = scanner.furthest();
  if (!value) {
    result_.problem = scanner.problem();
    return false;
  }
  result_.repairs.add_all(scanner.repairs());
  call_.arguments = std::move(*value);
  at = scanner.position();
  return true;
}

// <parameter=a>1</parameter><parameter=b>2</parameter>, one or many or none.
// False when reading has to stop.
bool TaggedReader::arguments(size_t& at) {
  while (true) {
    at = behind_blank(text_, at);
    std::optional<ArgumentTag> tag = next_tag(text_, at);
    bool another = tag && tag->at == at && !tag->closes && tag->of_argument;
    if (another && ++arguments_ > kMostArguments) {
      result_.problem = "it has too many arguments";
      result_.end = at;
      return false;
    }
    if (another) {
      at = argument(*tag);
      continue;
    }
    if (call_.arguments.empty()) refuse_other_words(at, tag);
    return true;
  }
}

// <function=f>some words</function>, and The tag <function=f> opens a call.
// Words where only arguments belong are not run as a call without any.
void TaggedReader::refuse_other_words(size_t& at,
                                      const std::optional<ArgumentTag>& tag) {
  bool closed = tag && tag->closes;
  bool words = closed ? !trimmed(text_.substr(at, tag->at - at)).empty()
                      : name_part_length(text_, at) > 0;
  if (!words) return;
  result_.problem = "an argument stands in <parameter=name>value</parameter>";
  if (closed) at = tag->at;
}

// <parameter=a>1</parameter>. Returns where the text goes on.
size_t TaggedReader::argument(const ArgumentTag& opener) {
  std::string key = name_in(opener.attributes);
  size_t from = opener.end;
  std::optional<ArgumentTag> tag = next_tag(text_, from);
  // Tags of other things are text, as long as the argument is open.
  std::optional<ArgumentTag> other;
  for (size_t seen = 0; tag && !tag->closes && !tag->of_argument; ++seen) {
    if (!other) other = tag;
    tag = seen < kMostTagsInValue ? next_tag(text_, tag->end) : std::nullopt;
  }
  bool closed = tag && tag->closes && tag->of_argument;
  if (closed) tag = own_closer(*tag);
  if (!closed && other) tag = other;
  size_t end = tag ? tag->at : text_.size();
  add(key, text_.substr(from, end - from), opener);
  if (closed) return tag->end;
  result_.repairs.add("a missing closing tag");
  return end;
}

// <parameter=a>I typed </parameter> here</parameter></function>
// A closing tag with words behind it is a part of the value when another one
// stands before the next argument and has none.
ArgumentTag TaggedReader::own_closer(const ArgumentTag& first) const {
  if (ends_value(first)) return first;
  std::optional<ArgumentTag> tag = first;
  for (size_t seen = 0; seen < kMostTagsInValue; ++seen) {
    tag = next_tag(text_, tag->end);
    if (!tag || (tag->of_argument && !tag->closes)) break;
    if (tag->of_argument && ends_value(*tag)) return *tag;
  }
  return first;
}

// Whether what may follow a value follows: another argument, or the end of the
// call or of the text.
bool TaggedReader::ends_value(const ArgumentTag& closer) const {
  size_t next = behind_blank(text_, closer.end);
  if (next >= text_.size()) return true;
  std::optional<ArgumentTag> tag =
      text_[next] == '<' ? tag_at(text_, next) : std::nullopt;
  return tag && tag->of_argument != tag->closes;
}

// The value gets the type that the schema asks for; without one it is a text.
void TaggedReader::add(const std::string& key, std::string_view value,
                       const ArgumentTag& opener) {
  value = inner_value(value, opener);
  if (key.empty()) {
    result_.problem = "an argument's tag does not say its name";
  } else if (call_.arguments.contains(key)) {
    result_.problem = "the argument " + shortened(key, 60) + " is there twice";
  } else {
    std::optional<bool> text = says_string(opener.attributes);
    const Json* schema = schema_of_argument(tools_, call_.name, key);
    if (text) {
      call_.arguments[key] =
          *text ? Json(std::string(value)) : guessed_text(value);
    } else if (schema) {
      call_.arguments[key] = typed_text(value, *schema);
    } else {
      call_.arguments[key] = std::string(value);
    }
  }
}

// </function> or </invoke>. What is around the call is none of its own.
void TaggedReader::close(size_t at) {
  size_t next = behind_blank(text_, at);
  std::optional<ArgumentTag> tag = next_tag(text_, next);
  bool here = tag && tag->at == next && tag->closes;
  std::string_view written =
      here ? text_.substr(tag->at, tag->end - tag->at) : "";
  std::string name = lowered(written);
  bool own = contains(name, "invoke") ||
             (contains(name, "function") && !contains(name, "function_call"));
  result_.end = own ? tag->end : at;
  if (!own) result_.repairs.add("a missing closing tag");
}

}  // namespace

CallReading read_tagged_call(std::string_view text, size_t at,
                             const std::vector<ToolSpec>& tools) {
  return TaggedReader(text, tools).read(at);
}

}  // namespace simulate
