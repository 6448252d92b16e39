#include "model/processes/presence.h"

#include <algorithm>

#include "engine/mathematics.h"

namespace sahelsim::model {

namespace {

/// Persons of each faction at the places themselves; whole persons are counted, so that the order of units is of no
/// importance. Who hides for good until his time comes is not seen.
Field count_standing(const Setup& setup, const Step& step, const Units& units) {
    Eigen::ArrayXXi persons = Eigen::ArrayXXi::Zero(setup.places(), setup.actors.factions());
    for (int u = 0; u < units.size(); ++u) {
        const auto i = static_cast<std::size_t>(u);
        if (units.latent_until[i] <= step.day) persons(units.place[i], units.faction[i]) += units.strength(u);
    }
    return persons.cast<float>();
}

Field by_organisation(const Setup& setup, const Field& of_faction) {
    Field sums = Field::Zero(of_faction.rows(), setup.actors.organisations);
    for (int f = 0; f < setup.actors.factions(); ++f)
        sums.col(setup.actors.organisation_of[static_cast<std::size_t>(f)]) += of_faction.col(f);
    return sums;
}

/// Openly and covertly present fighters of the organisations.
void tell_apart(const Setup& setup, const Parameters& parameters, Presence& presence) {
    presence.overt.setZero(setup.places(), setup.actors.organisations);
    presence.covert.setZero(setup.places(), setup.actors.organisations);
    for (int f = 0; f < setup.actors.factions(); ++f) {
        const auto overtness = static_cast<float>(parameters.factions[static_cast<std::size_t>(f)].overtness);
        const int organisation = setup.actors.organisation_of[static_cast<std::size_t>(f)];
        presence.overt.col(organisation) += overtness * presence.of_faction.col(f);
        presence.covert.col(organisation) += (1.0F - overtness) * presence.of_faction.col(f);
    }
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

void weigh_opponents(const Setup& setup, const Relations& relations, const Field& felt, Field& opponents) {
    std::vector<Eigen::MatrixXf> hostility;
    for (int z = 0; z < setup.zones(); ++z)
        hostility.emplace_back((-relations.zone(z)).max(0.0).cast<float>().matrix());
    opponents.resize(felt.rows(), felt.cols());
    for (Eigen::Index place = 0; place < felt.rows(); ++place) {
        const auto zone = static_cast<std::size_t>(setup.zone_of[static_cast<std::size_t>(place)]);
        opponents.row(place).matrix().noalias() = felt.row(place).matrix() * hostility[zone];
    }
}

void update_air_threat(const Setup& setup, const Parameters& parameters, const Relations& relations,
                       const std::vector<Partner>& partners, const Units& units, Field& threat) {
    threat.setZero(setup.places(), setup.actors.organisations);
    for (const int u : units.by_key) {
        const auto i = static_cast<std::size_t>(u);
        if (units.type[i] != UnitType::air) continue;
        const auto& owner = partners[static_cast<std::size_t>(units.faction[i])];
        const bool leaving = owner.phase == PartnerPhase::announced || owner.phase == PartnerPhase::drawdown;
        const double reckoned = leaving ? 1.0 - parameters.government.partners.anticipation : 1.0;
        for (int place = 0; place < setup.places(); ++place) {
            const double reach =
                engine::exponential(-setup.air_km(units.base[i], place) / parameters.gathering.air_threat_reach);
            for (int o = 0; o < setup.actors.organisations; ++o) {
                const double relation = relations.at(setup, place, o, units.organisation[i]);
                if (relation >= 0.0) continue;
                // Several aircraft threaten as independent chances do.
                threat(place, o) += (1.0F - threat(place, o)) * static_cast<float>(-relation * reach * reckoned);
            }
        }
    }
}

}  // namespace

void update_presence(const Setup& setup, const Step& step, const Parameters& parameters, const Mechanisms& mechanisms,
                     const Relations& relations, const std::vector<Partner>& partners,
                     const engine::RandomSource& random, const Kernel& kernel, const Units& units, Presence& presence) {
    presence.standing = count_standing(setup, step, units);
    presence.of_faction = spread(setup, step, kernel, presence.standing);
    tell_apart(setup, parameters, presence);
    weigh_opponents(setup, relations, by_organisation(setup, presence.standing), presence.standing_opponents);
    weigh_opponents(setup, relations, presence.overt, presence.overt_opponents);
    weigh_opponents(setup, relations, presence.covert, presence.covert_opponents);
    if (mechanisms.air_power) {
        update_air_threat(setup, parameters, relations, partners, units, presence.air_threat);
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
}

}  // namespace sahelsim::model
