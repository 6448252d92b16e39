#include "output/content.h"

#include <algorithm>
#include <array>
#include <numeric>

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

void write_run_coordinates(File& file, const std::string& scenario_name, int replicates) {
    const auto runs = static_cast<std::size_t>(replicates);
    for (const std::string group : kSeriesGroups) {
        file.write(group + "/run", counting(replicates));
        file.write(group + "/arm", std::vector<std::string>(runs, scenario_name));
        file.write(group + "/point", std::vector<double>(runs, 0.0));
        file.write(group + "/replicate", counting(replicates));
    }
    file.write("/runtime/run", counting(replicates));
}

void write_time(File& file, const Labels& labels) {
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
        file.write(group + "/time", months);
        file.write(group + "/time_bounds", bounds);
    }
}

void write_places(File& file, const Labels& labels) {
    using Cercle = Labels::Cercle;
    using Commune = Labels::Commune;
    const auto& cercles = labels.cercles;
    file.write("/cercles/cercle", column(cercles, [](const Cercle& c) { return c.name; }));
    file.write("/cercles/region", column(cercles, [](const Cercle& c) { return c.region; }));
    file.write("/cercles/longitude", column(cercles, [](const Cercle& c) { return c.longitude; }));
    file.write("/cercles/latitude", column(cercles, [](const Cercle& c) { return c.latitude; }));
    file.write("/cercles/area", column(cercles, [](const Cercle& c) { return c.area_km2; }));
    file.write("/cercles/initial_population",
               column(cercles, [](const Cercle& c) { return static_cast<double>(c.population); }));
    const auto& communes = labels.communes;
    file.write("/communes/commune", counting(static_cast<int>(communes.size())));
    file.write("/communes/name", column(communes, [](const Commune& c) { return c.name; }));
    file.write("/communes/cercle", column(communes, [](const Commune& c) { return static_cast<double>(c.cercle); }));
    file.write("/communes/longitude", column(communes, [](const Commune& c) { return c.longitude; }));
    file.write("/communes/latitude", column(communes, [](const Commune& c) { return c.latitude; }));
    file.write("/communes/town", column(communes, [](const Commune& c) { return c.town ? 1.0 : 0.0; }));
    file.write("/communes/cluster", column(communes, [](const Commune& c) { return static_cast<double>(c.cluster); }));
}

void write_axes(File& file, const Labels& labels, const scenario::Scenario& scenario) {
    for (const std::string group : kSeriesGroups) {
        for (int a = 0; a <= static_cast<int>(model::last_axis); ++a) {
            const auto axis = static_cast<Axis>(a);
            const std::string path = group + "/" + model::to_string(axis);
            if (!schema_has(path)) continue;
            file.write(path, labels.names(axis));
            if (const auto* shown = labels_of(labels, axis)) file.write(path + "_label", *shown);
            if (axis == Axis::organisation) file.write(path + "_side", sides_of(labels.organisations, scenario));
        }
    }
}

void write_factions(File& file, const Labels& labels, const scenario::Scenario& scenario) {
    file.write("/scenario/faction", labels.factions);
    file.write("/scenario/faction_label",
               column(labels.factions, [&](const std::string& id) { return faction_label(id, scenario); }));
}

void write_content(File& file, const Labels& labels, const scenario::Scenario& scenario, int replicates) {
    write_run_coordinates(file, scenario.name, replicates);
    write_time(file, labels);
    write_places(file, labels);
    write_axes(file, labels, scenario);
    write_factions(file, labels, scenario);
    write_parameters(file, scenario);
    write_scenario(file, scenario);
}

}  // namespace sahelsim::output
