#include "simulator/report/report_json.h"

#include "simulator/report/report.h"

namespace simulate {

namespace {

Json number_or_null(const std::optional<double>& value) {
  return value ? Json(*value) : Json();
}

const char* unit_name(Unit unit) {
  switch (unit) {
    case Unit::count:
      return "count";
    case Unit::share:
      return "share";
    case Unit::number:
      return "number";
    case Unit::money:
      return "money";
  }
  return "number";
}

Json bar_json(const Bar& bar) {
  Json json = {{"label", bar.label}, {"value", bar.value}};
  if (bar.wanted) json["wanted"] = *bar.wanted;
  if (bar.verdict != FigureVerdict::none) {
    json["verdict"] = verdict_name(bar.verdict);
  }
  return json;
}

Json bars_json(const std::vector<Bar>& bars) {
  Json list = Json::array();
  for (const Bar& bar : bars) list.push_back(bar_json(bar));
  return list;
}

Json examples_json(const std::vector<Quote>& examples) {
  Json list = Json::array();
  for (const Quote& example : examples) {
    list.push_back(
        {{"conversation", example.conversation}, {"text", example.text}});
  }
  return list;
}

}  // namespace

Json table_json(const Table& table) {
  Json rows = Json::array();
  for (const Table::Row& row : table.rows) {
    Json one = {{"label", row.label}};
    for (size_t i = 0; i < row.values.size(); ++i) {
      one[table.columns[i].key] = number_or_null(row.values[i]);
    }
    if (row.verdict != FigureVerdict::none) {
      one["verdict"] = verdict_name(row.verdict);
    }
    rows.push_back(std::move(one));
  }
  return rows;
}

Json figure_json(const Figure& figure) {
  Json json = {{"key", figure.key},
               {"name", figure.name},
               {"unit", unit_name(figure.unit)},
               {"value", number_or_null(figure.value)}};
  if (figure.low && figure.high) {
    json["interval"] = {*figure.low, *figure.high};
  }
  if (!figure.of.empty()) json["of"] = figure.of;
  json["good"] = figure.good;
  json["verdict"] = verdict_name(figure.verdict);
  if (figure.verdict >= FigureVerdict::look) json["finding"] = figure.finding;
  if (!figure.bars.empty()) json["bars"] = bars_json(figure.bars);
  if (!figure.table.rows.empty()) json["rows"] = table_json(figure.table);
  if (!figure.examples.empty()) {
    json["examples"] = examples_json(figure.examples);
  }
  return json;
}

Json report_json(const DatasetReport& report) {
  Json remarks = Json::array();
  for (const Remark& remark : remarks_of(report)) {
    remarks.push_back({{"verdict", verdict_name(remark.verdict)},
                       {"section", remark.key},
                       {"findings", remark.findings}});
  }
  Json sections = Json::array();
  for (const Section& section : report.sections) {
    Json figures = Json::array();
    for (const Figure& one : section.figures) {
      figures.push_back(figure_json(one));
    }
    sections.push_back({{"key", section.key},
                        {"title", section.title},
                        {"verdict", verdict_name(section.verdict())},
                        {"figures", figures}});
  }
  return {{"type", "report"},
          {"title", report.title},
          {"conversations", report.conversations},
          {"verdict", verdict_text(report)},
          {"remarks", remarks},
          {"sections", sections}};
}

}  // namespace simulate
