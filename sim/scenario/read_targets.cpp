// The sections `observers` and `targets`: figures from reports, and who counted them.

#include <algorithm>
#include <array>
#include <limits>

#include <fmt/format.h>

#include "scenario/context.h"
#include "scenario/map_reader.h"
#include "scenario/observation.h"
#include "scenario/scalars.h"

namespace sahelsim::scenario {

namespace {

constexpr double largest_figure = 1e9;
constexpr double largest_error = 5.0;
constexpr double largest_distance_km = 5000.0;

constexpr std::array quantity_texts = {
    "incidents",          "battles",   "deaths",         "fighters_killed", "civilians_killed", "civilians_injured",
    "civilians_abducted", "displaced", "presence_class", "schools_closed",  "state_agents"};
constexpr std::array role_texts = {"calibration", "validation"};
static_assert(quantity_texts.size() == static_cast<std::size_t>(Quantity::state_agents) + 1);
static_assert(role_texts.size() == static_cast<std::size_t>(TargetRole::validation) + 1);

/// Position of a text that must be one of `texts`.
template <std::size_t n>
std::optional<std::size_t> choice(MapReader& map, const std::string& key, const std::array<const char*, n>& texts,
                                  Need need) {
    const std::vector<std::string> names(texts.begin(), texts.end());
    const auto name = map.name_of(key, fmt::format("one of {}", fmt::join(names, ", ")), names, need);
    if (!name) return std::nullopt;
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), *name) - names.begin());
}

class TargetReader {
   public:
    explicit TargetReader(Context& context)
        : context_(context), problems_(context.problems), placeholders_(context.scenario.placeholders()) {
        for (const auto& source : context.scenario.sources) sources_.push_back(source.id);
        actors_ = ids_of(context.scenario.sides);
        for (const auto& organisation : context.scenario.organisations) {
            if (std::find(actors_.begin(), actors_.end(), organisation.id) == actors_.end())
                actors_.push_back(organisation.id);
        }
        observers_ = ids_of(context.scenario.observers);
        authorities_ = ids_of(context.scenario.authorities);
    }

    void read(const std::string& id, const Node& content) {
        MapReader map(content, "targets." + id, problems_);
        Target target;
        target.id = id;
        target.where = map.where();
        target.label = map.text("label", Need::required).value_or("");
        if (const auto role = choice(map, "role", role_texts, Need::required))
            target.role = static_cast<TargetRole>(*role);
        if (const auto quantity = choice(map, "quantity", quantity_texts, Need::optional))
            target.quantity = static_cast<Quantity>(*quantity);
        const bool quantity_is_wrong = map.find("quantity") != nullptr && !target.quantity;
        read_period(map, target);
        read_figure(map, target);
        read_reference(map, target);
        if (quantity_is_wrong) return;  // which keys belong here is not known
        read_places(map, target);
        read_actors(map, target);
        map.finish();
        context_.scenario.targets.push_back(std::move(target));
    }

   private:
    void read_period(MapReader& map, Target& target) {
        const auto from = map.date("from", Need::required);
        const auto to = map.date("to", Need::required);
        if (!from || !to) return;
        target.from = *from;
        target.to = *to;
        if (*to >= *from) return;
        problems_.add(map.find("to")->where.location(), map.path("to"), engine::format_date(*to),
                      "a day not before 'from', " + engine::format_date(*from));
    }

    /// A number from 0 to `upper`.
    std::optional<double> bounded(const Node& node, const std::string& key, double upper) {
        const auto value = read_number(node, key, problems_);
        if (!value || (*value >= 0.0 && *value <= upper)) return value;
        problems_.add(node.where.location(), key, number_text(*value),
                      fmt::format("a number from 0 to {}", number_text(upper)));
        return std::nullopt;
    }

    /// `observed: 12`, `observed: [10, 14]` or `at_least: 12`.
    void read_figure(MapReader& map, Target& target) {
        const auto* observed = map.find("observed");
        const auto* at_least = map.find("at_least");
        target.observed = observed != nullptr || at_least != nullptr;
        if (observed != nullptr && at_least != nullptr) {
            problems_.add(map.where(), map.path("observed"), "both 'observed' and 'at_least'", "one of the two");
        } else if (observed != nullptr) {
            read_observed(*observed, map.path("observed"), target);
        } else if (at_least != nullptr) {
            target.low = bounded(*at_least, map.path("at_least"), largest_figure).value_or(0.0);
            target.high = std::numeric_limits<double>::infinity();
        } else if (target.quantity) {
            problems_.add(map.where(), map.path("observed"), "neither 'observed' nor 'at_least'",
                          "one of the two: the target has a quantity");
        }
        const bool counted = target.quantity.has_value();
        if (const auto* error = map.find("observation_error", counted ? Need::required : Need::optional))
            target.observation_error = bounded(*error, map.path("observation_error"), largest_error).value_or(0.0);
        target.observer = map.name_of("observer", "an observer (a key of 'observers')", observers_,
                                      counted ? Need::required : Need::optional)
                              .value_or("");
    }

    void read_observed(const Node& node, const std::string& key, Target& target) {
        if (!node.is_sequence()) {
            target.low = target.high = bounded(node, key, largest_figure).value_or(0.0);
            return;
        }
        if (node.items.size() != 2) {
            problems_.add(node.where.location(), key, fmt::format("a list of {}", node.items.size()),
                          "a number or [low, high]");
            return;
        }
        const auto low = bounded(node.items[0], key, largest_figure);
        const auto high = bounded(node.items[1], key, largest_figure);
        target.low = low.value_or(0.0);
        target.high = high.value_or(target.low);
        if (low && high && *low > *high) {
            problems_.add(node.where.location(), key, fmt::format("[{}, {}]", number_text(*low), number_text(*high)),
                          "the lower end first");
        }
    }

