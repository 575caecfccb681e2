// The two ways a piece of work stops. Every message is a sentence that names
// the thing and the remedy, and never holds a secret.
// Tested by tests/base/base_test.cpp.
#pragma once

#include <stdexcept>
#include <string>

namespace simulate {

// What the process answers its caller with; see the README.
enum class ExitCode {
  done = 0,
  work_left = 1,
  bad_usage = 2,
  budget_reached = 3,
  run_is_busy = 75,  // EX_TEMPFAIL of sysexits.h
  interrupted = 130,
};

// One job cannot go on; the batch counts it and goes on with the others.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The run cannot go on. Caught at the end of main.
class Fatal : public std::runtime_error {
 public:
  explicit Fatal(const std::string& message,
                 ExitCode code = ExitCode::work_left)
      : std::runtime_error(message), code_(code) {}

  ExitCode code() const { return code_; }

 private:
  ExitCode code_;
};

// Wrong usage or configuration: nothing was started, nothing was touched.
class BadUsage : public Fatal {
 public:
  explicit BadUsage(const std::string& message)
      : Fatal(message, ExitCode::bad_usage) {}
};

}  // namespace simulate
