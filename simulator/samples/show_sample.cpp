#include "simulator/samples/show_sample.h"

#include "simulator/samples/message_json.h"

namespace simulate {

namespace {

class Page {
 public:
  explicit Page(bool colour) : colour_(colour) {}

  void plain(const std::string& text) { shown_ += Shown(text); }

  void heading(const std::string& text) {
    shown_ += colour_ ? Shown(Style::bold, text) : Shown(text);
    plain("\n");
  }

  void learnt(const std::string& text) {
    shown_ += colour_ ? Shown(Style::green, text)
                      : Shown("[learnt>" + text + "<learnt]");
  }

  Shown take() { return std::move(shown_); }

 private:
  bool colour_;
  Shown shown_;
};

void show_message(const Message& message, const Sample& sample,
                  const DatasetPlan& plan, Page& page) {
  page.heading("--- " + std::string(speaker_name(message.speaker)));
  if (message.speaker == Speaker::tool) {
    page.plain(result_text(message.result));
  } else if (message.speaker != Speaker::assistant) {
    page.plain(message.content);
  } else {
    std::string text = reply_text(message, *plan.family, sample.syntax);
    message.train ? page.learnt(text) : page.plain(text);
  }
  page.plain("\n");
}

}  // namespace

Shown show_sample(const Sample& sample, const DatasetPlan& plan,
                  TemplateEngine* engine, bool colour) {
  Page page(colour);
  page.heading("=== " + sample.id);
  if (!engine || !is_seen_by_template(plan)) {
    for (const Message& message : sample.messages) {
      show_message(message, sample, plan, page);
    }
    return page.take();
  }
  SeenSample seen = seen_sample(sample, plan, *engine);
  if (!seen.complaint.empty()) {
    page.plain("the template refuses it: " + seen.complaint + "\n");
    return page.take();
  }
  page.plain(seen.prompt);
  page.learnt(seen.learnt);
  page.plain("\n");
  return page.take();
}

}  // namespace simulate
