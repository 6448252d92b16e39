#include "model/processes/course_of_war.h"

#include <algorithm>

#include "model/units.h"

namespace sahelsim::model {

namespace {

constexpr int kYear = 365;  // days

void record_control(const Setup& setup, const Step& step, State& state) {
    auto& course = state.course;
    const auto slot = static_cast<std::size_t>(course.recorded) % (CourseOfWar::months + 1);
    std::vector<double> held(static_cast<std::size_t>(setup.actors.authorities), 0.0);
    double all = 0.0;
    double opposition = 0.0;
    double both = 0.0;
    const int ours = setup.parties.authority;
    const int theirs = setup.parties.opposition;
    for (int i = 0; i < setup.communes(); ++i) {
        const auto residents = static_cast<double>(state.cohorts.residents_of(i));
        all += residents;
        for (int a = 0; a < setup.actors.authorities; ++a)
            held[static_cast<std::size_t>(a)] += residents * state.control.share(i, a);
        if (ours < 0 || theirs < 0 || setup.geography.places[static_cast<std::size_t>(i)].town) continue;
        const auto last_act = [&](int authority) {
            return state.last_act[static_cast<std::size_t>(i * setup.actors.authorities + authority)];
        };
        if (step.day - std::max(last_act(ours), last_act(theirs)) > kYear) continue;
        const double ground = setup.geography.places[static_cast<std::size_t>(i)].area_km2;
        opposition += ground * state.control.share(i, theirs);
        both += ground * (state.control.share(i, theirs) + state.control.share(i, ours));
    }
    course.residents = all;
    for (std::size_t a = 0; a < held.size(); ++a) course.control[a][slot] = all > 0.0 ? held[a] / all : 0.0;
    const double share = both > 0.0 ? opposition / both : 0.0;
    // The first ground that is contested is no gain on the time when nobody fought for any.
    if (std::all_of(course.contested.begin(), course.contested.end(), [](double before) { return before == 0.0; }))
        course.contested.fill(share);
    course.contested[slot] = share;
}

void record_losses(State& state) {
    auto& course = state.course;
    const auto slot = static_cast<std::size_t>(course.recorded) % CourseOfWar::months;
    for (auto& monthly : course.losses) monthly[slot] = 0.0;
    course.civilians[slot] = 0.0;
    for (std::size_t e = course.next_event; e < state.events.size(); ++e) {
        const Event& event = state.events[e];
        course.civilians[slot] += event.civilians_killed;
        if (event.actor1 >= 0) course.losses[static_cast<std::size_t>(event.actor1)][slot] += event.deaths_actor1;
        if (event.actor2 >= 0) course.losses[static_cast<std::size_t>(event.actor2)][slot] += event.deaths_actor2;
    }
    course.next_event = state.events.size();
}

void record_personnel(const Setup& setup, State& state) {
    auto& course = state.course;
    std::fill(course.personnel.begin(), course.personnel.end(), 0);
    const auto strengths = faction_strengths(setup, state.units);
    for (std::size_t f = 0; f < strengths.size(); ++f)
        course.personnel[static_cast<std::size_t>(setup.actors.organisation_of[f])] += strengths[f];
    for (std::size_t o = 0; o < course.personnel.size(); ++o)
        course.most_personnel[o] = std::max(course.most_personnel[o], course.personnel[o]);
}

}  // namespace

void record_course_of_war(const Setup& setup, const Step& step, State& state) {
    record_control(setup, step, state);
    record_losses(state);
    record_personnel(setup, state);
    ++state.course.recorded;
}

}  // namespace sahelsim::model
