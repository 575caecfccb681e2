// The rows of the table of settings that one command alone asks for.
// Tested by tests/settings/settings_test.cpp.
#include "simulator/settings/setting_rows.h"

namespace simulate {

using enum Command;

Rows what_export_asks_for() {
  using S = Settings;
  using E = ExportSettings;
  return {
      typed<&S::exporting, &E::trainer>(
          "for", "TRAINER",
          "Who trains: trl, axolotl, llamafactory, openai, together, unsloth "
          "or ms-swift",
          {export_file}),
      typed<&S::exporting, &E::input>(
          "input", "FILE",
          "A dataset instead of the run: JSON lines, or an array, of "
          "conversations as these trainers take them",
          {export_file, judge, report, dedup, Command::select}),
      typed<&S::exporting, &E::family>(
          "family", "FAMILY",
          "Whose chat template they go through: qwen3, hermes, llama3, "
          "mistral, deepseek-r1 or gpt-oss",
          {export_file}),
      typed<&S::to>("to", "PATH",
                    "A file instead of stdout; with --for a folder",
                    {export_file, dedup, Command::select}),
      typed<&S::exporting, &E::format>(
          "format", "FORMAT",
          "record, messages, sharegpt, hermes, rendered or preference; without "
          "it, what "
          "--for takes, or record",
          {export_file}),
      typed<&S::exporting, &E::rejected_from>(
          "rejected-from", "RUN",
          "Pairs with what another run's assistant answered, of the same slots",
          {export_file}),
      typed<&S::exporting, &E::container>(
          "container", "FORMAT",
          "json, jsonl or parquet; without it, as the file's name says",
          {export_file}),
      typed<&S::exporting, &E::unit>(
          "samples", "UNIT",
          "A sample for each conversation, for each message that is to be "
          "learnt, or auto: conversations where the family's template loses "
          "nothing",
          {export_file}),
      typed<&S::exporting, &E::thoughts>(
          "thinking", "WHICH", "Thoughts to train on: all, last-turn or none",
          {export_file}),
      typed<&S::exporting, &E::errors>(
          "errors", "HOW",
          "Messages not worth imitating: mask keeps them as history, drop ends "
          "the conversation before them",
          {export_file}),
      typed<&S::exporting, &E::val_size>(
          "val-size", "SHARE",
          "Share of the conversations to validate with, 0-1; whole people, of "
          "each language and situation",
          {export_file}),
      typed<&S::exporting, &E::chat_template>(
          "template", "FILE",
          "The model's chat_template.jinja or tokenizer_config.json",
          {export_file}),
      flag<&S::exporting, &E::check>(
          "check",
          "Only say whether the trainer can read the samples and, with "
          "--template, what the model will see of them",
          {export_file}),
      typed<&S::exporting, &E::show>(
          "show", "N",
          "Only print the first N samples, what is learnt in green",
          {export_file}, {1, kMostOfAnything})};
}

Rows what_one_command_asks_for() {
  using S = Settings;
  return {
      typed<&S::persona>("persona", "NAME", "Name or file of the persona",
                         {try_one}),
      typed<&S::topic>("topic", "TEXT", "What is on their mind", {try_one}),
      typed<&S::situation>("situation", "NAME",
                           "What kind of moment it is: a file of situations/",
                           {try_one}),
      flag<&S::show_requests>(
          "show-requests", "Print exactly what each model is sent", {try_one}),
      flag<&S::watch>(
          "watch",
          "Again whenever a prompt, persona, situation or tool is saved",
          {try_one}),
      positional<&S::which>("which", "WHICH",
                            "conv_000001, last or random; without it, last",
                            {show}),
      flag<&S::diff>("diff", "Thoughts as they were before rewriting, too",
                     {show}),
      typed<&S::where>(
          "where", "EXPR",
          "Which conversations: SQL over their metadata, as in "
          "\"mood = 'calm' AND tool_errors > 1\"",
          {redo, drop, export_file, judge, report, dedup, Command::select}),
      typed<&S::calibrate>("calibrate", "N",
                           "Only judge the judge: plant defects into N of the "
                           "conversations, and say how many it finds",
                           {judge}, {1, 1'000'000}),
      flag<&S::yes>("yes", "Do it without asking", {redo, drop}),
      positional<&S::replayed>("ledger", "LEDGER", "A run's .db file",
                               {replay}),
      typed<&S::records>("output", "FILE", "Where the records go", {replay}),
      flag<&S::repair>("repair",
                       "Only recover what can be of a damaged ledger, into new "
                       "files beside it",
                       {check}),
      typed<&S::example>("example", "WORLD",
                         "Which world to lay out: companion or support",
                         {init}),
      positional<&S::folder>("folder", "DIR", "Where to lay it out", {init}),
      typed<&S::html>("html", "FILE", "A page with plots, too",
                      {report, compare}),
      positional<&S::first>("a", "A",
                            "A run's training file, a dataset, or a folder of "
                            "prompts",
                            {compare}),
      positional<&S::second>("b", "B", "Another one", {compare}),
      typed<&S::likeness>(
          "likeness", "SHARE",
          "From how much on two are alike; without it, 0.8 of their runs of "
          "words, or a cosine of 0.95",
          {dedup}),
      typed<&S::embeddings>("embeddings", "PROVIDER:MODEL",
                            "Compare what they mean instead of their words, as "
                            "mistral:mistral-embed",
                            {dedup}),
      typed<&S::top>("top", "K", "How many to choose", {Command::select},
                     {1, kMostOfAnything}),
      typed<&S::people>("output", "DIR", "Where the personas go",
                        {Command::personas}),
      typed<&S::count>(
          "count", "N",
          "How many personas (one for each line), or conversations "
          "to play with each folder of prompts (30)",
          {Command::personas, compare}, {1, 1'000'000}),
      positional<&S::one_liners>(
          "file", "FILE", "A line about each person, or rows of a collection",
          {Command::personas}),
      positional<&S::replies>("file", "FILE", "JSON lines; without it, stdin",
                              {parse_reply}),
  };
}

}  // namespace simulate
