// The words for the values of those settings that have a few: the same on the
// command line, in the ledger and in messages.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "simulator/settings/settings.h"

namespace simulate {

template <class Value>
using Words = std::vector<std::pair<std::string, Value>>;

inline const Words<Rewrite>& words_of(Rewrite) {
  static const Words<Rewrite> words = {{"conversation", Rewrite::conversation},
                                       {"turn", Rewrite::turn},
                                       {"off", Rewrite::off}};
  return words;
}

inline const Words<Judging>& words_of(Judging) {
  static const Words<Judging> words = {{"off", Judging::off},
                                       {"mark", Judging::mark},
                                       {"reject", Judging::reject}};
  return words;
}

inline const Words<ToolSyntax>& words_of(ToolSyntax) {
  static const Words<ToolSyntax> words = {{"python", ToolSyntax::python},
                                          {"json", ToolSyntax::json}};
  return words;
}

inline const Words<ToolMode>& words_of(ToolMode) {
  static const Words<ToolMode> words = {{"auto", ToolMode::automatic},
                                        {"tags", ToolMode::tags},
                                        {"native", ToolMode::native}};
  return words;
}

inline const Words<OnChange>& words_of(OnChange) {
  static const Words<OnChange> words = {{"continue", OnChange::go_on},
                                        {"redo", OnChange::redo},
                                        {"new-run", OnChange::new_run}};
  return words;
}

inline const Words<LogLevel>& words_of(LogLevel) {
  static const Words<LogLevel> words = {{"error", LogLevel::error},
                                        {"info", LogLevel::info},
                                        {"debug", LogLevel::debug}};
  return words;
}

inline const Words<Container>& words_of(Container) {
  static const Words<Container> words = {{"json", Container::json},
                                         {"jsonl", Container::jsonl},
                                         {"parquet", Container::parquet}};
  return words;
}

inline const Words<SampleFormat>& words_of(SampleFormat) {
  static const Words<SampleFormat> words = {
      {"record", SampleFormat::record},
      {"messages", SampleFormat::messages},
      {"sharegpt", SampleFormat::sharegpt},
      {"hermes", SampleFormat::hermes},
      {"rendered", SampleFormat::rendered},
      {"preference", SampleFormat::preference}};
  return words;
}

inline const Words<SampleUnit>& words_of(SampleUnit) {
  static const Words<SampleUnit> words = {
      {"auto", SampleUnit::automatic},
      {"conversation", SampleUnit::conversation},
      {"message", SampleUnit::message}};
  return words;
}

inline const Words<TrainedThoughts>& words_of(TrainedThoughts) {
  static const Words<TrainedThoughts> words = {
      {"all", TrainedThoughts::all},
      {"last-turn", TrainedThoughts::last_turn},
      {"none", TrainedThoughts::none}};
  return words;
}

inline const Words<Untrained>& words_of(Untrained) {
  static const Words<Untrained> words = {{"mask", Untrained::mask},
                                         {"drop", Untrained::drop}};
  return words;
}

template <class Value>
std::string word_for(Value value) {
  for (const auto& [word, meant] : words_of(value)) {
    if (meant == value) return word;
  }
  return "";
}

}  // namespace simulate
