// Whether the rules favour a side. Who is called the state and who its opposition is exchanged; then the war has to be the
// same under exchanged names, so that every contrast between the two changes sign. Where somebody is at home and whom people
// stand by are parameters and go along: any map is a symmetric one.
//
// What is one-sided by design is switched off: posts, schools, courts and strictness, which close where the state isn't and
// open where it is (governance); prisoners, whom only the state takes (imprisonment); the state's rule that holds up settlers
// (spread); garrisons and acts of the state that strain local accords; legitimacy, coups and sanctions (politics); partners
// who leave; talks, of which only war values and bargain are compared. In those, too, only the state's fire gains by
// aircraft, only its partners can leave and only the opposition goes home, and only its word is doubted: nobody flies, there
// are no partners, and everybody is believed. Types of violence (UCDP's state-based) are names and not compared.

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include "model/processes/dialogue.h"
#include "model/small_world.h"
#include "model/units.h"
#include "model/war_value.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

void exchange(std::string& name, const std::string& a, const std::string& b) {
    if (name == a) {
        name = b;
    } else if (name == b) {
        name = a;
    }
}

/// Exchanges the values of parameters that two names begin with.
void exchange_parameters(scenario::Scenario& scenario, const std::string& a, const std::string& b) {
    std::vector<std::pair<std::string, double>> values;
    for (const auto& [name, record] : scenario.parameters.records()) {
        if (!name.starts_with(a)) continue;
        const std::string other = b + name.substr(a.size());
        const auto* theirs = scenario.parameters.find(other);
        if (theirs == nullptr) continue;
        values.emplace_back(name, theirs->value);
        values.emplace_back(other, record.value);
    }
    for (const auto& [name, value] : values) scenario.parameters.set_value(name, value);
}

/// The region of Mopti with everybody who is there, without what is one-sided by design.
scenario::Scenario war_without_favours() {
    auto scenario = testing::library_scenario("small");
    for (const char* one_sided :
         {"governance", "imprisonment", "spread", "local_accords", "politics", "partners", "dialogue"})
        scenario.mechanisms[one_sided] = false;
    scenario.end = *engine::parse_date("2017-12-31");
    return scenario;
}

/// The same men with the same parameters; but who was the state or stood by it is the opposition now, and the reverse.
scenario::Scenario with_names_exchanged(scenario::Scenario scenario) {
    for (auto& organisation : scenario.organisations) {
        exchange(organisation.authority, "state", "jnim");
        exchange(organisation.side, "state", "jnim");
    }
    exchange_parameters(scenario, "authority.state.", "authority.jnim.");
    return scenario;
}

State run_through(const Setup& setup, std::uint32_t replicate = 0) {
    State state = initial_state(setup, {5, replicate});
    while (state.date <= setup.scenario.end) run_day(setup, state);
    return state;
}

int authority(const Setup& setup, const char* name) {
    const auto& all = setup.labels.authorities;
    return static_cast<int>(std::find(all.begin(), all.end(), name) - all.begin());
}

bool same_but_for_names(const Event& a, const Event& b) {
    return a.day == b.day && a.commune == b.commune && a.type == b.type && a.subtype == b.subtype &&
           a.actor1 == b.actor1 && a.actor2 == b.actor2 && a.faction1 == b.faction1 && a.community == b.community &&
           a.deaths_actor1 == b.deaths_actor1 && a.deaths_actor2 == b.deaths_actor2 &&
           a.civilians_killed == b.civilians_killed && a.civilians_injured == b.civilians_injured &&
           a.civilians_abducted == b.civilians_abducted && a.cause_kind == b.cause_kind && a.cause == b.cause;
}

/// Two parties, the army's and the katiba's, who are believed and err in nothing, with nobody flying.
scenario::Scenario war_of_two_parties() {
    auto scenario = war_without_favours();
    std::erase_if(scenario.parties, [](const auto& p) { return p.id != "government" && p.id != "katiba_macina"; });
    scenario.mechanisms["air_power"] = false;
    for (const char* certain : {"compliance", "sincere_prior"})
        scenario.parameters.set_value(std::string("dialogue.") + certain, 1.0);
    scenario.parameters.set_value("dialogue.belief_error", 0.0);
    for (const auto& [name, record] : scenario.parameters.records()) {
        if (name.ends_with(".air.support_probability")) scenario.parameters.set_value(name, 0.0);
    }
    return scenario;
}

/// What each wants is mirrored: on every issue 1 - x is what x was.
scenario::Scenario with_parties_exchanged(scenario::Scenario scenario) {
    scenario = with_names_exchanged(std::move(scenario));
    for (auto& party : scenario.parties) {
        if (party.role == "government") party.organisation = "jnim";
        if (party.role == "armed") party.faction = "fama";
    }
    exchange_parameters(scenario, "party.government.", "party.katiba_macina.");
    for (const auto& [name, record] : scenario.parameters.records()) {
        if (name.starts_with("party.") && name.find(".ideal.") != std::string::npos)
            scenario.parameters.set_value(name, 1.0 - record.value);
    }
    return scenario;
}

/// Two at war and nobody else, the army and the katiba, of which `state` is the state and stands first. The parameters and
/// random streams of a side go with its men and not with its name. `favour`: how much better the state hits than its men would.
scenario::Scenario war_of_two(const char* state, double favour) {
    auto scenario = war_without_favours();
    scenario.parties.clear();
    scenario.leaders.clear();
    scenario.interventions.clear();
    auto& organisations = scenario.organisations;
    std::erase_if(organisations, [](const auto& o) { return o.id != "fama" && o.id != "jnim"; });
    std::erase_if(organisations.back().factions, [](const auto& f) { return f.id != "katiba_macina"; });
    if (organisations.front().id != state) {
        scenario = with_names_exchanged(std::move(scenario));
        std::swap(organisations[0], organisations[1]);
    }
    // As many as in later years, so that there is a war to compare.
    const auto* members = scenario.parameters.find("katiba_macina.initial.strength");
    scenario.parameters.set_value("katiba_macina.initial.strength", 3.0 * members->value);
    const std::string first = organisations[0].factions[0].id;
    auto effectiveness = *scenario.parameters.find(scenario.scopes(first), "combat.effectiveness");
    effectiveness.name = first + ".combat.effectiveness";
    effectiveness.value *= favour;
    scenario.parameters.put(effectiveness);
    return scenario;
}

