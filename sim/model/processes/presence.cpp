#include "model/processes/presence.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace sahelsim::model {

namespace {

/// Persons of each faction at the places themselves; whole persons are counted, so that the order of units is of no
/// importance. Who hides for good until his time comes is not seen.
void count_standing(const Setup& setup, const Step& step, const Units& units, Field& standing) {
    standing.setZero(setup.places(), setup.actors.factions());
    for (int u = 0; u < units.size(); ++u) {
        const auto i = static_cast<std::size_t>(u);
        if (units.latent_until[i] <= step.day)
            standing(units.place[i], units.faction[i]) += static_cast<float>(units.strength(u));
    }
}

Field by_organisation(const Setup& setup, const Field& of_faction) {
    Field sums = Field::Zero(of_faction.rows(), setup.actors.organisations);
    for (Eigen::Index place = 0; place < of_faction.rows(); ++place) {
        for (int f = 0; f < setup.actors.factions(); ++f)
            sums(place, setup.actors.organisation_of[static_cast<std::size_t>(f)]) += of_faction(place, f);
    }
    return sums;
}

/// Openly and covertly present fighters of the organisations.
void tell_apart(const Setup& setup, const Parameters& parameters, Presence& presence) {
    struct Shares {
        int faction, organisation;
        float overt, covert;
    };
    std::vector<Shares> shares;
    for (int f = 0; f < setup.actors.factions(); ++f) {
        const auto overtness = static_cast<float>(parameters.factions[static_cast<std::size_t>(f)].overtness);
        shares.push_back({f, setup.actors.organisation_of[static_cast<std::size_t>(f)], overtness, 1.0F - overtness});
    }
    presence.overt.setZero(setup.places(), setup.actors.organisations);
    presence.covert.setZero(setup.places(), setup.actors.organisations);
    for (int place = 0; place < setup.places(); ++place) {
        for (const auto& share : shares) {
            const float fighters = presence.of_faction(place, share.faction);
            if (fighters == 0.0F) continue;
            presence.overt(place, share.organisation) += share.overt * fighters;
            presence.covert(place, share.organisation) += share.covert * fighters;
        }
    }
}

void spread(const Setup& setup, const Step& step, const Kernel& kernel, const Field& standing, Field& felt) {
    felt.setZero(standing.rows(), standing.cols());
    std::vector<std::pair<int, float>> there;  // factions and their persons: few of all
    for (int from = 0; from < setup.places(); ++from) {
        there.clear();
        for (int f = 0; f < setup.actors.factions(); ++f) {
            if (standing(from, f) != 0.0F) there.emplace_back(f, standing(from, f));
        }
        if (there.empty()) continue;
        kernel.for_each(setup, step.season, from, [&](int place, float weight) {
            for (const auto& [faction, persons] : there) felt(place, faction) += weight * persons;
        });
    }
}

using Hostility = std::vector<Eigen::MatrixXf>;

/// [zone]: [organisation, organisation], 0 ... 1.
Hostility hostility_of(const Setup& setup, const Relations& relations) {
    Hostility hostility;
    for (int z = 0; z < setup.zones(); ++z)
        hostility.emplace_back((-relations.zone(z)).max(0.0).cast<float>().matrix());
    return hostility;
}

void weigh_opponents(const Setup& setup, const Hostility& hostility, const Field& felt, Field& opponents) {
    opponents.setZero(felt.rows(), felt.cols());
    for (Eigen::Index place = 0; place < felt.rows(); ++place) {
        if ((felt.row(place) == 0.0F).all()) continue;
        const auto zone = static_cast<std::size_t>(setup.zone_of[static_cast<std::size_t>(place)]);
        opponents.row(place).matrix().noalias() = felt.row(place).matrix() * hostility[zone];
    }
}

/// An organisation that others' aircraft threaten, and how hostile it is to them.
struct Threatened {
    int organisation = 0;
    double hostility = 0.0;
};

/// [zone]: those whom an organisation's aircraft threaten there.
std::vector<std::vector<Threatened>> threatened_by(const Setup& setup, const Relations& relations, int organisation) {
    std::vector<std::vector<Threatened>> threatened(static_cast<std::size_t>(setup.zones()));
    for (int z = 0; z < setup.zones(); ++z) {
        for (int o = 0; o < setup.actors.organisations; ++o) {
            const double relation = relations.in_zone(z, o, organisation);
            if (relation < 0.0) threatened[static_cast<std::size_t>(z)].push_back({o, -relation});
        }
    }
    return threatened;
}

void update_air_threat(const Setup& setup, const Parameters& parameters, const Relations& relations,
                       const std::vector<Partner>& partners, const Units& units, Presence& presence) {
    auto& threat = presence.air_threat;
    threat.setZero(setup.places(), setup.actors.organisations);
    std::vector<std::vector<std::vector<Threatened>>> threatened(
        static_cast<std::size_t>(setup.actors.organisations));  // [organisation]
    for (const int u : units.by_key) {
        const auto i = static_cast<std::size_t>(u);
        if (units.type[i] != UnitType::air) continue;
        const auto& owner = partners[static_cast<std::size_t>(units.faction[i])];
        const bool leaving = owner.phase == PartnerPhase::announced || owner.phase == PartnerPhase::drawdown;
        const double reckoned = leaving ? 1.0 - parameters.government.partners.anticipation : 1.0;
        auto& by_zone = threatened[static_cast<std::size_t>(units.organisation[i])];
        if (by_zone.empty()) by_zone = threatened_by(setup, relations, units.organisation[i]);
        const auto& reach = presence.air_reach.from(setup, units.base[i], parameters.gathering.air_threat_reach);
        for (int place = 0; place < setup.places(); ++place) {
            const int zone = setup.zone_of[static_cast<std::size_t>(place)];
            for (const auto& [o, hostility] : by_zone[static_cast<std::size_t>(zone)]) {
                // Several aircraft threaten as independent chances do.
                threat(place, o) += (1.0F - threat(place, o)) * static_cast<float>(hostility * reach(place) * reckoned);
            }
        }
    }
}

}  // namespace

