#include "output/content.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace sahelsim::output {

namespace {

using model::Axis;
using model::Labels;

constexpr std::array kOutcomeGroups = {"", "/summary", "/cercles"};
constexpr std::array kRunGroups = {"", "/summary", "/cercles", "/targets"};

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

}  // namespace

void write_run_coordinates(ValueSink& sink, const Schema& schema, const RunCoordinates& runs) {
    const auto numbers = counting(static_cast<int>(runs.arm.size()));
    for (const std::string group : kRunGroups) {
        if (!schema.has(group + "/run")) continue;
        sink.write(group + "/run", numbers);
        sink.write(group + "/arm", runs.arm);
        sink.write(group + "/point", runs.point);
        sink.write(group + "/replicate", runs.replicate);
    }
    sink.write("/runtime/run", numbers);
}

void write_time(ValueSink& sink, const Schema& schema, const Labels& labels) {
    std::vector<double> months;
    std::vector<double> bounds;
    for (int month = labels.first_month; month < labels.first_month + labels.months; ++month) {
        const auto first = engine::first_day_of_month(month);
        const auto next = engine::first_day_of_month(month + 1);
        months.push_back(engine::day_number(first));
        bounds.push_back(engine::day_number(std::max(first, labels.start)));
        bounds.push_back(engine::day_number(std::min(next, labels.end + std::chrono::days(1))));
    }
    for (const std::string group : kOutcomeGroups) {
        if (!schema.has(group + "/time")) continue;
        sink.write(group + "/time", months);
        sink.write(group + "/time_bounds", bounds);
    }
}

void write_cercles(ValueSink& sink, const Labels& labels) {
    using Cercle = Labels::Cercle;
    const auto& cercles = labels.cercles;
    sink.write("/cercles/cercle", column(cercles, [](const Cercle& c) { return c.name; }));
    sink.write("/cercles/region", column(cercles, [](const Cercle& c) { return c.region; }));
    sink.write("/cercles/longitude", column(cercles, [](const Cercle& c) { return c.longitude; }));
    sink.write("/cercles/latitude", column(cercles, [](const Cercle& c) { return c.latitude; }));
    sink.write("/cercles/area", column(cercles, [](const Cercle& c) { return c.area_km2; }));
    sink.write("/cercles/initial_population",
               column(cercles, [](const Cercle& c) { return static_cast<double>(c.population); }));
}

void write_communes(ValueSink& sink, const Labels& labels) {
    using Commune = Labels::Commune;
    const auto& communes = labels.communes;
    sink.write("/communes/commune", counting(static_cast<int>(communes.size())));
    sink.write("/communes/name", column(communes, [](const Commune& c) { return c.name; }));
    sink.write("/communes/cercle", column(communes, [](const Commune& c) { return static_cast<double>(c.cercle); }));
    sink.write("/communes/longitude", column(communes, [](const Commune& c) { return c.longitude; }));
    sink.write("/communes/latitude", column(communes, [](const Commune& c) { return c.latitude; }));
    sink.write("/communes/town", column(communes, [](const Commune& c) { return c.town ? 1.0 : 0.0; }));
    sink.write("/communes/cluster", column(communes, [](const Commune& c) { return static_cast<double>(c.cluster); }));
}

void write_places(ValueSink& sink, const Schema& schema, const Labels& labels) {
    if (schema.has("/cercles/cercle")) write_cercles(sink, labels);
    if (schema.has("/communes/commune")) write_communes(sink, labels);
}

void write_axes(ValueSink& sink, const Schema& schema, const Labels& labels, const scenario::Scenario& scenario) {
    for (const std::string group : kOutcomeGroups) {
        for (int a = 0; a <= static_cast<int>(model::last_axis); ++a) {
            const auto axis = static_cast<Axis>(a);
            const std::string path = group + "/" + model::to_string(axis);
            if (!schema.has(path)) continue;
            sink.write(path, labels.names(axis));
            if (const auto* shown = labels_of(labels, axis)) sink.write(path + "_label", *shown);
            if (axis == Axis::organisation) sink.write(path + "_side", sides_of(labels.organisations, scenario));
        }
    }
}

void write_content(ValueSink& sink, const Labels& labels, const scenario::Scenario& scenario, int replicates) {
    const auto& schema = result_schema();
    const auto runs = static_cast<std::size_t>(replicates);
    write_run_coordinates(
        sink, schema,
        {std::vector<std::string>(runs, scenario.name), std::vector<double>(runs, 0.0), counting(replicates)});
    write_time(sink, schema, labels);
    write_places(sink, schema, labels);
    write_axes(sink, schema, labels, scenario);
    write_parameters(sink, scenario, "/parameters");
    write_scenario(sink, labels, scenario, "/scenario");
    write_targets(sink, labels, scenario);
}

}  // namespace sahelsim::output
