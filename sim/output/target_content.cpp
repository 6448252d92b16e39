// Figures from reports in a result file.

#include <limits>

#include <fmt/format.h>

#include "model/target_coverage.h"
#include "output/columns.h"
#include "output/content.h"
#include "scenario/observation.h"

namespace sahelsim::output {

namespace {

using scenario::Target;

std::string places_of(const Target& target) {
    if (target.within) return fmt::format("{} and {:g} km around", target.within->cercle, target.within->km);
    auto places = target.regions;
    places.insert(places.end(), target.cercles.begin(), target.cercles.end());
    return fmt::format("{}", fmt::join(places, ", "));
}

std::string actors_of(const Target& target) {
    std::vector<std::string> parts;
    const auto add = [&](const char* words, const auto& names, const char* between) {
        if (!names.empty()) parts.push_back(fmt::format("{} {}", words, fmt::join(names, between)));
    };
    add("by", target.perpetrators, ", ");
    add("of", target.victims, ", ");
    add("between", target.between, " and ");
    if (!target.authority.empty()) parts.push_back("of " + target.authority);
    return fmt::format("{}", fmt::join(parts, " "));
}

}  // namespace

void write_targets(ValueSink& sink, const model::Labels& labels, const scenario::Scenario& scenario) {
    const auto& targets = scenario.targets;
    const auto texts = [&](const char* name, auto get) {
        write_texts(sink, fmt::format("/targets/{}", name), targets, get);
    };
    const auto numbers = [&](const char* name, auto get) {
        write_numbers(sink, fmt::format("/targets/{}", name), targets, get);
    };
    constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    texts("target", [](const Target& t) { return t.id; });
    texts("label", [](const Target& t) { return t.label; });
    texts("role", [](const Target& t) { return to_string(t.role); });
    texts("quantity", [](const Target& t) { return t.quantity ? to_string(*t.quantity) : ""; });
    texts("first_day", [](const Target& t) { return engine::format_date(t.from); });
    texts("last_day", [](const Target& t) { return engine::format_date(t.to); });
    texts("places", places_of);
    texts("actors", actors_of);
    numbers("low", [](const Target& t) { return t.observed ? t.low : unknown; });
    numbers("high", [](const Target& t) { return t.observed ? t.high : unknown; });
    numbers("observation_error", [](const Target& t) { return t.observation_error; });
    numbers("area_share", [&](const Target& t) { return scenario::area_share(scenario.parameters, t.id); });
    texts("observer", [](const Target& t) { return t.observer; });
    texts("source", [](const Target& t) { return t.source; });
    texts("source_place", [](const Target& t) { return t.source_place; });
    texts("note", [](const Target& t) { return t.note; });
    texts("answer", [&](const Target& t) {
        const auto why = model::why_unanswered(t, scenario, labels);
        return std::string(why ? model::to_string(*why) : "answered");
    });
}

}  // namespace sahelsim::output