void update_presence(const Setup& setup, const Step& step, const Parameters& parameters, const Mechanisms& mechanisms,
                     const Relations& relations, const std::vector<Partner>& partners,
                     const engine::RandomSource& random, const Kernel& kernel, const Units& units, Presence& presence) {
    count_standing(setup, step, units, presence.standing);
    spread(setup, step, kernel, presence.standing, presence.of_faction);
    tell_apart(setup, parameters, presence);
    const auto hostility = hostility_of(setup, relations);
    weigh_opponents(setup, hostility, by_organisation(setup, presence.standing), presence.standing_opponents);
    weigh_opponents(setup, hostility, presence.overt, presence.overt_opponents);
    weigh_opponents(setup, hostility, presence.covert, presence.covert_opponents);
    if (mechanisms.air_power) {
        update_air_threat(setup, parameters, relations, partners, units, presence);
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
    const int factions = setup.actors.factions();
    using Table = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;  // [community, faction]
    Table kinship(cohorts.communities, factions);
    Table suspicion(cohorts.communities, factions);
    for (int f = 0; f < factions; ++f) {
        const auto& faction = parameters.factions[static_cast<std::size_t>(f)];
        for (int g = 0; g < cohorts.communities; ++g) {
            kinship(g, f) = std::max(0.0, faction.affinity[static_cast<std::size_t>(g)]);
            suspicion(g, f) = faction.suspicion[static_cast<std::size_t>(g)];
        }
    }
    sympathy.kin.setZero(setup.places(), factions);
    sympathy.suspected.setZero(setup.places(), factions);
    for (int place = 0; place < setup.communes(); ++place) {
        const auto all = static_cast<double>(std::max<std::int64_t>(1, cohorts.residents_of(place)));
        for (int g = 0; g < cohorts.communities; ++g) {
            const double share = static_cast<double>(cohorts.residents_of(place, g)) / all;
            if (share == 0.0) continue;
            sympathy.kin.row(place) += (share * kinship.row(g)).cast<float>();
            sympathy.suspected.row(place) += (share * suspicion.row(g)).cast<float>();
        }
    }
}

}  // namespace sahelsim::model
