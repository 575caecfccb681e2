#include "simulator/samples/sample_check.h"

#include <algorithm>

#include "simulator/base/text.h"
#include "simulator/samples/message_json.h"

namespace simulate {

namespace {

constexpr const char* kNames[kMarkedKinds] = {
    "thoughts to learn", "calls to learn", "words to learn", "earlier thoughts",
    "earlier calls",     "earlier words",  "results",        "questions",
    "system messages",   "tools"};

constexpr size_t kBucket = 256;  // bytes of text, of the lengths

struct Mark {
  Marked kind;
  std::string text;
};

// A sample in which everything that is said ends with a mark of its own.
class Planted {
 public:
  explicit Planted(const Sample& plain) : sample_(plain) {
    for (Message& message : sample_.messages) plant(message);
    for (ToolSpec& tool : sample_.tools) {
      tool.description += " " + mark(Marked::tool);
    }
  }

  const Sample& sample() const { return sample_; }
  const std::vector<Mark>& marks() const { return marks_; }

 private:
  // Letters and digits: nothing escapes them, nothing trims them.
  std::string mark(Marked kind) {
    std::string text = "qz" + std::to_string(marks_.size()) + "zq";
    marks_.push_back({kind, text});
    return text;
  }

  void plant_in(std::string& text, Marked kind) {
    if (!text.empty()) text += " " + mark(kind);
  }

  void plant(Message& message) {
    switch (message.speaker) {
      case Speaker::system:
        return plant_in(message.content, Marked::system);
      case Speaker::tester:
        return plant_in(message.content, Marked::question);
      case Speaker::tool:
        message.result.body = result_text(message.result);
        message.result.body.get_ref<std::string&>() +=
            " " + mark(Marked::result);
        return;
      case Speaker::assistant:
        break;
    }
    bool learnt = message.train;
    plant_in(message.thinking,
             learnt ? Marked::learnt_thought : Marked::history_thought);
    plant_in(message.content,
             learnt ? Marked::learnt_words : Marked::history_words);
    for (ToolCall& call : message.calls) {
      call.arguments["mark"] =
          mark(learnt ? Marked::learnt_call : Marked::history_call);
    }
  }

