// The ways in which a run can be watched: a display that redraws itself on a
// terminal, plain lines elsewhere, JSON lines for machines, or silence.
// Tested by tests/run/status_test.cpp and program/signals_test.cpp.
#pragma once

#include <cstdio>
#include <memory>
#include <string>

#include "simulator/base/screen.h"
#include "simulator/run/status.h"

namespace simulate {

// A few lines for a person: the counts, a line per provider, an ETA.
std::vector<std::string> report_lines(const Report& report);
std::string duration_text(double seconds);  // "3 h 12 min", "45 s"

// Lines on stderr; progress every ten seconds.
class PlainStatus : public Status {
 public:
  explicit PlainStatus(std::FILE* out) : out_(out) {}

  void note(const std::string& text) override;
  void warn(const std::string& text) override { note(text); }
  void saved(const std::string&) override {}
  void attempt_failed(const std::string& id, const std::string& reason,
                      const std::string& detail) override;
  void progress(const Report& report) override;
  void summary(const Report& report) override;

 private:
  void line(const std::string& text);

  std::FILE* out_;
  double next_ = 10;
};

// Redraws its last lines in place; notes scroll above them.
class TerminalStatus : public Status {
 public:
  TerminalStatus(std::FILE* out, bool colour) : out_(out), colour_(colour) {}

  void note(const std::string& text) override;
  void warn(const std::string& text) override { note(text); }
  void saved(const std::string& id) override { last_saved_ = id; }
  void attempt_failed(const std::string& id, const std::string& reason,
                      const std::string& detail) override;
  void progress(const Report& report) override;
  void summary(const Report& report) override;

 private:
  void erase();
  void draw(const Report& report);
  Shown bar(const Report& report, size_t width) const;

  std::FILE* out_;
  bool colour_;
  size_t drawn_ = 0;
  std::string last_saved_;
};

// {"type":"saved",...} and {"type":"summary",...} on stdout; the rest goes to
// the Status beside it.
class JsonStatus : public Status {
 public:
  JsonStatus(std::FILE* out, std::unique_ptr<Status> beside)
      : out_(out), beside_(std::move(beside)) {}

  void note(const std::string& text) override { beside_->note(text); }
  void warn(const std::string& text) override { beside_->warn(text); }
  void saved(const std::string& id) override;
  void attempt_failed(const std::string& id, const std::string& reason,
                      const std::string& detail) override;
  void progress(const Report& report) override { beside_->progress(report); }
  void summary(const Report& report) override;

 private:
  void line(const Json& value);

  std::FILE* out_;
  std::unique_ptr<Status> beside_;
};

// Warnings alone.
class QuietStatus : public Status {
 public:
  explicit QuietStatus(std::FILE* out) : out_(out) {}

  void note(const std::string&) override {}
  void warn(const std::string& text) override;
  void saved(const std::string&) override {}
  void attempt_failed(const std::string&, const std::string&,
                      const std::string&) override {}
  void progress(const Report&) override {}
  void summary(const Report&) override {}

 private:
  std::FILE* out_;
};

}  // namespace simulate
