#include "model/processes/politics.h"

#include <algorithm>

#include "engine/mathematics.h"
#include "model/course_of_war.h"
#include "model/government.h"
#include "model/positions.h"

namespace sahelsim::model {

namespace {

constexpr int kQuarter = 3;  // months

double legitimacy_due(const Setup& setup, const State& state) {
    const auto& p = state.parameters.government.politics;
    const auto& course = state.course;
    const double held = newest(course.control[static_cast<std::size_t>(setup.parties.authority)], course.recorded);
    const double killed = per_million(course, civilians_of_last_month(course));
    const double log_odds = p.base + p.control_weight * (held - 0.5) - p.civilian_weight * killed -
                            p.sanctions_weight * state.politics.sanctions - p.protest_weight * state.politics.protest;
    return engine::logistic(log_odds);
}

double coup_hazard(const Setup& setup, const Step& step, const State& state) {
    const auto& p = state.parameters.government.politics;
    if (p.coup_rate <= 0.0) return 0.0;
    double soldiers = 0.0;
    for (int o = 0; o < setup.actors.organisations; ++o) {
        if (setup.actors.is_national_force(o)) soldiers += losses_within(state.course, o, kQuarter);
    }
    const double since = step.day - state.politics.last_coup;
    const double trap = 1.0 + (p.coup_trap - 1.0) * engine::half_life_decay(since, p.coup_trap_time);
    return p.coup_rate * trap *
           engine::exponential(p.coup_legitimacy_weight * (0.5 - state.politics.legitimacy) +
                               p.coup_soldier_weight * soldiers / 100.0 +
                               p.coup_concession_weight * officers_loss(setup, state));
}

}  // namespace

void update_politics(const Setup& setup, const Step& step, double years, State& state) {
    if (setup.parties.government < 0 || setup.parties.authority < 0 || state.course.recorded == 0) return;
    const auto& p = state.parameters.government.politics;
    auto& politics = state.politics;
    const double days = years * engine::days_per_year;
    politics.legitimacy +=
        (legitimacy_due(setup, state) - politics.legitimacy) * engine::event_probability(1.0 / p.adjustment_time, days);
    auto draws =
        stream(state.random, Process::politics, static_cast<std::uint64_t>(step.day), engine::name_key("coup"));
    if (!engine::draw_bernoulli(draws, engine::event_probability(coup_hazard(setup, step, state), years))) return;
    politics.sanctions = std::max(politics.sanctions, p.coup_sanctions);
    take_power(setup, step, CauseKind::none, -1, state);
}

}  // namespace sahelsim::model
