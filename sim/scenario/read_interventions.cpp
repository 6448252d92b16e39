// The section `interventions`: changes from outside, at a date or on a condition.

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "scenario/context.h"
#include "scenario/map_reader.h"
#include "scenario/record.h"
#include "scenario/registry.h"
#include "scenario/scalars.h"

namespace sahelsim::scenario {

namespace {

const std::vector<std::string> types = {"set", "switch", "deploy", "withdraw", "lose_leader"};
const std::vector<std::string> condition_outcomes = {"deaths_90_days", "civilians_killed_90_days", "events_90_days",
                                                     "control"};
constexpr long most_personnel = 1'000'000;
constexpr double largest_threshold = 1e9;

class InterventionReader {
   public:
    explicit InterventionReader(Context& context)
        : context_(context), problems_(context.problems), placeholders_(context.scenario.placeholders()) {
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
        const auto type = map.name_of("type", fmt::format("one of {}", fmt::join(types, ", ")), types, Need::required);
        if (!type) return;  // which keys belong here is not known
        read_time(map, intervention);
        if (*type == "set") read_set(map, intervention);
        if (*type == "switch") read_switch(map, intervention);
        if (*type == "deploy") read_deploy(map, intervention);
        if (*type == "withdraw") read_withdraw(map, intervention);
        if (*type == "lose_leader") read_lose_leader(map, intervention);
        read_reference(map, intervention);
        map.finish();
        context_.scenario.interventions.push_back(std::move(intervention));
    }

   private:
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
        condition.outcome = map.name_of("outcome", fmt::format("one of {}", fmt::join(condition_outcomes, ", ")),
                                        condition_outcomes, Need::required)
                                .value_or("");
        const bool control = condition.outcome == "control";
        if (control) {
            condition.authority = map.name_of("authority", "an authority (a key of 'authorities')",
                                              ids_of(context_.scenario.authorities), Need::required)
                                      .value_or("");
        }
        condition.region =
            map.name_of("region", "a region of world.cercles", placeholders_["region"], Need::optional).value_or("");
        const auto above = map.number("above", Need::optional);
        const auto below = map.number("below", Need::optional);
        const bool has_above = map.find("above") != nullptr;
        if (has_above == (map.find("below") != nullptr)) {
            problems_.add(map.where(), path, has_above ? "both 'above' and 'below'" : "neither 'above' nor 'below'",
                          "one of the two");
        }
        condition.above = has_above;
        condition.threshold = above ? *above : below.value_or(0.0);
        const double limit = control ? 1.0 : largest_threshold;
        if (condition.threshold < 0.0 || condition.threshold > limit) {
            problems_.add(map.where(), path, "the threshold " + number_text(condition.threshold),
                          fmt::format("a number from 0 to {}", number_text(limit)));
        }
        condition.not_before = map.date("not_before", Need::optional);
        map.finish();
        return condition;
    }

    void read_set(MapReader& map, Intervention& intervention) {
        intervention.type = InterventionType::set;
        const auto* parameter = map.find("parameter", Need::required);
        const auto* value = map.find("value", Need::required);
        if (parameter == nullptr) return;
        const auto name = read_text(*parameter, map.path("parameter"), problems_);
        if (!name) return;
        intervention.parameter = *name;
        const auto* record = context_.scenario.parameters.find(*name);
        if (record == nullptr) return report_no_record(*parameter, map.path("parameter"));
        if (value == nullptr) return;
        if (!value->is_scalar()) {
            problems_.add(value->where.location(), map.path("value"), value->describe(), "a number");
            return;
        }
        const auto& declared = context_.vocabulary.declarations[record->declaration];
        if (declared.start_only) {
            problems_.add(parameter->where.location(), map.path("parameter"),
                          in_quotes(*name) + ", which is read at the start only",
                          "a parameter that the processes read; override this one under 'parameters'");
        }
        intervention.value =
            read_declared_number({value->text, value->where}, value->quoted, map.path("value"), declared, problems_)
                .value_or(0.0);
    }

    void report_no_record(const Node& parameter, const std::string& key) {
        const Registry registry(context_.vocabulary.declarations, placeholders_);
        const auto where = parameter.where.location();
        const auto declaration = registry.find(parameter.text);
        if (!declaration) return problems_.add(registry.unknown(parameter.text, where, key));
        std::string wider;
        if (registry.is_of_actor(*declaration)) {
            const auto dot = parameter.text.find('.');
            const auto* record = context_.scenario.parameters.find(
                context_.scenario.scopes(parameter.text.substr(0, dot)), parameter.text.substr(dot + 1));
            if (record != nullptr) wider = record->name;
        }
        problems_.add({where, key, in_quotes(parameter.text) + ", which has no record of its own",
                       "a parameter with a record: give it one, or change the wider one", wider});
    }

