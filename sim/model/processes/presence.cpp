#include "model/processes/presence.h"

#include <algorithm>

#include "engine/mathematics.h"

namespace sahelsim::model {

namespace {

/// Openly and covertly present persons at the places themselves; whole persons are counted first, so that the order of
/// units is of no importance. Columns: overt by organisation, then covert by organisation.
Field count_standing(const Setup& setup, const Parameters& parameters, const Units& units) {
    const int organisations = setup.actors.organisations;
    Eigen::ArrayXXi persons = Eigen::ArrayXXi::Zero(setup.places(), setup.actors.factions());
    for (int u = 0; u < units.size(); ++u) {
        const auto i = static_cast<std::size_t>(u);
        persons(units.place[i], units.faction[i]) += units.strength(u);
    }
    Field standing = Field::Zero(setup.places(), 2 * organisations);
    for (int f = 0; f < setup.actors.factions(); ++f) {
        const auto overtness = static_cast<float>(parameters.factions[static_cast<std::size_t>(f)].overtness);
        const int organisation = setup.actors.organisation_of[static_cast<std::size_t>(f)];
        standing.col(organisation) += overtness * persons.col(f).cast<float>();
        standing.col(organisations + organisation) += (1.0F - overtness) * persons.col(f).cast<float>();
    }
    return standing;
}

Field spread(const Setup& setup, const Step& step, const Kernel& kernel, const Field& standing) {
    Field felt = Field::Zero(standing.rows(), standing.cols());
    for (int from = 0; from < setup.places(); ++from) {
        if ((standing.row(from) == 0.0F).all()) continue;
        kernel.for_each(setup, step.season, from,
                        [&](int place, float weight) { felt.row(place) += weight * standing.row(from); });
    }
    return felt;
}

void weigh_opponents(const Parameters& parameters, const Field& felt, Field& opponents) {
    opponents.setZero(felt.rows(), felt.cols());
    for (Eigen::Index o = 0; o < felt.cols(); ++o) {
        for (Eigen::Index b = 0; b < felt.cols(); ++b) {
            const double relation = parameters.relation[static_cast<std::size_t>(o)][static_cast<std::size_t>(b)];
            if (relation < 0.0) opponents.col(o) += static_cast<float>(-relation) * felt.col(b);
        }
    }
}

void update_air_threat(const Setup& setup, const Parameters& parameters, const Units& units, Field& threat) {
    threat.setZero(setup.places(), setup.actors.organisations);
    for (const int u : units.by_key) {
        const auto i = static_cast<std::size_t>(u);
        if (units.type[i] != UnitType::air) continue;
        for (int place = 0; place < setup.places(); ++place) {
            const double reach =
                engine::exponential(-setup.air_km(units.base[i], place) / parameters.gathering.air_threat_reach);
            for (int o = 0; o < setup.actors.organisations; ++o) {
                const double relation =
                    parameters.relation[static_cast<std::size_t>(o)][static_cast<std::size_t>(units.organisation[i])];
                if (relation >= 0.0) continue;
                // Several aircraft threaten as independent chances do.
                threat(place, o) += (1.0F - threat(place, o)) * static_cast<float>(-relation * reach);
            }
        }
    }
}

}  // namespace

void update_presence(const Setup& setup, const Step& step, const Parameters& parameters, const Mechanisms& mechanisms,
                     const engine::RandomSource& random, const Kernel& kernel, const Units& units, Presence& presence) {
    const Field felt = spread(setup, step, kernel, count_standing(setup, parameters, units));
    presence.overt = felt.leftCols(setup.actors.organisations);
    presence.covert = felt.rightCols(setup.actors.organisations);
    weigh_opponents(parameters, presence.overt, presence.overt_opponents);
    weigh_opponents(parameters, presence.covert, presence.covert_opponents);
    if (mechanisms.air_power) {
        update_air_threat(setup, parameters, units, presence.air_threat);
    } else {
        presence.air_threat.setZero(setup.places(), setup.actors.organisations);
    }
    presence.misjudgement.resize(setup.places(), setup.actors.organisations);
    for (int o = 0; o < setup.actors.organisations; ++o) {
        auto draws = stream(random, Process::perception, static_cast<std::uint64_t>(step.day),
                            setup.actors.organisation_key[static_cast<std::size_t>(o)]);
        for (int place = 0; place < setup.places(); ++place) {
            presence.misjudgement(place, o) = static_cast<float>(engine::draw_normal(draws));
        }
    }
}

void update_sympathy(const Setup& setup, const Parameters& parameters, const world::Cohorts& cohorts,
                     Sympathy& sympathy) {
    sympathy.kin.setZero(setup.places(), setup.actors.factions());
    sympathy.suspected.setZero(setup.places(), setup.actors.factions());
    for (int place = 0; place < setup.communes(); ++place) {
        const auto all = static_cast<double>(std::max<std::int64_t>(1, cohorts.residents_of(place)));
        for (int g = 0; g < cohorts.communities; ++g) {
            const double share = static_cast<double>(cohorts.residents_of(place, g)) / all;
            for (int f = 0; f < setup.actors.factions(); ++f) {
                const auto& faction = parameters.factions[static_cast<std::size_t>(f)];
                sympathy.kin(place, f) +=
                    static_cast<float>(share * std::max(0.0, faction.affinity[static_cast<std::size_t>(g)]));
                sympathy.suspected(place, f) +=
                    static_cast<float>(share * faction.suspicion[static_cast<std::size_t>(g)]);
            }
        }
    }
    sympathy.support.setZero(setup.places(), setup.actors.authorities);
    for (int f = 0; f < setup.actors.factions(); ++f) {
        const int organisation = setup.actors.organisation_of[static_cast<std::size_t>(f)];
        const int authority = setup.actors.authority[static_cast<std::size_t>(organisation)];
        if (authority >= 0) sympathy.support.col(authority) = sympathy.support.col(authority).max(sympathy.kin.col(f));
    }
}

}  // namespace sahelsim::model
