// Any JSON is a conversation of somebody's: it is refused in a sentence, or
// there are samples of it for every family and rows for every trainer.
#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/samples/imported.h"
#include "simulator/samples/trainer.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/scratch_file.h"

namespace simulate {
namespace {

void train(const FinishedConversation& talk, const Family& family,
           bool last_only) {
  SampleRules rules;
  rules.family = &family;
  rules.last_only = last_only;
  for (const Sample& sample : samples_of(talk, rules)) {
    expect(!sample.messages.empty(), "a sample is empty");
    expect(sample.messages.back().train, "nothing is learnt at its end");
    for (const Trainer* trainer : all_trainers()) {
      Json row = trainer->row(sample, family);
      expect(parse_json(to_text(row)).has_value(), "a row is no JSON");
      if (trainer->fault) trainer->fault(row, family);
    }
  }
}

void read(std::string_view text) {
  std::optional<Json> row = parse_json(text);
  if (!row) return;
  try {
    FinishedConversation talk = imported(*row);
    for (const Family* family : all_families()) {
      train(talk, *family, false);
      train(talk, *family, true);
    }
  } catch (const BadUsage& refusal) {
    expect(is_utf8(refusal.what()), "a refusal is torn");
  }
}

}  // namespace
}  // namespace simulate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  simulate::read(simulate::bytes_of(data, size));
  return 0;
}
