#include "experiment/targets.h"

#include <algorithm>
#include <limits>
#include <string_view>
#include <vector>

#include "experiment/observation.h"
#include "model/tally.h"
#include "model/target_coverage.h"
#include "scenario/observation.h"
#include "world/geography.h"

namespace sahelsim::experiment {

namespace {

using model::covers;
using model::Event;
using scenario::Quantity;
using scenario::Recorded;
using scenario::Target;

bool contains(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// [commune, then border zones]: whether events there count.
std::vector<char> places_of(const Target& target, const model::Labels& labels) {
    const auto centre = std::find_if(labels.cercles.begin(), labels.cercles.end(), [&](const auto& cercle) {
        return target.within && cercle.name == target.within->cercle;
    });
    std::vector<char> counts;
    for (const auto& commune : labels.communes) {
        bool inside = commune.cercle >= 0;
        if (inside) {
            const auto& cercle = labels.cercles[static_cast<std::size_t>(commune.cercle)];
            inside = covers(target, cercle.region, cercle.name);
        }
        if (inside && centre != labels.cercles.end()) {
            inside = world::distance_km(centre->longitude, centre->latitude, commune.longitude, commune.latitude) <=
                     target.within->km;
        }
        counts.push_back(static_cast<char>(inside));
    }
    return counts;
}

/// [cercle]: what part of it the target's observer records.
std::vector<double> shares_of(const Target& target, Recorded what, const scenario::Scenario& scenario,
                              const model::Labels& labels) {
    std::vector<double> shares;
    for (const auto& cercle : labels.cercles) {
        shares.push_back(
            scenario::recorded_share(scenario.parameters, target.observer, what, cercle.region).value_or(1.0));
    }
    return shares;
}

/// A set of organisations, each named itself or by its side. Nobody named: everybody.
class Members {
   public:
    Members(const std::vector<std::string>& names, const scenario::Scenario& scenario) : everybody_(names.empty()) {
        for (const auto& organisation : scenario.organisations) {
            is_member_.push_back(
                static_cast<char>(contains(names, organisation.id) || contains(names, organisation.side)));
        }
    }

    [[nodiscard]] bool has(std::int16_t organisation) const {
        return everybody_ || (organisation >= 0 && is_member_[static_cast<std::size_t>(organisation)] != 0);
    }

   private:
    bool everybody_;
    std::vector<char> is_member_;
};

/// Counts the events of one replicate for one target.
class EventCounter {
   public:
    EventCounter(const Target& target, const scenario::Scenario& scenario, const model::Labels& labels,
                 engine::RandomSource random)
        : target_(target),
          labels_(labels),
          observer_(target.observer, random),
          counts_(places_of(target, labels)),
          perpetrators_(target.perpetrators, scenario),
          victims_(target.victims, scenario) {
        for (const auto& name : target.between) pair_.emplace_back(std::vector{name}, scenario);
        for (const auto what : scenario::parts_of(*target.quantity))
            parts_.push_back({what, shares_of(target, what, scenario, labels)});
    }

    [[nodiscard]] double count(const std::vector<Event>& events) const {
        const int from = engine::day_number(target_.from);
        const int to = engine::day_number(target_.to);
        double sum = 0.0;
        for (const auto& event : events) {
            const bool counts = event.day >= from && event.day <= to && is_incident(event) &&
                                counts_[static_cast<std::size_t>(event.commune)] != 0 && is_between(event);
            if (!counts) continue;
            for (const auto& part : parts_) sum += recorded(event, part);
        }
        return sum;
    }

   private:
    struct Part {
        Recorded what;
        std::vector<double> share;  ///< [cercle]
    };

    [[nodiscard]] bool is_between(const Event& event) const {
        if (pair_.empty()) return true;
        return (pair_[0].has(event.actor1) && pair_[1].has(event.actor2)) ||
               (pair_[1].has(event.actor1) && pair_[0].has(event.actor2));
    }

    /// How many things of the part's kind the observer records of the event.
    [[nodiscard]] int recorded(const Event& event, const Part& part) const {
        const auto cercle = labels_.communes[static_cast<std::size_t>(event.commune)].cercle;
        const double share = part.share[static_cast<std::size_t>(cercle)];
        if (part.what == Recorded::fighters_killed) return recorded_fighters(event, share);
        if (!perpetrators_.has(event.actor1)) return 0;
        return observer_.record(event, part.what, number_of(event, part.what), share);
    }

    /// Each side's dead were killed by the other.
    [[nodiscard]] int recorded_fighters(const Event& event, double share) const {
        int sum = 0;
        if (perpetrators_.has(event.actor2) && victims_.has(event.actor1))
            sum += observer_.record(event, Recorded::fighters_killed, event.deaths_actor1, share, 1);
        if (perpetrators_.has(event.actor1) && victims_.has(event.actor2))
            sum += observer_.record(event, Recorded::fighters_killed, event.deaths_actor2, share, 2);
        return sum;
    }

    [[nodiscard]] int number_of(const Event& event, Recorded what) const {
        switch (what) {
            case Recorded::incidents:
                return target_.quantity != Quantity::battles || event.type == model::EventType::battle ? 1 : 0;
            case Recorded::civilians_killed:
                return event.civilians_killed;
            case Recorded::civilians_injured:
                return event.civilians_injured;
            case Recorded::civilians_abducted:
                return event.civilians_abducted;
            case Recorded::fighters_killed:
            case Recorded::displaced:
                return 0;
        }
        return 0;
    }

    const Target& target_;
    const model::Labels& labels_;
    Observer observer_;
    std::vector<char> counts_;
    Members perpetrators_, victims_;
    std::vector<Members> pair_;
    std::vector<Part> parts_;
};

/// Mean over the ends of the period's months of the people displaced, as far as they are recorded.
double mean_displaced(const Target& target, const scenario::Scenario& scenario, const model::Labels& labels,
                      const model::Series& series) {
    const auto shares = shares_of(target, Recorded::displaced, scenario, labels);
    const int first = engine::month_number(target.from) - labels.first_month;
    const int last = engine::month_number(target.to) - labels.first_month;
    double sum = 0.0;
    for (int month = first; month <= last; ++month) {
        for (int c = 0; c < series.cercles; ++c) {
            const auto& cercle = labels.cercles[static_cast<std::size_t>(c)];
            if (!covers(target, cercle.region, cercle.name)) continue;
            sum += shares[static_cast<std::size_t>(c)] * series.at(month, c);
        }
    }
    return sum / (last - first + 1);
}

/// Mean over the ends of the period's months of a stock, summed over the cercles that the target covers.
double mean_stock(const Target& target, const model::Labels& labels, const model::Series& series) {
    const int first = engine::month_number(target.from) - labels.first_month;
    const int last = engine::month_number(target.to) - labels.first_month;
    double sum = 0.0;
    for (int c = 0; c < series.cercles; ++c) {
        const auto& cercle = labels.cercles[static_cast<std::size_t>(c)];
        if (!covers(target, cercle.region, cercle.name)) continue;
        for (int month = first; month <= last; ++month) sum += series.at(month, c);
    }
    return sum / (last - first + 1);
}

/// Communes that the target covers.
double number_of_communes(const Target& target, const model::Labels& labels) {
    const auto counts = places_of(target, labels);
    return static_cast<double>(std::count(counts.begin(), counts.end(), 1));
}

double presence_class(const Target& target, const model::Labels& labels, const model::Series& series) {
    const auto cercle = std::find_if(labels.cercles.begin(), labels.cercles.end(),
                                     [&](const auto& c) { return c.name == target.cercles.front(); });
    const auto authority = std::find(labels.authorities.begin(), labels.authorities.end(), target.authority);
    return series.at(engine::month_number(target.to) - labels.first_month,
                     static_cast<int>(cercle - labels.cercles.begin()),
                     static_cast<int>(authority - labels.authorities.begin()));
}

/// Of a target that the run answers.
double answer(const Target& target, const scenario::Scenario& scenario, const model::Labels& labels,
              const model::Recording& recording, std::uint64_t seed) {
    if (scenario::counts_events(*target.quantity)) {
        return EventCounter(target, scenario, labels, {seed, recording.replicate}).count(recording.events);
    }
    const auto series = [&recording](const char* outcome) -> const model::Series& {
        return recording.series[model::outcome_index(outcome)];
    };
    if (*target.quantity == Quantity::displaced) return mean_displaced(target, scenario, labels, series("displaced"));
    if (*target.quantity == Quantity::schools_closed) return mean_stock(target, labels, series("schools_closed"));
    if (*target.quantity == Quantity::state_agents)
        return mean_stock(target, labels, series("state_agents")) / number_of_communes(target, labels);
    return presence_class(target, labels, recording.series[model::outcome_index("presence_class")]);
}

}  // namespace

std::vector<double> measure(const scenario::Scenario& scenario, const model::Labels& labels,
                            const model::Recording& recording, std::uint64_t seed) {
    std::vector<double> values;
    for (const auto& target : scenario.targets) {
        const bool answered = !model::why_unanswered(target, scenario, labels);
        values.push_back(answered ? answer(target, scenario, labels, recording, seed)
                                  : std::numeric_limits<double>::quiet_NaN());
    }
    return values;
}

}  // namespace sahelsim::experiment
