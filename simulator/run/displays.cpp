#include "simulator/run/displays.h"

#include <algorithm>
#include <cmath>

#include "simulator/base/terminal.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

std::string decimal(double value, int digits) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

std::string lane_line(const LaneReport& lane) {
  const LaneStats& stats = lane.stats;
  std::string text = "  " + lane.name;
  text.resize(std::max<size_t>(text.size() + 1, 15), ' ');
  text += counted(lane.conversations, "conversation") + ", " +
          std::to_string(stats.calls) + " calls";
  if (lane.requests_per_second > 0) {
    text += ", limit " + shortest(lane.requests_per_second) + "/s";
  }
  if (stats.rate_limited > 0) {
    text += ", " + std::to_string(stats.rate_limited) + " rate-limited";
  }
  if (stats.retries > stats.rate_limited) {
    text +=
        ", " + std::to_string(stats.retries - stats.rate_limited) + " retried";
  }
  if (lane.in_flight > 0) {
    text += ", " + std::to_string(lane.in_flight) + " in flight";
  }
  if (lane.backs_off) text += ", resting";
  if (lane.waiting > 0) {
    text += ", " + std::to_string(lane.waiting) + " waiting for it";
  }
  if (!lane.disabled_because.empty()) text += ", OUT";
  return text;
}

double per_hour(const Report& report) {
  if (report.seconds <= 0) return 0;
  return static_cast<double>(report.saved) * 3600 / report.seconds;
}

std::string head_line(const Report& report) {
  std::string text = std::to_string(report.kept) + "/" +
                     std::to_string(report.target) + " saved, " +
                     decimal(per_hour(report), 0) + " an hour";
  double left = report.seconds_left();
  if (left >= 0 && report.kept < report.target) {
    text += ", " + duration_text(left) + " left";
  }
  if (report.failed > 0) {
    text += ", " + std::to_string(report.failed) + " attempts failed";
  }
  return text;
}

bool is_offline(const Report& report) {
  return report.lanes.size() == 1 && report.lanes[0].name == "offline";
}

}  // namespace

std::string duration_text(double seconds) {
  auto whole = static_cast<int64_t>(std::ceil(seconds));
  if (whole < 100) return std::to_string(whole) + " s";
  int64_t minutes = (whole + 59) / 60;
  if (minutes < 100) return std::to_string(minutes) + " min";
  return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) +
         " min";
}

std::vector<std::string> report_lines(const Report& report) {
  std::vector<std::string> lines = {head_line(report)};
  for (const LaneReport& lane : report.lanes) lines.push_back(lane_line(lane));
  return lines;
}

void PlainStatus::line(const std::string& text) { say(out_, text); }

void PlainStatus::note(const std::string& text) { line(text); }

void PlainStatus::attempt_failed(const std::string& id,
                                 const std::string& reason,
                                 const std::string& detail) {
  line(id + " failed (" + reason + "): " + shortened(one_line(detail), 300));
}

void PlainStatus::progress(const Report& report) {
  if (report.seconds < next_) return;
  next_ = report.seconds + 10;
  line(joined(report_lines(report), "\n"));
}

void PlainStatus::summary(const Report& report) {
  if (report.nothing_was_to_do()) {
    line("Nothing was to do: the run holds " +
         counted(report.kept, "conversation") + ".");
    return;
  }
  line("Saved " + counted(report.saved, "conversation") + " in " +
       duration_text(report.seconds) + " with " +
       std::to_string(report.calls()) + " calls; the run holds " +
       std::to_string(report.kept) + " of " + std::to_string(report.target) +
       ".");
  for (const LaneReport& lane : report.lanes) {
    line(lane_line(lane));
    if (!lane.disabled_because.empty()) line("    " + lane.disabled_because);
  }
  if (report.failed > 0 || report.parked > 0) {
    line("  " + std::to_string(report.failed) + " attempts failed, " +
         std::to_string(report.abandoned) + " slots abandoned, " +
         std::to_string(report.parked) + " parked for a later run");
  }
  if (report.maybe_billed() > 0) {
    line("  " + std::to_string(report.maybe_billed()) +
         " calls got no answer and may have been billed all the same");
  }
  if (!report.cost.empty()) line("  " + report.cost.text() + ".");
  for (const std::string& complaint : report.complaints) {
    line("  " + complaint);
  }
  if (is_offline(report)) {
    line(
        "These are scripted samples from the offline model, not training "
        "data.");
  }
}

void QuietStatus::warn(const std::string& text) { say(out_, text); }

void TerminalStatus::erase() { erase_lines(out_, std::exchange(drawn_, 0)); }

void TerminalStatus::note(const std::string& text) {
  erase();
  say(out_, text);
}

void TerminalStatus::attempt_failed(const std::string& id,
                                    const std::string& reason,
                                    const std::string& detail) {
  note(id + " failed (" + reason + "): " + shortened(one_line(detail), 120));
}

Shown TerminalStatus::bar(const Report& report, size_t width) const {
  double share = report.target > 0 ? static_cast<double>(report.kept) /
                                         static_cast<double>(report.target)
                                   : 1;
  auto full =
      static_cast<size_t>(std::min(1.0, share) * static_cast<double>(width));
  std::string text;
  for (size_t i = 0; i < width; ++i) text += i < full ? "█" : "░";
  return colour_ ? Shown(Style::green, text) : Shown(text);
}

void TerminalStatus::draw(const Report& report) {
  size_t width = columns_of(out_);
  Shown page = bar(report, std::min<size_t>(40, width));
  ++drawn_;
  for (const std::string& line : report_lines(report)) {
    page += Shown("\n" + shortened(line, width - 4));
    ++drawn_;
  }
  page += Shown("\n");
  show(out_, page);
}

void TerminalStatus::progress(const Report& report) {
  erase();
  draw(report);
}

void TerminalStatus::summary(const Report& report) {
  erase();
  PlainStatus(out_).summary(report);
}

void JsonStatus::line(const Json& value) {
  hand_out(out_, to_text(value) + "\n");
}

void JsonStatus::saved(const std::string& id) {
  line({{"type", "saved"}, {"id", id}});
  beside_->saved(id);
}

void JsonStatus::attempt_failed(const std::string& id,
                                const std::string& reason,
                                const std::string& detail) {
  line({{"type", "failed"}, {"id", id}, {"reason", reason}});
  beside_->attempt_failed(id, reason, detail);
}

void JsonStatus::summary(const Report& report) {
  Json providers = Json::object();
  for (const LaneReport& lane : report.lanes) {
    providers[lane.name] = {{"calls", lane.stats.calls},
                            {"conversations", lane.conversations},
                            {"rate_limited", lane.stats.rate_limited},
                            {"retries", lane.stats.retries}};
  }
  line({{"type", "summary"},
        {"saved", report.saved},
        {"failed", report.failed},
        {"calls", report.calls()},
        {"seconds", report.seconds},
        {"providers", std::move(providers)},
        {"total", report.kept},
        {"target", report.target},
        {"tail_seconds", report.tail_seconds},
        {"maybe_billed", report.maybe_billed()},
        {"complaints", report.complaints},
        {"cost", report.cost.to_json()},
        {"offline", is_offline(report)}});
  beside_->summary(report);
}

}  // namespace simulate
