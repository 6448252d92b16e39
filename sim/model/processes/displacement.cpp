#include "model/processes/displacement.h"

#include <algorithm>

#include "engine/mathematics.h"
#include "model/membership.h"
#include "model/motives.h"
#include "model/tally.h"

namespace sahelsim::model {

namespace {

enum Purpose : std::uint64_t { kFlight = 0, kReturn = 1 };

/// Up to `persons` residents of the cell leave home, one household after the other. Returns how many left.
int leave_home(world::Cohorts& cohorts, int commune, int community, int persons, engine::RandomStream& draws) {
    int left = persons;
    const auto cell = cohorts.cell(commune, community);
    std::int32_t cohort = draw_resident(cohorts, commune, community, draws);
    while (left > 0 && cohort >= 0 && cohorts.people[cell] > 0) {
        const auto k = static_cast<std::size_t>(cohort);
        const int going = std::min(left, cohorts.residents[k]);
        if (going > 0) {
            cohorts.remove_residents(cohort, going);
            cohorts.displaced[k] += going;
            left -= going;
        }
        if (++cohort == cohorts.begin[cell + 1]) cohort = cohorts.begin[cell];
    }
    return persons - left;
}

void come_home(world::Cohorts& cohorts, std::size_t cell, int persons, engine::RandomStream& draws) {
    const std::int32_t first = cohorts.begin[cell];
    const std::int32_t count = cohorts.begin[cell + 1] - first;
    std::int32_t cohort = first + static_cast<std::int32_t>(engine::draw_index(draws, count));
    while (persons > 0) {
        const auto k = static_cast<std::size_t>(cohort);
        const int coming = std::min(persons, cohorts.displaced[k]);
        if (coming > 0) {
            cohorts.displaced[k] -= coming;
            cohorts.remove_residents(cohort, -coming);
            persons -= coming;
        }
        if (++cohort == first + count) cohort = first;
    }
}

class Moving {
   public:
    Moving(const Setup& setup, const Step& step, double elapsed_days, State& state)
        : setup_(setup),
          step_(step),
          years_(elapsed_days / engine::days_per_year),
          state_(state),
          danger_(cells()),
          pull_(cells()),
          weights_(communities()) {
        for (int i = 0; i < setup.communes(); ++i) judge_danger(i);
        for (int i = 0; i < setup.communes(); ++i) judge_pull(i);
    }

    void flee_from(int commune) {
        double total = 0.0;
        for (std::size_t g = 0; g < communities(); ++g) {
            const auto cell = cell_of(commune, g);
            weights_[g] = static_cast<double>(state_.cohorts.people[cell]) * danger_[cell];
            total += weights_[g];
        }
        if (total <= 0.0) return;
        auto draws = stream_for(commune, kFlight);
        const bool besieged = state_.sieges[static_cast<std::size_t>(commune)].unit >= 0;
        const double rate = parameters().flight_rate * (besieged ? 1.0 - parameters().siege_hold : 1.0);
        const int households = engine::draw_poisson(draws, rate * years_ * total / parameters().household);
        if (households == 0) return;
        std::vector<int> fleeing(communities(), 0);
        for (int k = 0; k < households; ++k)
            ++fleeing[static_cast<std::size_t>(engine::draw_weighted(draws, weights_))];
        for (std::size_t g = 0; g < fleeing.size(); ++g) {
            if (fleeing[g] > 0) send(commune, g, fleeing[g], draws);
        }
    }

    void return_to(int commune) {
        double total = 0.0;
        for (std::size_t g = 0; g < communities(); ++g) {
            const auto cell = cell_of(commune, g);
            const double ease = std::max(0.0, 1.0 - danger_[cell] / parameters().calm);
            weights_[g] = ease * static_cast<double>(state_.displacement.away[cell]);
            total += weights_[g];
        }
        if (total <= 0.0) return;
        auto draws = stream_for(commune, kReturn);
        const int households =
            engine::draw_poisson(draws, parameters().return_rate * years_ * total / parameters().household);
        for (int k = 0; k < households; ++k) {
            const auto cell = cell_of(commune, static_cast<std::size_t>(engine::draw_weighted(draws, weights_)));
            bring_home(commune, cell, draws);
        }
    }

   private:
    /// To each community of the commune; to a community that nobody there belongs to, as to those who live there.
    void judge_danger(int commune) {
        const auto& cohorts = state_.cohorts;
        double mean = 0.0;
        for (std::size_t g = 0; g < communities(); ++g) {
            const auto cell = cell_of(commune, g);
            if (cohorts.people[cell] + state_.displacement.away[cell] == 0) continue;
            danger_[cell] = danger_to(state_.attitudes, static_cast<Eigen::Index>(cell));
            mean += danger_[cell] * static_cast<double>(cohorts.people[cell]);
        }
        mean /= static_cast<double>(std::max<std::int64_t>(1, cohorts.residents_of(commune)));
        for (std::size_t g = 0; g < communities(); ++g) {
            const auto cell = cell_of(commune, g);
            if (cohorts.people[cell] + state_.displacement.away[cell] == 0) danger_[cell] = mean;
        }
    }