  Sample sample_;
  std::vector<Mark> marks_;
};

bool is_learnt(Marked kind) {
  return kind == Marked::learnt_thought || kind == Marked::learnt_call ||
         kind == Marked::learnt_words;
}

int64_t tokens_of(size_t bytes) { return static_cast<int64_t>(bytes / 4); }

// At most so many tokens have `share` of the samples.
int64_t quantile(const CheckedSamples& found, double share) {
  int64_t all = 0;
  for (int64_t samples : found.lengths) all += samples;
  int64_t passed = 0;
  for (size_t bucket = 0; bucket < found.lengths.size(); ++bucket) {
    passed += found.lengths[bucket];
    if (static_cast<double>(passed) >= share * static_cast<double>(all)) {
      return tokens_of((bucket + 1) * kBucket);
    }
  }
  return 0;
}

int64_t samples_above(const CheckedSamples& found, int64_t tokens) {
  int64_t samples = 0;
  for (size_t bucket = 0; bucket < found.lengths.size(); ++bucket) {
    if (tokens_of((bucket + 1) * kBucket) > tokens) {
      samples += found.lengths[bucket];
    }
  }
  return samples;
}

std::string padded(const std::string& text, size_t width) {
  return text + std::string(width > text.size() ? width - text.size() : 1, ' ');
}

}  // namespace

bool CheckedSamples::good() const {
  bool learnt = true;
  for (Marked kind :
       {Marked::learnt_thought, Marked::learnt_call, Marked::learnt_words}) {
    const MarkCounts& counts = marks[static_cast<size_t>(kind)];
    learnt = learnt && counts.in == counts.out;
  }
  return faults.empty() && refused == 0 && unlearnable == 0 && !other_calls &&
         learnt;
}

SampleCheck::SampleCheck(const DatasetPlan& plan, TemplateEngine* engine)
    : plan_(plan), engine_(engine) {}

void SampleCheck::look_at(const Sample& sample, const std::string& row) {
  ++found_.samples;
  bool rendered = plan_.format == SampleFormat::rendered;
  if (plan_.trainer->fault && !rendered) {
    Json parsed = parse_json(row).value_or(Json());
    std::string fault = plan_.trainer->fault(parsed, *plan_.family);
    if (!fault.empty()) ++found_.faults[fault];
  }
  if (engine_ && is_seen_by_template(plan_)) {
    render(sample);
    compare_calls(sample);
  } else {
    count_lengths(row.size());
  }
}

void SampleCheck::render(const Sample& sample) {
  Planted planted(sample);
  SeenSample text = seen_sample(planted.sample(), plan_, *engine_);
  if (!text.complaint.empty()) {
    if (found_.refused++ == 0) found_.complaint = text.complaint;
    return;
  }
  if (text.shifted) ++found_.unlearnable;
  for (const Mark& mark : planted.marks()) {
    MarkCounts& counts = found_.marks[static_cast<size_t>(mark.kind)];
    ++counts.in;
    bool in_learnt = contains(text.learnt, mark.text);
    bool in_prompt = contains(text.prompt, mark.text);
    if (in_learnt || (in_prompt && !is_learnt(mark.kind))) ++counts.out;
  }
  // Lengths are those of the sample without marks.
  SeenSample plain = seen_sample(sample, plan_, *engine_);
  found_.learnt_bytes += static_cast<int64_t>(plain.learnt.size());
  count_lengths(plain.prompt.size() + plain.learnt.size());
}

// A server reads calls as the template writes them: what is learnt must be the
// same where the family writes it. One call of all samples tells.
void SampleCheck::compare_calls(const Sample& sample) {
  bool writes_itself = plan_.format == SampleFormat::rendered ||
                       !plan_.family->words_beside_calls;
  bool calls = !sample.messages.back().calls.empty();
  if (has_compared_calls_ || !writes_itself || !calls) return;
  has_compared_calls_ = true;
  Message bare = sample.messages.back();
  bare.content.clear();
  bare.thinking.clear();
  bare.calls.resize(1);
  MessageForm form{plan_.family->thought, false, nullptr};
  TemplateInput input;
  input.messages = messages_json(sample, form);
  input.messages.back() = message_json(bare, form, sample.syntax);
  if (!sample.tools.empty()) input.tools = tools_json(sample.tools);
  TemplateOutput whole = engine_->render(input);
  std::string call = reply_text(bare, *plan_.family, sample.syntax);
  found_.other_calls = !whole.complaint.empty() || !contains(whole.text, call);
}

void SampleCheck::count_lengths(size_t bytes) {
  size_t bucket = bytes / kBucket;
  if (found_.lengths.size() <= bucket) found_.lengths.resize(bucket + 1);
  ++found_.lengths[bucket];
}

std::string check_text(const CheckedSamples& found, const DatasetPlan& plan) {
  std::string text = counted(found.samples, "sample") + "\n";
  std::string reader = plan.trainer->title;
  bool has_rules = plan.trainer->fault && plan.format != SampleFormat::rendered;
  if (has_rules) {
    if (found.faults.empty()) text += reader + " can read all of them\n";
    for (const auto& [fault, samples] : found.faults) {
      text += reader + " cannot read " + std::to_string(samples) + ": " +
              fault + "\n";
    }
  }
  if (found.refused > 0) {
    text += "the template refused " + std::to_string(found.refused) + ": " +
            one_line(found.complaint) + "\n";
  }
  if (found.other_calls) {
    text += std::string(
                "the template writes calls in another way than "
                "models of --family ") +
            plan.family->name + " do\n";
  }
  if (found.unlearnable > 0) {
    text += "the whole does not begin with its prompt in " +
            std::to_string(found.unlearnable) +
            ": what is learnt there is not the reply\n";
  }
  bool rendered = std::any_of(found.marks.begin(), found.marks.end(),
                              [](const MarkCounts& m) { return m.in > 0; });
  if (rendered) {
    text += padded("by the template", 24) + padded("in", 10) + "shown\n";
    for (size_t kind = 0; kind < kMarkedKinds; ++kind) {
      const MarkCounts& counts = found.marks[kind];
      text += padded(std::string("  ") + kNames[kind], 24) +
              padded(std::to_string(counts.in), 10) +
              std::to_string(counts.out) + "\n";
    }
    text +=
        "  bytes to learn        " + std::to_string(found.learnt_bytes) + "\n";
  }
  text += "tokens a sample, at four bytes each: half have at most " +
          std::to_string(quantile(found, 0.5)) + ", 99 % at most " +
          std::to_string(quantile(found, 0.99)) + ", the longest " +
          std::to_string(quantile(found, 1)) + "\n";
  int64_t cut = plan.trainer->usual_cut;
  if (cut == 0 || !plan.trainer->files) return text;
  int64_t longer = samples_above(found, cut);
  return text + reader + " cuts at " + std::to_string(cut) +
         " unless its configuration says more, as the one beside the rows "
         "does; " +
         (longer == 0 ? "no sample is longer"
                      : counted(longer, "sample") + " would be cut") +
         "\n";
}

}  // namespace simulate
