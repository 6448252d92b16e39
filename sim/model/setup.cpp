#include "model/setup.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <set>

#include "engine/mathematics.h"

namespace sahelsim::model {

namespace {

int index_of(const std::vector<scenario::Labelled>& things, const std::string& id) {
    for (std::size_t i = 0; i < things.size(); ++i) {
        if (things[i].id == id) return static_cast<int>(i);
    }
    return -1;
}

Actors make_actors(const scenario::Scenario& scenario) {
    Actors actors;
    for (const auto& organisation : scenario.organisations) {
        actors.authority.push_back(index_of(scenario.authorities, organisation.authority));
        actors.organisation_key.push_back(engine::name_key(organisation.id));
        actors.side.push_back(index_of(scenario.sides, organisation.side));
        actors.state_force.push_back(organisation.authority == "state" ? 1 : 0);
        actors.malian.push_back(organisation.malian ? 1 : 0);
        for (const auto& faction : organisation.factions) {
            actors.organisation_of.push_back(actors.organisations);
            actors.faction.push_back(faction.id);
            actors.faction_key.push_back(engine::name_key(faction.id));
        }
        ++actors.organisations;
    }
    actors.authorities = static_cast<int>(scenario.authorities.size());
    actors.sides = static_cast<int>(scenario.sides.size());
    actors.side_of_authority.assign(scenario.authorities.size(), -1);
    for (std::size_t o = scenario.organisations.size(); o-- > 0;) {
        if (actors.authority[o] >= 0 && actors.malian[o] != 0)
            actors.side_of_authority[static_cast<std::size_t>(actors.authority[o])] = actors.side[o];
    }
    actors.factions_of_authority.resize(scenario.authorities.size());
    for (int f = 0; f < actors.factions(); ++f) {
        const int authority =
            actors.authority[static_cast<std::size_t>(actors.organisation_of[static_cast<std::size_t>(f)])];
        if (authority >= 0) actors.factions_of_authority[static_cast<std::size_t>(authority)].push_back(f);
    }
    actors.self_rule = index_of(scenario.authorities, "communities");
    if (actors.self_rule < 0) {
        throw scenario::InputError(
            {{{}, "authorities", "no 'communities'", "the authority of communities over themselves", ""}});
    }
    return actors;
}

int organisation_index(const scenario::Scenario& scenario, const std::string& id) {
    for (std::size_t o = 0; o < scenario.organisations.size(); ++o) {
        if (scenario.organisations[o].id == id) return static_cast<int>(o);
    }
    return -1;
}

/// The seat of the most populous cercle.
int capital_of(const world::Geography& geography) {
    std::vector<long> people(geography.cercles.size(), 0);
    for (int i = 0; i < geography.communes; ++i) {
        const auto& place = geography.places[static_cast<std::size_t>(i)];
        people[static_cast<std::size_t>(place.cercle)] += static_cast<long>(place.residents);
    }
    return geography.seat[static_cast<std::size_t>(std::max_element(people.begin(), people.end()) - people.begin())];
}

Parties make_parties(const scenario::Scenario& scenario, const Actors& actors, const world::Geography& geography) {
    Parties parties;
    parties.capital = capital_of(geography);
    for (std::size_t k = 0; k < scenario.parties.size(); ++k) {
        const auto& party = scenario.parties[k];
        const int number = static_cast<int>(k);
        const int faction = party.faction.empty() ? -1 : actors.find_faction(party.faction);
        parties.faction_of.push_back(faction);
        parties.organisation_of.push_back(faction >= 0 ? actors.organisation_of[static_cast<std::size_t>(faction)]
                                                       : organisation_index(scenario, party.organisation));
        parties.leavers_join.push_back(organisation_index(scenario, party.leavers_join));
        if (party.role == "government") parties.government = number;
        if (party.role == "armed") parties.armed.push_back(number);
        if (party.role == "partner") parties.partners.push_back(number);
        if (party.role == "elite") parties.elites.push_back(number);
        if (party.role == "officers") parties.officers.push_back(number);
    }
    const auto authority_of = [&](int party) {
        const auto organisation = static_cast<std::size_t>(parties.organisation_of[static_cast<std::size_t>(party)]);
        return actors.authority[organisation];
    };
    if (parties.government >= 0) {
        parties.organisation = parties.organisation_of[static_cast<std::size_t>(parties.government)];
        parties.authority = authority_of(parties.government);
    }
    if (!parties.armed.empty()) parties.opposition = authority_of(parties.armed.front());
    return parties;
}

/// Longest way that the processes ask about with these parameters.
double longest_hours(const Parameters& parameters) {
    double longest =
        std::max(4.0 * std::max(parameters.control.reach, parameters.revenge.reach), parameters.orders.reach);
    const auto& people = parameters.people;
    longest = std::max({longest, parameters.engagement.contact_reach, 4.0 * people.reactions.reach,
                        4.0 * people.displacement.reach, 4.0 * people.spread.reach, 4.0 * people.land.reach});
    for (const auto& faction : parameters.factions) {
        longest = std::max({longest, faction.travel_limit, 3.0 * faction.merge_distance});
    }
    return longest;
}

/// The same for whatever interventions make of the parameters.
double longest_hours(const scenario::Scenario& scenario, const Parameters& parameters) {
    double longest = longest_hours(parameters);
    auto values = scenario.parameters;
    for (const auto& intervention : scenario.interventions) {
        if (intervention.type != "set") continue;
        values.set_value(intervention.text("parameter"), intervention.number("value"));
        longest = std::max(longest, longest_hours(read_parameters(scenario, values)));
    }
    return longest;
}

std::vector<float> target_weights(const world::Geography& geography, const DecisionParameters& parameters) {
    std::vector<float> weights;
    for (const auto& place : geography.places) {
        const double per_person = place.town ? parameters.town_weight : 1.0;
        weights.push_back(static_cast<float>(per_person * static_cast<double>(place.residents)));
    }
    return weights;
}

world::TravelTimes to_targets(const world::TravelTimes& travel, const std::vector<float>& weights) {
    std::vector<std::size_t> offsets{0};
    std::vector<world::Reachable> reachable;
    for (int from = 0; from < static_cast<int>(weights.size()); ++from) {
        for (const auto& there : travel.from(from)) {
            if (weights[static_cast<std::size_t>(there.place)] > 0.0F) reachable.push_back(there);
        }
        offsets.push_back(reachable.size());
    }
    return {std::move(offsets), std::move(reachable)};
}

Eigen::ArrayX3d positions(const world::Geography& geography) {
    Eigen::ArrayX3d position(geography.size(), 3);
    for (int i = 0; i < geography.size(); ++i) {
        const auto& place = geography.places[static_cast<std::size_t>(i)];
        const double longitude = place.longitude * std::numbers::pi / 180.0;
        const double latitude = place.latitude * std::numbers::pi / 180.0;
        position.row(i) << engine::cosine(latitude) * engine::cosine(longitude),
            engine::cosine(latitude) * engine::sine(longitude), engine::sine(latitude);
    }
    return position;
}

std::vector<int> cercles_of(const world::Geography& geography) {
    std::vector<int> cercles;
    for (const auto& place : geography.places) cercles.push_back(place.cercle);
    for (std::size_t z = 0; z < geography.border_zones.size(); ++z) {
        const auto& touched = geography.border_zones[z].cercles;
        const auto found = std::find_if(geography.cercles.begin(), geography.cercles.end(), [&](const auto& cercle) {
            return std::find(touched.begin(), touched.end(), cercle.name) != touched.end();
        });
        cercles[static_cast<std::size_t>(geography.communes) + z] = static_cast<int>(found - geography.cercles.begin());
    }
    return cercles;
}

void add_zones(Setup& setup) {
    const auto& cercles = setup.geography.cercles;
    std::vector<int> zone_of_cercle;
    for (const auto& cercle : cercles) {
        const auto found = std::find(setup.zone_names.begin(), setup.zone_names.end(), cercle.region);
        zone_of_cercle.push_back(static_cast<int>(found - setup.zone_names.begin()));
        if (found == setup.zone_names.end()) setup.zone_names.push_back(cercle.region);
    }
    for (const int cercle : setup.cercle_of) setup.zone_of.push_back(zone_of_cercle[static_cast<std::size_t>(cercle)]);
    std::vector<std::set<int>> neighbours(setup.zone_names.size());
    for (std::size_t c = 0; c < cercles.size(); ++c) {
        for (std::size_t d = 0; d < cercles.size(); ++d) {
            const auto& near = cercles[c].neighbours;
            const bool other = zone_of_cercle[c] != zone_of_cercle[d];
            if (other && std::find(near.begin(), near.end(), cercles[d].name) != near.end())
                neighbours[static_cast<std::size_t>(zone_of_cercle[c])].insert(zone_of_cercle[d]);
        }
    }
    for (const auto& zones : neighbours) setup.zone_neighbours.emplace_back(zones.begin(), zones.end());
}

std::vector<std::vector<double>> livelihood_shares(const world::Cohorts& cohorts) {
    std::vector<std::vector<double>> people(static_cast<std::size_t>(cohorts.communities),
                                            std::vector<double>(static_cast<std::size_t>(cohorts.livelihoods), 0.0));
    for (std::size_t k = 0; k < cohorts.size(); ++k)
        people[cohorts.community[k]][cohorts.livelihood[k]] += cohorts.residents[k];
    for (auto& community : people) {
        const double all = std::accumulate(community.begin(), community.end(), 0.0);
        for (double& share : community) share = all > 0.0 ? share / all : 0.0;
    }
    return people;
}

/// By name, so that a scenario of one region has the same streams there as the whole country.
std::vector<std::uint64_t> keys_of(const world::Geography& geography) {
    std::vector<std::uint64_t> keys;
    for (const auto& place : geography.places) {
        const std::string cercle =
            place.cercle < 0 ? "abroad" : geography.cercles[static_cast<std::size_t>(place.cercle)].name;
        keys.push_back(engine::name_key(cercle + "/" + place.name));
    }
    return keys;
}

void split(const std::vector<scenario::Labelled>& things, std::vector<std::string>& ids,
           std::vector<std::string>& labels) {
    for (const auto& thing : things) {
        ids.push_back(thing.id);
        labels.push_back(thing.label);
    }
}

Labels make_labels(const scenario::Scenario& scenario, const world::Geography& geography, const Clusters& clusters) {
    Labels labels;
    labels.start = scenario.start;
    labels.end = scenario.end;
    labels.first_month = engine::month_number(scenario.start);
    labels.months = engine::month_number(scenario.end) - labels.first_month + 1;
    for (const auto& cercle : geography.cercles) {
        labels.cercles.push_back(
            {cercle.name, cercle.region, cercle.seat_longitude, cercle.seat_latitude, cercle.area_km2, 0});
    }
    for (const auto& place : geography.places) {
        labels.communes.push_back({place.name, place.cercle, place.longitude, place.latitude, place.town});
        if (place.cercle >= 0) labels.cercles[static_cast<std::size_t>(place.cercle)].population += place.residents;
    }
    for (std::size_t i = 0; i < clusters.of_commune.size(); ++i) labels.communes[i].cluster = clusters.of_commune[i];
    split(scenario.sides, labels.sides, labels.side_labels);
    split(scenario.sides, labels.victim_sides, labels.victim_side_labels);
    labels.victim_sides.emplace_back("civilians");
    labels.victim_side_labels.emplace_back("Civilians");
    split(scenario.authorities, labels.authorities, labels.authority_labels);
    split(scenario.communities, labels.communities, labels.community_labels);
    for (const auto& organisation : scenario.organisations) {
        labels.organisations.push_back(organisation.id);
        labels.organisation_labels.push_back(organisation.label);
        for (const auto& faction : organisation.factions) labels.factions.push_back(faction.id);
    }
    labels.actions.assign(action_names.begin(), action_names.end());
    labels.issues.assign(issue_names.begin(), issue_names.end());
    labels.collapse_causes.assign(collapse_cause_names.begin(), collapse_cause_names.end());
    for (const auto& intervention : scenario.interventions) labels.interventions.push_back(intervention.id);
    return labels;
}

}  // namespace

int Actors::find_faction(const std::string& id) const {
    const auto found = std::find(faction.begin(), faction.end(), id);
    return found == faction.end() ? -1 : static_cast<int>(found - faction.begin());
}

double Setup::air_km(int a, int b) const {
    // By the chord, which is exact where the cosine of a small angle is not.
    const double chord = std::sqrt((position.row(a) - position.row(b)).square().sum());
    return 2.0 * world::earth_radius_km * engine::arcsine(std::min(1.0, chord / 2.0));
}

Setup make_setup(scenario::Scenario scenario) {
    Setup setup;
    setup.scenario = std::move(scenario);
    setup.world_parameters = world::read_parameters(setup.scenario.parameters);
    setup.parameters = read_parameters(setup.scenario);
    setup.geography = world::lay_out(setup.scenario, setup.world_parameters);
    const auto ways = world::neighbour_graph(setup.geography, setup.world_parameters);
    setup.travel = world::travel_times(setup.geography, ways, longest_hours(setup.scenario, setup.parameters));
    setup.cohorts = world::synthesise_population(setup.scenario, setup.world_parameters, setup.geography);
    setup.actors = make_actors(setup.scenario);
    setup.parties = make_parties(setup.scenario, setup.actors, setup.geography);
    setup.target_weight = target_weights(setup.geography, setup.parameters.decision);
    for (std::size_t season = 0; season < setup.travel.size(); ++season)
        setup.targets[season] = to_targets(setup.travel[season], setup.target_weight);
    setup.position = positions(setup.geography);
    setup.cercle_of = cercles_of(setup.geography);
    add_zones(setup);
    setup.place_key = keys_of(setup.geography);
    setup.livelihood_shares = livelihood_shares(setup.cohorts);
    setup.farmer = index_of(setup.scenario.livelihoods, "farmer");
    setup.herder = index_of(setup.scenario.livelihoods, "herder");
    setup.clusters = make_clusters(setup.geography);
    setup.labels = make_labels(setup.scenario, setup.geography, setup.clusters);
    return setup;
}

}  // namespace sahelsim::model
