// A ledger of this version or of an older one, with bytes written over it: it
// is looked at, brought up to date, told of, exported and repaired. Each of it
// comes to an end or to a sentence, and what a repair made can be read.
#include <cstring>

#include "simulator/base/error.h"
#include "simulator/store/ledger_reader.h"
#include "simulator/store/repair/examine.h"
#include "simulator/store/repair/repair.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/scratch_file.h"
#include "tests/store/old_ledger.h"
#include "tests/store/small_ledger.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;

void make_small_ledger(const fs::path& path) {
  Ledger ledger(path, ToolSyntax::python);
  auto apply = [&ledger](auto what) {
    Change change(std::move(what));
    std::vector<Change*> changes = {&change};
    ledger.apply(changes, /*durable=*/false);
  };
  apply(small_plan());
  apply(AttemptBegun{{1, 1}, 1, 1, "offline"});
  apply(small_reply({1, 1}, 0));
  apply(small_conversation(small_plan().slots[0]));
}

// Of this version, then 4, 3 and 1.
std::string ledger_bytes(int which) {
  fs::path path = scratch() / "whole.db";
  fs::remove(path);
  if (which == 0) {
    make_small_ledger(path);
  } else {
    make_old_ledger(path, which == 3 ? 1 : 5 - which);
  }
  return read_file(path);
}

const std::string& whole_ledger(int which) {
  static const std::string ledgers[] = {ledger_bytes(0), ledger_bytes(1),
                                        ledger_bytes(2), ledger_bytes(3)};
  return ledgers[which];
}

// The first byte chooses the ledger; then come a place in three bytes, a length
// and as many bytes to write there, again and again.
std::string damaged(std::string_view plan) {
  std::string bytes = whole_ledger(plan[0] & 3);
  plan.remove_prefix(1);
  auto byte = [&plan](size_t at) {
    return static_cast<size_t>(static_cast<unsigned char>(plan[at]));
  };
  while (plan.size() > 4) {
    size_t place = (byte(0) << 16 | byte(1) << 8 | byte(2)) % bytes.size();
    size_t length = std::min({byte(3), plan.size() - 4, bytes.size() - place});
    std::memcpy(bytes.data() + place, plan.data() + 4, length);
    plan.remove_prefix(4 + length);
  }
  return bytes;
}

void clear_folder() {
  for (const auto& entry : fs::directory_iterator(scratch().folder())) {
    fs::remove_all(entry.path());
  }
}

template <class Work>
void come_to_an_end(Work work) {
  try {
    work();
  } catch (const std::exception& refusal) {
    expect(std::strlen(refusal.what()) > 3, "a refusal that says nothing");
  }
}

void read_all(const fs::path& path) {
  LedgerReader reader(path);
  reader.latest_settings();
  reader.usage();
  reader.lanes();
  reader.failures();
  reader.open_slots();
  int64_t records = std::min<int64_t>(reader.records(), 10);
  for (int64_t number = 1; number <= records; ++number) {
    come_to_an_end([&] { reader.render(number); });
  }
}

// What was made can be looked at and read to its end, whatever is left of it.
void mend(const fs::path& output) {
  Repair made;
  come_to_an_end([&] { made = repair(output, {}); });
  if (made.output.empty()) return;
  fs::path ledger = made.output;
  ledger.replace_extension(".db");
  Examination after = examine(ledger, made.output, false);
  expect(after.file.empty() || !after.damage.empty(),
         "the training file of a repair is not right");
  read_all(ledger);
}

}  // namespace
}  // namespace simulate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace simulate;
  if (size == 0) return 0;
  clear_folder();
  std::string bytes = damaged(bytes_of(data, size));
  auto path = file_with("run.db", bytes);
  come_to_an_end([&] { examine(path, scratch() / "run.json", false); });
  mend(scratch() / "run.json");
  come_to_an_end([&] { read_all(path); });
  come_to_an_end([&] { Ledger ledger(path, ToolSyntax::python); });
  return 0;
}
