// A command that works through a job: the providers, a ledger to keep it in and
// the loop, from its beginning to its end, and what the user sees meanwhile.
// Tested by tests/program/judge_test.cpp.
#pragma once

#include <asio/io_context.hpp>
#include <memory>
#include <string>

#include "simulator/commands/setup.h"
#include "simulator/net/asio_timer.h"
#include "simulator/net/curl_http.h"
#include "simulator/net/redacted_http.h"
#include "simulator/run/job.h"
#include "simulator/store/run_lock.h"
#include "simulator/store/writer.h"

namespace simulate {

class JobSession {
 public:
  // Of the run of --output: its ledger, where a run must be; or of a file, with
  // a ledger beside it that is made where there is none. Throws BadUsage, and
  // Fatal while another process has the ledger.
  // `role` is the one that the job plays; of the embedder --embeddings says
  // who.
  static JobSession of_run(const Settings& settings, Role role);
  static JobSession of_file(const Settings& settings, Role role,
                            const std::filesystem::path& file);

  LedgerReader& reader() { return *reader_; }
  const Chosen& chosen() const { return chosen_; }
  bool scripted() const { return all_offline(chosen_.providers); }
  // "provider:model" of those who may play the role.
  std::set<std::string> players(Role role) const;

  // From then on providers are asked for vectors, by this model of theirs.
  void ask_for_vectors(const std::string& model);

  // `doing` is what is shown before how many: "Judged".
  ExitCode run(const std::string& kind, const Json& job_settings,
               JobSource& source, const std::string& doing);

 private:
  JobSession(const Settings& settings, Role role,
             const std::filesystem::path& ledger);

  const Settings& settings_;
  Chosen chosen_;
  RunLock lock_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<LedgerReader> reader_;
};

// "talks.jsonl.jobs.db"
std::filesystem::path ledger_beside(const std::filesystem::path& file);

}  // namespace simulate