/// State less opposition.
struct Contrast {
    static constexpr std::array<const char*, 4> names = {"control", "members", "losses", "civilians killed"};
    std::array<double, 4> values{};
};

Contrast contrast_of(const Setup& setup, const State& state) {
    Contrast contrast;
    const auto& share = state.control.share;
    const auto members = faction_strengths(setup, state.units);
    contrast.values[0] = (share.col(authority(setup, "state")) - share.col(authority(setup, "jnim"))).mean();
    contrast.values[1] = static_cast<double>(members[0]) - static_cast<double>(members[1]);
    for (const auto& event : state.events) {
        const double sign = event.actor1 == 0 ? 1.0 : -1.0;  // the state stands first
        contrast.values[2] += sign * (event.deaths_actor1 - event.deaths_actor2);
        contrast.values[3] += sign * event.civilians_killed;
    }
    return contrast;
}

/// How far the contrasts are from changing sign, in standard errors: z of the sum of both over pairs of replicates.
std::array<double, 4> asymmetry(double favour) {
    constexpr std::uint32_t pairs = 80;
    const Setup as_it_is = make_setup(war_of_two("fama", favour));
    const Setup exchanged = make_setup(war_of_two("jnim", favour));
    std::array<double, 4> sum{};
    std::array<double, 4> squares{};
    for (std::uint32_t r = 0; r < pairs; ++r) {
        const Contrast a = contrast_of(as_it_is, run_through(as_it_is, r));
        const Contrast b = contrast_of(exchanged, run_through(exchanged, r));
        for (std::size_t k = 0; k < sum.size(); ++k) {
            sum[k] += a.values[k] + b.values[k];
            squares[k] += (a.values[k] + b.values[k]) * (a.values[k] + b.values[k]);
        }
    }
    std::array<double, 4> z{};
    for (std::size_t k = 0; k < z.size(); ++k) {
        const double mean = sum[k] / pairs;
        const double variance = (squares[k] / pairs - mean * mean) / (pairs - 1);
        z[k] = variance > 0.0 ? mean / std::sqrt(variance) : 0.0;
    }
    return z;
}

}  // namespace

TEST_CASE("who is called the state and who its opposition makes no difference, event by event") {
    const Setup first = make_setup(war_without_favours());
    const Setup second = make_setup(with_names_exchanged(war_without_favours()));
    const State a = run_through(first);
    const State b = run_through(second);
    REQUIRE(a.events.size() > 300);
    CHECK(std::equal(a.events.begin(), a.events.end(), b.events.begin(), b.events.end(), same_but_for_names));
    const int state = authority(first, "state");
    const int opposition = authority(first, "jnim");
    // Sums over authorities are rounded in another order.
    CHECK((a.control.share.col(state) - b.control.share.col(opposition)).abs().maxCoeff() < 1e-12);
    CHECK((a.control.share.col(opposition) - b.control.share.col(state)).abs().maxCoeff() < 1e-12);
    // One of the things that have to be switched off is found at once.
    auto with_prisoners = war_without_favours();
    with_prisoners.mechanisms["imprisonment"] = true;
    const State c = run_through(make_setup(with_prisoners));
    const State d = run_through(make_setup(with_names_exchanged(with_prisoners)));
    CHECK_FALSE(std::equal(c.events.begin(), c.events.end(), d.events.begin(), d.events.end(), same_but_for_names));
}

TEST_CASE("war is worth the same to either party under either name, and their bargain is mirrored") {
    const Setup first = make_setup(war_of_two_parties());
    const Setup second = make_setup(with_parties_exchanged(war_of_two_parties()));
    State a = run_through(first);
    State b = run_through(second);
    const double chance = opposition_chance(a);
    CHECK(chance > 0.0);
    CHECK(chance < 1.0);
    CHECK(opposition_chance(b) == Approx(1.0 - chance));
    const int government = first.parties.government;
    const int armed = first.parties.armed.front();
    CHECK(war_value(first, a, government, chance) == Approx(war_value(second, b, armed, 1.0 - chance)));
    CHECK(war_value(first, a, armed, chance) == Approx(war_value(second, b, government, 1.0 - chance)));
    a.dialogue.belief = b.dialogue.belief = 1.0;
    const auto terms = terms_both_accept(first, a);
    const auto mirrored = terms_both_accept(second, b);
    REQUIRE(terms);
    REQUIRE(mirrored);
    for (std::size_t k = 0; k < issue_count; ++k) CHECK((*mirrored)[k] == Approx(1.0 - (*terms)[k]).margin(1e-9));
}

TEST_CASE("the contrast of two sides changes sign in law when they are exchanged", "[slow]") {
    // Four standard errors either way: by chance one test of four contrasts in 4,000 would fail.
    constexpr double kBound = 4.0;
    const auto none = asymmetry(1.0);
    for (std::size_t k = 0; k < none.size(); ++k) {
        CAPTURE(Contrast::names[k], none[k]);
        CHECK(std::abs(none[k]) < kBound);
    }
    // A state that shoots twice as well as its men would, whoever they are, is found by its losses.
    CHECK(asymmetry(2.0)[2] < -kBound);
}
