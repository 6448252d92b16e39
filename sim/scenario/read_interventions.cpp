// The section `interventions`: changes from outside, at a date or on a condition.

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "scenario/context.h"
#include "scenario/intervention_fields.h"
#include "scenario/intervention_types.h"
#include "scenario/map_reader.h"
#include "scenario/scalars.h"

namespace sahelsim::scenario {

namespace {

template <class Entry>
std::vector<std::string> names_of(const std::vector<Entry>& entries) {
    std::vector<std::string> names;
    for (const auto& entry : entries) names.push_back(entry.name);
    return names;
}

class InterventionReader {
   public:
    explicit InterventionReader(Context& context) : context_(context), problems_(context.problems), fields_(context) {
        for (const auto& source : context.scenario.sources) sources_.push_back(source.id);
        std::sort(sources_.begin(), sources_.end());
    }

    void read(const Node& item) {
        const auto* id = item.find("id");
        const bool named = id != nullptr && id->is_scalar();
        MapReader map(item, named ? "interventions." + id->text : "interventions", problems_);
        Intervention intervention;
        intervention.where = item.where.location();
        intervention.id = map.text("id", Need::required).value_or("");
        if (named && !is_reference(id->text)) {
            problems_.add(id->where.location(), map.path("id"), id->describe(),
                          "small letters, digits, hyphens and underscores");
        }
        const bool cancelled = map.boolean("cancelled", Need::optional).value_or(false);
        if (cancelled && map.find("type") == nullptr) {
            problems_.unknown_name(map.where(), map.path("cancelled"), intervention.id,
                                   "the id of an intervention that is inherited", ids_so_far());
            return;
        }
        const auto types = names_of(intervention_types());
        const auto type = map.name_of("type", fmt::format("one of {}", fmt::join(types, ", ")), types, Need::required);
        if (!type) return;  // which keys belong here is not known
        intervention.type = *type;
        read_time(map, intervention);
        fields_.read(*find_intervention_type(*type), map, intervention);
        read_reference(map, intervention);
        map.finish();
        if (cancelled) return;  // a scenario leaves out what one that it extends would do
        context_.scenario.interventions.push_back(std::move(intervention));
    }

   private:
    /// Those of scenarios that are extended come first.
    [[nodiscard]] std::vector<std::string> ids_so_far() const {
        std::vector<std::string> ids;
        for (const auto& known : context_.scenario.interventions) ids.push_back(known.id);
        std::sort(ids.begin(), ids.end());
        return ids;
    }

    void read_time(MapReader& map, Intervention& intervention) {
        intervention.date = map.date("date", Need::optional);
        const bool has_date = map.find("date") != nullptr;
        const auto* when = map.find("when");
        if (when != nullptr) intervention.condition = read_condition(*when, map.path("when"));
        if (has_date == (when != nullptr)) {
            problems_.add(map.where(), map.path("date"),
                          has_date ? "both 'date' and 'when'" : "neither 'date' nor 'when'", "one of the two");
        }
    }

    Condition read_condition(const Node& node, const std::string& path) {
        MapReader map(node, path, problems_);
        Condition condition;
        const auto outcomes = names_of(condition_outcomes());
        condition.outcome =
            map.name_of("outcome", fmt::format("one of {}", fmt::join(outcomes, ", ")), outcomes, Need::required)
                .value_or("");
        // An outcome that is not known has been reported: what else is wrong is read as for the first.
        const auto* known = find_condition_outcome(condition.outcome);
        const auto& outcome = known != nullptr ? *known : condition_outcomes().front();
        if (outcome.of_authority) {
            condition.authority = map.name_of("authority", "an authority (a key of 'authorities')",
                                              ids_of(context_.scenario.authorities), Need::required)
                                      .value_or("");
        }
        if (outcome.in_region) {
            condition.region =
                map.name_of("region", "a region of world.cercles", fields_.names_of("region"), Need::optional)
                    .value_or("");
        }
        const auto above = map.number("above", Need::optional);
        const auto below = map.number("below", Need::optional);
        const bool has_above = map.find("above") != nullptr;
        if (has_above == (map.find("below") != nullptr)) {
            problems_.add(map.where(), path, has_above ? "both 'above' and 'below'" : "neither 'above' nor 'below'",
                          "one of the two");
        }
        condition.above = has_above;
        condition.threshold = above ? *above : below.value_or(0.0);
        if (condition.threshold < 0.0 || condition.threshold > outcome.largest) {
            problems_.add(map.where(), path, "the threshold " + number_text(condition.threshold),
                          fmt::format("a number from 0 to {}", number_text(outcome.largest)));
        }
        condition.not_before = map.date("not_before", Need::optional);
        map.finish();
        return condition;
    }

    void read_reference(MapReader& map, Intervention& intervention) {
        intervention.note = map.text("note", Need::required).value_or("");
        intervention.source = map.text("source", Need::optional).value_or("");
        const bool cites = !intervention.source.empty();
        if (!cites && map.find("place") != nullptr)
            problems_.add(map.where(), map.path("source"), "nothing", "a source, since there is a place in it");
        intervention.source_place = map.text("place", cites ? Need::required : Need::optional).value_or("");
        if (cites && !std::binary_search(sources_.begin(), sources_.end(), intervention.source)) {
            problems_.unknown_name(map.find("source")->where.location(), map.path("source"), intervention.source,
                                   "a source (a key of 'sources')", sources_);
        }
    }

    Context& context_;
    Problems& problems_;
    FieldReader fields_;
    std::vector<std::string> sources_;
};

}  // namespace

void read_interventions(const Node& root, Context& context) {
    const auto* node = root.find("interventions");
    if (node == nullptr) return;
    if (!node->is_sequence()) {
        context.problems.add(node->where.location(), "interventions", node->describe(), "a list of interventions");
        return;
    }
    InterventionReader reader(context);
    for (const auto& item : node->items) {
        if (context.problems.full()) break;
        reader.read(item);
    }
    auto& all = context.scenario.interventions;
    // By date, so that what a scenario adds after its branch does not move the numbers of the interventions before.
    const auto order = [](const Intervention& i) {
        return std::make_tuple(!i.date.has_value(), i.date.value_or(engine::Date{}), i.id);
    };
    std::sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return order(a) < order(b); });
}

}  // namespace sahelsim::scenario
