#include "output/content.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "output/schema.h"

namespace sahelsim::output {

namespace {

using model::Axis;
using model::Labels;

constexpr std::array kSeriesGroups = {"", "/cercles"};

template <typename Items, typename Get>
auto column(const Items& items, Get get) {
    std::vector<decltype(get(*items.begin()))> values;
    for (const auto& item : items) values.push_back(get(item));
    return values;
}

std::vector<double> counting(int count) {
    std::vector<double> numbers(static_cast<std::size_t>(count));
    std::iota(numbers.begin(), numbers.end(), 0.0);
    return numbers;
}

const std::vector<std::string>* labels_of(const Labels& labels, Axis axis) {
    switch (axis) {
        case Axis::perpetrator:
            return &labels.side_labels;
        case Axis::victim:
            return &labels.victim_side_labels;
        case Axis::authority:
            return &labels.authority_labels;
        case Axis::organisation:
        case Axis::other_organisation:
            return &labels.organisation_labels;
        case Axis::community:
            return &labels.community_labels;
        case Axis::event_type:
        case Axis::action:
        case Axis::issue:
        case Axis::collapse_cause:
            return nullptr;
    }
    return nullptr;
}

std::vector<std::string> sides_of(const std::vector<std::string>& organisations, const scenario::Scenario& scenario) {
    return column(organisations, [&](const std::string& id) -> std::string {
        const auto found =
            std::find_if(scenario.organisations.begin(), scenario.organisations.end(),
                         [&](const scenario::Organisation& organisation) { return organisation.id == id; });
        return found == scenario.organisations.end() ? "" : found->side;
    });
}

/// The faction's label; its id where the scenario has no label.
std::string faction_label(const std::string& id, const scenario::Scenario& scenario) {
    for (const auto& organisation : scenario.organisations) {
        for (const auto& faction : organisation.factions) {
            if (faction.id == id && !faction.label.empty()) return faction.label;
        }
    }
    return id;
}

bool schema_has(const std::string& path) {
    return std::any_of(variables().begin(), variables().end(),
                       [&](const Variable& variable) { return variable.path() == path; });
}

}  // namespace

void write_run_coordinates(ValueSink& sink, const std::string& scenario_name, int replicates) {
    const auto runs = static_cast<std::size_t>(replicates);
    for (const std::string group : kSeriesGroups) {
        sink.write(group + "/run", counting(replicates));
        sink.write(group + "/arm", std::vector<std::string>(runs, scenario_name));
        sink.write(group + "/point", std::vector<double>(runs, 0.0));
        sink.write(group + "/replicate", counting(replicates));
    }
    sink.write("/runtime/run", counting(replicates));
}

void write_time(ValueSink& sink, const Labels& labels) {
    std::vector<double> months;
    std::vector<double> bounds;
    for (int month = labels.first_month; month < labels.first_month + labels.months; ++month) {
        const auto first = engine::first_day_of_month(month);
        const auto next = engine::first_day_of_month(month + 1);
        months.push_back(engine::day_number(first));
        bounds.push_back(engine::day_number(std::max(first, labels.start)));
        bounds.push_back(engine::day_number(std::min(next, labels.end + std::chrono::days(1))));
    }
    for (const std::string group : kSeriesGroups) {
        sink.write(group + "/time", months);
        sink.write(group + "/time_bounds", bounds);
    }
}

void write_places(ValueSink& sink, const Labels& labels) {
    using Cercle = Labels::Cercle;
    using Commune = Labels::Commune;
    const auto& cercles = labels.cercles;
    sink.write("/cercles/cercle", column(cercles, [](const Cercle& c) { return c.name; }));
    sink.write("/cercles/region", column(cercles, [](const Cercle& c) { return c.region; }));
    sink.write("/cercles/longitude", column(cercles, [](const Cercle& c) { return c.longitude; }));
    sink.write("/cercles/latitude", column(cercles, [](const Cercle& c) { return c.latitude; }));
    sink.write("/cercles/area", column(cercles, [](const Cercle& c) { return c.area_km2; }));
    sink.write("/cercles/initial_population",
               column(cercles, [](const Cercle& c) { return static_cast<double>(c.population); }));
    const auto& communes = labels.communes;
    sink.write("/communes/commune", counting(static_cast<int>(communes.size())));
    sink.write("/communes/name", column(communes, [](const Commune& c) { return c.name; }));
    sink.write("/communes/cercle", column(communes, [](const Commune& c) { return static_cast<double>(c.cercle); }));
    sink.write("/communes/longitude", column(communes, [](const Commune& c) { return c.longitude; }));
    sink.write("/communes/latitude", column(communes, [](const Commune& c) { return c.latitude; }));
    sink.write("/communes/town", column(communes, [](const Commune& c) { return c.town ? 1.0 : 0.0; }));
    sink.write("/communes/cluster", column(communes, [](const Commune& c) { return static_cast<double>(c.cluster); }));
}

void write_axes(ValueSink& sink, const Labels& labels, const scenario::Scenario& scenario) {
    for (const std::string group : kSeriesGroups) {
        for (int a = 0; a <= static_cast<int>(model::last_axis); ++a) {
            const auto axis = static_cast<Axis>(a);
            const std::string path = group + "/" + model::to_string(axis);
            if (!schema_has(path)) continue;
            sink.write(path, labels.names(axis));
            if (const auto* shown = labels_of(labels, axis)) sink.write(path + "_label", *shown);
            if (axis == Axis::organisation) sink.write(path + "_side", sides_of(labels.organisations, scenario));
        }
    }
}

void write_factions(ValueSink& sink, const Labels& labels, const scenario::Scenario& scenario) {
    sink.write("/scenario/faction", labels.factions);
    sink.write("/scenario/faction_label",
               column(labels.factions, [&](const std::string& id) { return faction_label(id, scenario); }));
}

void write_content(ValueSink& sink, const Labels& labels, const scenario::Scenario& scenario, int replicates) {
    write_run_coordinates(sink, scenario.name, replicates);
    write_time(sink, labels);
    write_places(sink, labels);
    write_axes(sink, labels, scenario);
    write_factions(sink, labels, scenario);
    write_parameters(sink, scenario);
    write_scenario(sink, scenario);
}

}  // namespace sahelsim::output
