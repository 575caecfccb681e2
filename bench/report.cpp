// Reports on a file of conversations, or compares two, and measures how long it
// takes: to look at what is shown before a command does.
//
//   report FILE [OTHER] OUT_FOLDER
//
// Writes report.txt, report.json and report.html, or the same of a comparison.
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>

#include "simulator/base/file.h"
#include "simulator/report/comparison.h"
#include "simulator/report/report.h"
#include "simulator/samples/imported_file.h"

namespace {

using simulate::ImportedFile;

void write_all(const std::filesystem::path& folder, const std::string& name,
               const std::string& text, const simulate::Json& json,
               const std::string& html) {
  std::filesystem::create_directories(folder);
  simulate::write_file(folder / (name + ".txt"), text);
  simulate::write_file(folder / (name + ".json"), json.dump(2));
  simulate::write_file(folder / (name + ".html"), html);
}

void report(const std::string& file, const std::string& folder) {
  simulate::ReportRules rules;
  rules.title = std::filesystem::path(file).filename();
  ImportedFile source(file);
  auto report = simulate::report_on(source, nullptr, rules);
  write_all(folder, "report", simulate::report_text(report, false).text(),
            simulate::report_json(report), simulate::report_html(report));
}

void compare(const std::string& file, const std::string& other,
             const std::string& folder) {
  simulate::ComparisonRules rules;
  rules.name_a = std::filesystem::path(file).stem();
  rules.name_b = std::filesystem::path(other).stem();
  ImportedFile a(file);
  ImportedFile b(other);
  auto comparison = simulate::compare(a, b, rules);
  write_all(folder, "compare",
            simulate::comparison_text(comparison, false).text(),
            simulate::comparison_json(comparison),
            simulate::comparison_html(comparison));
}

}  // namespace

int main(int argc, char** argv) {
  auto begin = std::chrono::steady_clock::now();
  if (argc == 3) {
    report(argv[1], argv[2]);
  } else if (argc == 4) {
    compare(argv[1], argv[2], argv[3]);
  } else {
    std::fprintf(stderr, "usage: report FILE [OTHER] OUT_FOLDER\n");
    return 2;
  }
  std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  std::printf("%.1f s\n", took.count());
  return 0;
}