    void read_reference(MapReader& map, Target& target) {
        target.source = map.name_of("source", "a source (a key of 'sources')", sources_, Need::required).value_or("");
        target.source_place = map.text("place", Need::required).value_or("");
        target.note = map.text("note", Need::required).value_or("");
    }

    void read_places(MapReader& map, Target& target) {
        if (target.quantity != Quantity::presence_class)
            target.regions = names_of(map, "regions", "a region of world.cercles", placeholders_["region"]);
        target.cercles = names_of(map, "cercles", "a cercle of world.cercles", placeholders_["cercle"]);
        const bool events = target.quantity && counts_events(*target.quantity);
        const auto* within = events ? map.find("within") : nullptr;
        if (within == nullptr) return;
        target.within = read_surroundings(*within, map.path("within"));
        if (!target.regions.empty() || !target.cercles.empty()) {
            problems_.add(within->where.location(), map.path("within"), "'within' and a list of places",
                          "one of the two");
        }
    }

    Surroundings read_surroundings(const Node& node, const std::string& path) {
        MapReader map(node, path, problems_);
        Surroundings surroundings;
        surroundings.cercle =
            map.name_of("cercle", "a cercle of world.cercles", placeholders_["cercle"], Need::required).value_or("");
        if (const auto* km = map.find("km", Need::required))
            surroundings.km = bounded(*km, map.path("km"), largest_distance_km).value_or(0.0);
        map.finish();
        return surroundings;
    }

    /// Only the keys that the quantity can use: all others are unknown to it.
    void read_actors(MapReader& map, Target& target) {
        if (!target.quantity) return;
        if (target.quantity == Quantity::presence_class) {
            target.authority =
                map.name_of("authority", "an authority (a key of 'authorities')", authorities_, Need::required)
                    .value_or("");
            if (target.cercles.size() != 1) {
                problems_.add(map.where(), map.path("cercles"), fmt::format("{} cercles", target.cercles.size()),
                              "one: classes don't add up");
            }
            return;
        }
        const auto quantity = *target.quantity;
        if (!counts_events(quantity)) return;
        if (quantity != Quantity::battles) target.perpetrators = actors(map, "perpetrators");
        if (quantity == Quantity::fighters_killed) target.victims = actors(map, "victims");
        const bool of_fighters =
            quantity == Quantity::battles || quantity == Quantity::deaths || quantity == Quantity::fighters_killed;
        if (of_fighters) read_between(map, target);
    }

    void read_between(MapReader& map, Target& target) {
        target.between = actors(map, "between");
        const auto* node = map.find("between", target.quantity == Quantity::battles ? Need::required : Need::optional);
        if (node == nullptr || !node->is_sequence() || node->items.size() == 2) return;
        problems_.add(node->where.location(), map.path("between"), fmt::format("a list of {}", node->items.size()),
                      "two who fought each other");
    }

    std::vector<std::string> actors(MapReader& map, const std::string& key) {
        return names_of(map, key, "an organisation or a side", actors_);
    }

    /// A list of names; empty where the key is missing.
    std::vector<std::string> names_of(MapReader& map, const std::string& key, const std::string& expected,
                                      const std::vector<std::string>& known) {
        const auto* node = map.find(key);
        if (node == nullptr) return {};
        if (!node->is_sequence() || node->items.empty()) {
            problems_.add(node->where.location(), map.path(key),
                          node->is_sequence() ? "an empty list" : node->describe(), "a list of names");
            return {};
        }
        std::vector<std::string> names;
        for (const auto& item : node->items) {
            const auto name = read_text(item, map.path(key), problems_);
            if (!name) continue;
            if (std::find(known.begin(), known.end(), *name) == known.end()) {
                problems_.unknown_name(item.where.location(), map.path(key), *name, expected, known);
            }
            names.push_back(*name);
        }
        return names;
    }

    Context& context_;
    Problems& problems_;
    Placeholders placeholders_;
    std::vector<std::string> sources_, actors_, observers_, authorities_;
};

}  // namespace

std::string_view to_string(TargetRole role) {
    return role_texts.at(static_cast<std::size_t>(role));
}

std::string_view to_string(Quantity quantity) {
    return quantity_texts.at(static_cast<std::size_t>(quantity));
}

void read_targets(const Node& root, Context& context) {
    const auto* node = root.find("targets");
    if (node == nullptr) return;
    TargetReader reader(context);
    for_each_named(*node, "targets", "small letters, digits, hyphens and underscores", context.problems, is_reference,
                   [&](const std::string& id, const Node& content) {
                       if (!context.problems.full()) reader.read(id, content);
                   });
}

void check_observation(Context& context) {
    for (const auto& target : context.scenario.targets) {
        if (!target.quantity || target.observer.empty()) continue;
        for (const auto part : parts_of(*target.quantity)) {
            if (recorded_share(context.scenario.parameters, target.observer, part, "")) continue;
            context.problems.add(target.where, "targets." + target.id,
                                 fmt::format("no record observation.{}.{}", target.observer, to_string(part)),
                                 "one: what part of them this observer records");
        }
    }
}

}  // namespace sahelsim::scenario
