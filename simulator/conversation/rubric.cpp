#include "simulator/conversation/rubric.h"

#include <re2/re2.h>

#include "simulator/base/error.h"
#include "simulator/base/fields.h"
#include "simulator/base/file.h"
#include "simulator/base/hash.h"
#include "simulator/base/text.h"
#include "simulator/conversation/planted_defects.h"

namespace simulate {

namespace {

constexpr size_t kMostQuestions = 30;

void refuse_unknown_defects(const Fields& fields,
                            const std::vector<std::string>& names) {
  std::vector<std::string> known;
  for (const PlantedDefect& defect : all_defects()) {
    known.push_back(defect.name);
  }
  for (const std::string& name : names) {
    if (defect_named(name)) continue;
    fields.refuse("field \"catches\" must name defects that can be planted (" +
                  joined(known, ", ") + "), got \"" + quotable(name) + "\"");
  }
}

RubricQuestion question_from(const Json& value, const std::string& where) {
  static const RE2 key("[a-z][a-z0-9_]{0,59}");
  Fields fields(value, where);
  RubricQuestion question;
  question.name = fields.text("name");
  question.holds = fields.text("holds");
  question.catches = fields.texts("catches");
  fields.refuse_others();
  if (!RE2::FullMatch(question.name, key)) {
    fields.refuse("field \"name\" must be of small letters, digits and _");
  }
  if (question.holds.empty()) {
    fields.refuse("field \"holds\" must be a statement that holds or does not");
  }
  refuse_unknown_defects(fields, question.catches);
  return question;
}

}  // namespace

const RubricQuestion* Rubric::find(const std::string& name) const {
  for (const RubricQuestion& question : questions) {
    if (question.name == name) return &question;
  }
  return nullptr;
}

Rubric rubric_from(const std::string& text, const std::string& where) {
  Json value = parse_json(text).value_or(Json());
  Fields fields(value, where);
  Rubric rubric;
  rubric.asks = fields.text("asks");
  rubric.good = fields.text("good");
  for (const Json& one : fields.list("questions")) {
    size_t number = rubric.questions.size() + 1;
    RubricQuestion question =
        question_from(one, where + ": question " + std::to_string(number));
    if (rubric.find(question.name)) {
      fields.refuse("has two questions \"" + question.name + "\"");
    }
    rubric.questions.push_back(std::move(question));
  }
  fields.refuse_others();
  if (rubric.questions.empty() || rubric.questions.size() > kMostQuestions) {
    fields.refuse("field \"questions\" must be a list of 1 to " +
                  std::to_string(kMostQuestions));
  }
  if (!rubric.find(rubric.good)) {
    fields.refuse("field \"good\" must be the name of a question");
  }
  rubric.text = to_text(value);
  rubric.hash = content_hash(rubric.text);
  return rubric;
}

Rubric load_rubric(const std::filesystem::path& file) {
  return rubric_from(read_file(file, kMostWritten),
                     "rubric '" + file.string() + "'");
}

}  // namespace simulate
