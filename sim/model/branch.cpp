#include "model/branch.h"

#include <algorithm>
#include <stdexcept>
#include <tuple>
#include <type_traits>

#include <fmt/format.h>

#include "engine/fields.h"
#include "model/schedule.h"
#include "model/tally.h"
#include "scenario/past.h"
#include "scenario/resolved.h"

namespace sahelsim::model {

namespace {

constexpr int kGone = -1;

/// What interventions have set so far, in the records of the scenario that goes on.
scenario::ParameterSet carried_over(const scenario::ParameterSet& values, const Setup& to) {
    auto carried = to.scenario.parameters;
    for (const auto& [name, record] : values.records()) {
        if (!scenario::only_compares(name) && carried.find(name) != nullptr) carried.set_value(name, record.value);
    }
    return carried;
}

void renew_kernels(const Setup& setup, State& state) {
    const auto renew = [&setup](auto& field) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, Kernel>) field.renew(setup);
    };
    std::apply([&renew](auto&... field) { (renew(field), ...); }, engine::fields_of(state));
}

/// [number in the past]: number in `to`.
std::vector<int> new_numbers(const std::vector<std::string>& ids, const Setup& to) {
    const auto& interventions = to.scenario.interventions;
    std::vector<int> numbers;
    for (const auto& id : ids) {
        const auto found =
            std::find_if(interventions.begin(), interventions.end(), [&](const auto& i) { return i.id == id; });
        numbers.push_back(found == interventions.end() ? kGone : static_cast<int>(found - interventions.begin()));
    }
    return numbers;
}

/// What of the state names interventions by number.
class Renumbering {
   public:
    Renumbering(const Past& past, const Setup& to) : past_(past), numbers_(new_numbers(past.interventions, to)) {}

    void apply(std::size_t interventions, State& state) const {
        if (state.intervention_done.size() != numbers_.size() || state.withdrawals.size() != numbers_.size())
            throw std::logic_error("a state with other interventions than its scenario");
        std::vector<char> begun(interventions, 0);
        std::vector<char> done(interventions, 0);
        std::vector<Withdrawal> withdrawals(interventions);
        for (std::size_t old = 0; old < numbers_.size(); ++old) {
            if (numbers_[old] == kGone && state.intervention_begun[old] == 0) continue;
            const auto number = at(static_cast<std::int32_t>(old));
            begun[number] = state.intervention_begun[old];
            done[number] = state.intervention_done[old];
            withdrawals[number] = state.withdrawals[old];
        }
        state.intervention_begun = std::move(begun);
        state.intervention_done = std::move(done);
        state.withdrawals = std::move(withdrawals);
        for (Event& event : state.events) {
            if (event.cause_kind == CauseKind::intervention) event.cause = static_cast<std::int32_t>(at(event.cause));
        }
        for (std::size_t u = 0; u < state.units.cause.size(); ++u) {
            auto& cause = state.units.cause[u];
            if (state.units.cause_kind[u] == CauseKind::intervention) cause = static_cast<std::int32_t>(at(cause));
        }
    }

   private:
    [[nodiscard]] std::size_t at(std::int32_t old) const {
        const auto i = static_cast<std::size_t>(old);
        if (old < 0 || i >= numbers_.size() || numbers_[i] == kGone)
            throw std::logic_error(fmt::format("intervention {} of {} has acted and is gone",
                                               i < numbers_.size() ? past_.interventions[i] : fmt::to_string(old),
                                               past_.shown));
        return static_cast<std::size_t>(numbers_[i]);
    }

    const Past& past_;
    std::vector<int> numbers_;
};

/// The months before the branch, in series as long as the scenario needs them.
std::vector<Series> reshaped(const std::vector<Series>& old, const Setup& to, engine::Date date) {
    auto all = make_series(to.labels);
    const auto yesterday = date - std::chrono::days{1};
    const int months = date == to.scenario.start ? 0 : engine::month_number(yesterday) - to.labels.first_month + 1;
    if (old.size() != all.size()) throw std::logic_error("a state with other outcomes than the program");
    for (std::size_t k = 0; k < all.size(); ++k) {
        const Series& from = old[k];
        Series& series = all[k];
        const auto row = static_cast<std::size_t>(series.cercles * series.first * series.second);
        const bool alike = from.cercles == series.cercles && from.first == series.first && from.second == series.second;
        if (!alike || from.months < months || from.values.size() != static_cast<std::size_t>(from.months) * row)
            throw std::logic_error(fmt::format("a state with another shape of {}", outcomes()[k].name));
        // Stocks are of a month's last day. A run that ended within the month has put its own last day there.
        const bool month_is_over = engine::is_first_of_month(date);
        const int kept = outcomes()[k].kind == OutcomeKind::stock && !month_is_over ? std::max(0, months - 1) : months;
        std::copy_n(from.values.begin(), static_cast<std::size_t>(kept) * row, series.values.begin());
    }
    return all;
}

}  // namespace

Past past_of(const Setup& setup) {
    Past past{scenario::resolved_yaml(setup.scenario), {}, setup.scenario.name};
    for (const auto& intervention : setup.scenario.interventions) past.interventions.push_back(intervention.id);
    return past;
}

void check_past(const Past& past, const Setup& to, engine::Date date) {
    auto problems = scenario::differences_before(past.resolved, past.shown, to.scenario, date);
    if (date < to.scenario.start || date > to.scenario.end) {
        problems.push_back(
            {{to.scenario.name, 0, 0},
             "period",
             fmt::format("{} to {}", engine::format_date(to.scenario.start), engine::format_date(to.scenario.end)),
             fmt::format("one with {}, the day to go on from in {}", engine::format_date(date), past.shown),
             ""});
    }
    constexpr std::size_t most = 20;
    if (problems.size() > most) {
        const auto left_out = problems.size() - most;
        problems.resize(most);
        problems.push_back({{to.scenario.name, 0, 0}, "", fmt::format("{} more differences", left_out), "none", ""});
    }
    if (!problems.empty()) throw scenario::InputError(std::move(problems));
}

State continue_as(const Past& past, const Setup& to, State state) {
    state.values = carried_over(state.values, to);
    state.parameters = read_parameters(to.scenario, state.values);
    renew_kernels(to, state);
    state.presence.air_reach = {};
    Renumbering(past, to).apply(to.scenario.interventions.size(), state);
    state.series = reshaped(state.series, to, state.date);
    if (state.cohorts.size() != to.cohorts.size())
        throw std::logic_error("a state with other people than its scenario");
    check_conservation(to, state);
    return state;
}

}  // namespace sahelsim::model