    void read_switch(MapReader& map, Intervention& intervention) {
        intervention.type = InterventionType::switch_mechanism;
        intervention.mechanism =
            map.name_of("mechanism", fmt::format("one of {}", fmt::join(context_.vocabulary.mechanisms, ", ")),
                        context_.vocabulary.mechanisms, Need::required)
                .value_or("");
        intervention.on = map.boolean("on", Need::required).value_or(true);
    }

    void read_deploy(MapReader& map, Intervention& intervention) {
        intervention.type = InterventionType::deploy;
        intervention.faction = read_faction(map);
        intervention.place = read_cercle(map, Need::required);
        intervention.personnel = map.integer("personnel", 1, most_personnel, Need::required).value_or(0);
    }

    void read_withdraw(MapReader& map, Intervention& intervention) {
        intervention.type = InterventionType::withdraw;
        intervention.faction = read_faction(map);
        intervention.place = read_cercle(map, Need::optional);
        intervention.personnel = map.integer("personnel", 1, most_personnel, Need::optional).value_or(0);
        intervention.until = map.date("until", Need::optional);
        if (!intervention.until) return;
        const auto where = map.find("until")->where.location();
        if (intervention.condition) {
            problems_.add(where, map.path("until"), "an end of what begins on a condition",
                          "no 'until' together with 'when'");
        } else if (intervention.date && *intervention.until < *intervention.date) {
            problems_.add(where, map.path("until"), engine::format_date(*intervention.until),
                          "a day not before " + engine::format_date(*intervention.date));
        }
    }

    void read_lose_leader(MapReader& map, Intervention& intervention) {
        intervention.type = InterventionType::lose_leader;
        intervention.leader =
            map.name_of("leader", "a leader (a key of 'leaders')", placeholders_["leader"], Need::required)
                .value_or("");
    }

    std::string read_faction(MapReader& map) {
        const auto* node = map.find("faction");
        for (const auto& organisation : context_.scenario.organisations) {
            if (node == nullptr || node->text != organisation.id || organisation.factions.size() == 1) continue;
            problems_.add(node->where.location(), map.path("faction"),
                          in_quotes(organisation.id) + ", which has several factions",
                          fmt::format("one of {}", fmt::join(ids_of(organisation.factions), ", ")));
            return "";
        }
        auto name = map.name_of("faction", "a faction, or an organisation without factions", accepted_factions(),
                                Need::required);
        if (!name) return "";
        for (const auto& organisation : context_.scenario.organisations) {
            if (organisation.id == *name) return organisation.factions.front().id;
        }
        return *name;
    }

    [[nodiscard]] std::vector<std::string> accepted_factions() {
        auto names = placeholders_["faction"];
        for (const auto& organisation : context_.scenario.organisations) {
            if (organisation.factions.size() == 1) names.push_back(organisation.id);
        }
        return names;
    }

    std::string read_cercle(MapReader& map, Need need) {
        const auto* node = map.find("cercle", need);
        if (node == nullptr) return "";
        const auto& cercles = placeholders_["cercle"];
        for (const auto& entry : context_.scenario.world.gazetteer) {
            const bool renamed = node->is_scalar() && entry.alias == node->text && entry.alias != entry.name;
            if (!renamed || std::find(cercles.begin(), cercles.end(), entry.name) == cercles.end()) continue;
            problems_.add({node->where.location(), map.path("cercle"), node->describe(),
                           "a cercle by its name in world.cercles", entry.name});
            return "";
        }
        return map.name_of("cercle", "a cercle of world.cercles", cercles, need).value_or("");
    }

    void read_reference(MapReader& map, Intervention& intervention) {
        intervention.note = map.text("note", Need::required).value_or("");
        intervention.source = map.text("source", Need::optional).value_or("");
        const bool cites = !intervention.source.empty();
        intervention.source_place = map.text("place", cites ? Need::required : Need::optional).value_or("");
        if (cites && !std::binary_search(sources_.begin(), sources_.end(), intervention.source)) {
            problems_.unknown_name(map.find("source")->where.location(), map.path("source"), intervention.source,
                                   "a source (a key of 'sources')", sources_);
        }
    }

    Context& context_;
    Problems& problems_;
    Placeholders placeholders_;
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