    [[nodiscard]] const DisplacementParameters& parameters() const { return state_.parameters.people.displacement; }
    [[nodiscard]] std::size_t communities() const { return static_cast<std::size_t>(setup_.communities()); }
    [[nodiscard]] std::size_t cells() const { return static_cast<std::size_t>(setup_.communes()) * communities(); }
    [[nodiscard]] std::size_t cell_of(int commune, std::size_t community) const {
        return state_.cohorts.cell(commune, static_cast<int>(community));
    }
    [[nodiscard]] engine::RandomStream stream_for(int commune, Purpose purpose) const {
        return stream(state_.random, Process::displacement, static_cast<std::uint64_t>(step_.day),
                      setup_.place_key[static_cast<std::size_t>(commune)], purpose);
    }

    void send(int commune, std::size_t community, int households, engine::RandomStream& draws) {
        places_.clear();
        cumulative_.clear();
        double sum = 0.0;
        state_.flight_kernel.for_each(setup_, step_.season, commune, [&](int place, float near) {
            if (place == commune) return;
            sum += static_cast<double>(near) * pull(place, community);
            places_.push_back(place);
            cumulative_.push_back(sum);
        });
        if (sum <= 0.0) return;
        for (int k = 0; k < households; ++k) {
            const double wanted = engine::draw_uniform(draws) * sum;
            const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end(), wanted) - cumulative_.begin();
            const int place = places_[std::min(static_cast<std::size_t>(found), places_.size() - 1)];
            const int gone = leave_home(state_.cohorts, commune, static_cast<int>(community),
                                        static_cast<int>(parameters().household), draws);
            if (gone == 0) return;
            settle(cell_of(commune, community), place, gone);
            static const std::size_t fled = outcome_index("fled");
            add_to_tally(setup_, state_, fled, step_.date, commune, 0, 0, gone);
        }
    }

    /// What draws each community to the commune, as it was before anybody moved, so that the order of communes is of no
    /// importance.
    void judge_pull(int commune) {
        const auto& p = parameters();
        const auto people = static_cast<double>(state_.cohorts.residents_of(commune));
        const bool town = setup_.geography.places[static_cast<std::size_t>(commune)].town;
        for (std::size_t g = 0; g < communities(); ++g) {
            const auto cell = cell_of(commune, g);
            pull_[cell] = (1.0 - danger_[cell]) * (people * (town ? 1.0 + p.town_pull : 1.0) +
                                                   p.kin_pull * static_cast<double>(state_.cohorts.people[cell]));
        }
    }

    [[nodiscard]] double pull(int place, std::size_t community) const {
        return place < setup_.communes() ? pull_[cell_of(place, community)] : parameters().border_pull;
    }

    void settle(std::size_t cell, int place, int persons) {
        auto& refuges = state_.displacement.refuges[cell];
        const auto found =
            std::find_if(refuges.begin(), refuges.end(), [&](const Refuge& refuge) { return refuge.place == place; });
        if (found == refuges.end()) {
            refuges.push_back({place, persons});
        } else {
            found->persons += persons;
        }
        state_.displacement.hosted[static_cast<std::size_t>(place)] += persons;
        state_.displacement.away[cell] += persons;
    }

    /// A household of the cell, from a refuge drawn by how many of them are there.
    void bring_home(int commune, std::size_t cell, engine::RandomStream& draws) {
        auto& away = state_.displacement.away[cell];
        if (away == 0) return;
        auto& refuges = state_.displacement.refuges[cell];
        std::int64_t left = engine::draw_index(draws, away);
        auto refuge = refuges.begin();
        while (left >= refuge->persons) left -= (refuge++)->persons;
        const int persons = std::min(refuge->persons, static_cast<std::int32_t>(parameters().household));
        away -= persons;
        refuge->persons -= persons;
        state_.displacement.hosted[static_cast<std::size_t>(refuge->place)] -= persons;
        if (refuge->persons == 0) refuges.erase(refuge);
        come_home(state_.cohorts, cell, persons, draws);
        static const std::size_t returned = outcome_index("returned");
        add_to_tally(setup_, state_, returned, step_.date, commune, 0, 0, persons);
    }

    const Setup& setup_;
    const Step& step_;
    double years_;
    State& state_;
    std::vector<double> danger_;   ///< [cell]
    std::vector<double> pull_;     ///< [cell]
    std::vector<double> weights_;  ///< [community]: working space, as are the following
    std::vector<int> places_;
    std::vector<double> cumulative_;
};

}  // namespace

void flee_and_return(const Setup& setup, const Step& step, double elapsed_days, State& state) {
    Moving moving(setup, step, elapsed_days, state);
    for (int i = 0; i < setup.communes(); ++i) {
        moving.flee_from(i);
        moving.return_to(i);
    }
}

}  // namespace sahelsim::model
