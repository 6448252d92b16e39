#include "model/people_parameters.h"

#include "scenario/binding.h"

namespace sahelsim::model {

namespace {

using scenario::Binding;
using scenario::ParameterType;

using R = ReactionParameters;
constexpr std::array reaction_rows = {
    Binding<R>{&R::grievance_half_life, "reactions.grievance_half_life", "days", 1, 36500,
               "Time in which grievance towards a side falls by half without new harm."},
    Binding<R>{&R::fear_half_life, "reactions.fear_half_life", "days", 1, 3650,
               "Time in which fear of a side falls by half without new harm."},
    Binding<R>{&R::reach, "reactions.reach", "h", 0.1, 12,
               "Travel time over which grievance and fear from an act fall to 1/e."},
    Binding<R>{&R::grievance_per_victim, "reactions.grievance_per_victim", "1", 0, 10,
               "Part of full grievance that one victim adds among the victim's community in the same commune."},
    Binding<R>{&R::fear_per_victim, "reactions.fear_per_victim", "1", 0, 10,
               "Part of full fear that one victim adds among the victim's community in the same commune."},
    Binding<R>{&R::injured_weight, "reactions.injured_weight", "1", 0, 10, "An injured person against one killed."},
    Binding<R>{&R::abducted_weight, "reactions.abducted_weight", "1", 0, 10, "An abducted person against one killed."},
    Binding<R>{&R::fight_death_weight, "reactions.fight_death_weight", "1", 0, 10,
               "A fighter killed nearby against a civilian killed, for the fear of those who live there."},
    Binding<R>{&R::out_group_weight, "reactions.out_group_weight", "1", 1, 100,
               "Grievance at harm by a side without affinity to the harmed against harm by their own side."},
    Binding<R>{&R::bystander_weight, "reactions.bystander_weight", "1", 0, 1,
               "Grievance and fear of other communities in the place against those of the victims' community."},
    Binding<R>{&R::siege_victims, "reactions.siege_victims", "1/day", 0, 10,
               "A day of siege against one killed, for those besieged."},
    Binding<R>{&R::support_loss, "reactions.support_loss", "1", 0, 10,
               "How much of full affinity a full grievance takes from the support of a side."},
    Binding<R>{
        &R::provocation, "reactions.provocation", "1", 0, 100,
        "How much full grievance of a victim's community towards the perpetrator multiplies what the harm provokes, "
        "above one."},
    Binding<R>{&R::fear_silence, "reactions.fear_silence", "1", 0, 20,
               "Exponential fall of tips to an authority with the fear of its opponents."},
};

using C = RecruitmentParameters;
constexpr std::array recruitment_rows = {
    Binding<C>{&C::youth_share, "recruitment.youth_share", "share", 0, 1, "Men of 15 to 35 years among residents."},
    Binding<C>{&C::reach_half, "recruitment.reach_half", "fighters", 0.1, 10000,
               "Presence of a faction at which half of the young men are within its reach."},
    Binding<C>{&C::base, "recruitment.base", "1", -20, 20, "Log-odds of joining on contact without any motive."},
    Binding<C>{&C::harm_weight, "recruitment.harm_weight", "1", 0, 20,
               "Weight of grievance towards the faction's opponents."},
    Binding<C>{&C::protection_weight, "recruitment.protection_weight", "1", 0, 20,
               "Weight of the fear of the faction's opponents from whom nobody protects."},
    Binding<C>{&C::income_weight, "recruitment.income_weight", "1", 0, 20, "Weight of economic stress."},
    Binding<C>{&C::peer_weight, "recruitment.peer_weight", "1", 0, 20, "Weight of peers who have joined already."},
    Binding<C>{&C::peer_half, "recruitment.peer_half", "persons", 0.1, 10000,
               "Members from the same community and commune at which peers have half of their effect."},
    Binding<C>{&C::affinity_weight, "recruitment.affinity_weight", "1", 0, 20,
               "Weight of the community's affinity to the faction."},
    Binding<C>{&C::risk_weight, "recruitment.risk_weight", "1", 0, 20,
               "Weight of the opponents' part among the armed of the place."},
    Binding<C>{&C::aversion_weight, "recruitment.aversion_weight", "1", 0, 20,
               "Weight of grievance towards the faction's own side."},
    Binding<C>{&C::wealth_spread, "recruitment.wealth_spread", "1", 0, 1,
               "How much more economic stress moves the poorest third, and less the richest, as a share."},
    Binding<C>{&C::mix_spread, "recruitment.mix_spread", "1", 0, 1,
               "How far a cohort's weights of harm, protection, income and peers may lie from the mean, as a share."},
};

using D = DesertionParameters;
constexpr std::array desertion_rows = {
    Binding<D>{&D::morale_weight, "desertion.morale_weight", "1", 0, 1000,
               "How much a unit without morale raises its members' rate of leaving, above one."},
    Binding<D>{&D::hunger_weight, "desertion.hunger_weight", "1", 0, 1000,
               "How much a unit without supply raises its members' rate of leaving, above one."},
    Binding<D>{&D::unpaid_weight, "desertion.unpaid_weight", "1", 0, 1000,
               "How much members beyond what a faction can sustain raise the rate of leaving, above one."},
};

using M = DisplacementParameters;
constexpr std::array displacement_rows = {
    Binding<M>{&M::flight_rate, "displacement.flight_rate", "1/year", 0, 1000, "Rate of leaving home in full danger."},
    Binding<M>{&M::household, "displacement.household", "persons", 1, 100, "People who flee and return together.",
               ParameterType::integer},
    Binding<M>{&M::reach, "displacement.reach", "h", 0.1, 12,
               "Travel time over which the pull of a refuge falls to 1/e."},
    Binding<M>{&M::kin_pull, "displacement.kin_pull", "1", 0, 1000,
               "Pull of a resident of one's own community against any other resident, above one."},
    Binding<M>{&M::town_pull, "displacement.town_pull", "1", 0, 1000,
               "Pull of a resident of a town against one of a village, above one."},
    Binding<M>{&M::border_pull, "displacement.border_pull", "persons", 0, 1e7,
               "Residents whose pull that of a border zone with its camps is worth."},
    Binding<M>{&M::return_rate, "displacement.return_rate", "1/year", 0, 1000,
               "Rate of returning to a home in full calm."},
    Binding<M>{&M::siege_hold, "displacement.siege_hold", "share", 0, 1, "Flight that a siege prevents."},
    Binding<M>{&M::calm, "displacement.calm", "1", 0.001, 1, "Danger at home above which nobody returns."},
};

using S = SpreadParameters;
constexpr std::array spread_rows = {
    Binding<S>{&S::reach, "spread.reach", "h", 0.1, 12, "Travel time over which the seeding of new areas falls to 1/e."},
    Binding<S>{&S::long_share, "spread.long_share", "share", 0, 1,
               "New areas that lie anywhere in the country rather than near."},
    Binding<S>{&S::founders, "spread.founders", "persons", 1, 100, "Members who settle in a new area.",
               ParameterType::integer},
    Binding<S>{&S::latent_time, "spread.latent_time", "days", 1, 3650,
               "Mean time from settling to open activity, beyond the least time."},
    Binding<S>{&S::latent_least, "spread.latent_least", "days", 0, 3650, "Least time from settling to open activity."},
    Binding<S>{&S::network_weight, "spread.network_weight", "1", 0, 1000,
               "Pull of people close to the faction against that of others, above one."},
};

using V = RivalryParameters;
constexpr std::array rivalry_rows = {
    Binding<V>{&V::common_enemy, "rivalry.common_enemy", "1/year", 0, 100,
               "Rate at which a common enemy in full strength mends a relation."},
    Binding<V>{&V::overlap, "rivalry.overlap", "1/year", 0, 100, "Rate at which full overlap spoils a relation."},
    Binding<V>{&V::overlap_half, "rivalry.overlap_half", "fighters", 0.1, 10000,
               "Fighters of the weaker side at which overlap in a commune has half of its effect."},
    Binding<V>{&V::land_weight, "rivalry.land_weight", "1", 0, 100,
               "How much full stress on pasture multiplies the effect of overlap, above one."},
    Binding<V>{&V::defection, "rivalry.defection", "1", 0, 1,
               "Fall of the relation with each fighter who changes sides."},
    Binding<V>{&V::battle, "rivalry.battle", "1", 0, 1, "Fall of the relation with each battle between the two."},
    Binding<V>{&V::contagion, "rivalry.contagion", "1/year", 0, 100,
               "Rate at which a zone's relation moves towards that of its neighbours."},
    Binding<V>{&V::talks, "rivalry.talks", "1/year", 0, 100,
               "Rate at which talks of one of the two that are fully known spoil their relation."},
    Binding<V>{&V::talks_half, "rivalry.talks_half", "accords", 0.1, 1000,
               "Local talks and accords in a zone that are known half as well as talks with the government."},
    Binding<V>{&V::hardliners, "rivalry.hardliners", "1", 0, 1000,
               "How much talks that are fully known multiply the rate at which units go over to a rival, above one."},
};

using L = LandParameters;
constexpr std::array land_rows = {
    Binding<L>{&L::reach, "land.reach", "h", 0.1, 12, "Travel time over which herds that come to graze fall to 1/e."},
    Binding<L>{
        &L::dispute_rate, "land.dispute_rate", "1/year", 0, 1000,
        "Disputes a year per 1,000 residents, half of them farmers and half herders, under full stress on pasture "
        "and without anybody to arbitrate."},
    Binding<L>{
        &L::provocation, "land.provocation", "1", 0, 100,
        "Provocation of a dispute to an organisation fully close to one side and fully suspicious of the other."},
    Binding<L>{&L::revenge_weight, "land.revenge_weight", "1", 0, 100,
               "How much full stress on pasture multiplies what harm provokes, above one."},
};

using P = DemographyParameters;
constexpr std::array demography_rows = {
    Binding<P>{&P::births, "demography.births", "1/year", 0, 0.2, "Births per resident."},
    Binding<P>{&P::deaths, "demography.deaths", "1/year", 0, 0.2, "Deaths per resident from other causes than the war."},
};

using I = ImprisonmentParameters;
constexpr std::array imprisonment_rows = {
    Binding<I>{&I::captured_share, "imprisonment.captured_share", "share", 0, 1,
               "Wounded of a beaten group who are taken prisoner by forces of the state."},
    Binding<I>{&I::time, "imprisonment.time", "days", 1, 36500, "Mean time until a prisoner is released."},
};

std::vector<double> read_authorities(const scenario::Scenario& scenario, const scenario::ParameterSet& values,
                                     const char* name) {
    std::vector<double> found;
    for (const auto& authority : scenario.authorities) {
        const auto* record = values.find(fmt::format("authority.{}.{}", authority.id, name));
        found.push_back(record != nullptr ? record->value : 0.0);
    }
    return found;
}

std::vector<std::vector<double>> read_pairs(const scenario::Scenario& scenario, const scenario::ParameterSet& values,
                                            const char* prefix, double otherwise) {
    std::vector<std::vector<double>> found;
    for (const auto& from : scenario.organisations) {
        auto& row = found.emplace_back();
        for (const auto& to : scenario.organisations) {
            const auto* record = values.find(fmt::format("{}.{}.{}", prefix, from.id, to.id));
            row.push_back(record != nullptr ? record->value : otherwise);
        }
    }
    return found;
}

}  // namespace

void declare_people_parameters(std::vector<scenario::ParameterDeclaration>& all) {
    scenario::declare<R>(all, reaction_rows);
    scenario::declare<C>(all, recruitment_rows);
    scenario::declare<D>(all, desertion_rows);
    scenario::declare<M>(all, displacement_rows);
    scenario::declare<S>(all, spread_rows);
    scenario::declare<V>(all, rivalry_rows);
    scenario::declare<L>(all, land_rows);
    scenario::declare<P>(all, demography_rows);
    scenario::declare<I>(all, imprisonment_rows);
    const auto pattern = [&all](const char* name, const char* unit, double lower, double upper, const char* meaning) {
        all.push_back({name, ParameterType::real, unit, lower, upper, meaning, false});
    };
    pattern("authority.{authority}.services", "1/year", 0, 100,
            "Rate at which the authority's courts, services and order heal grievance towards it where it has full "
            "control; none stated: 0.");
    pattern("authority.{authority}.coercion", "1/year", 0, 100,
            "Rate at which its forced rules, taxes and punishments raise grievance where it has full control; none "
            "stated: 0.");
    pattern("authority.{authority}.arbitration", "share", 0, 1,
            "Disputes over land that the authority settles where it has full control; none stated: 0.");
    pattern("land.herders_fed.{ecology}.{season}", "persons/km2", 0.001, 1000,
            "Herding people whose animals the land can feed.");
    pattern("land.calendar.{season}", "1", 0, 10, "Factor on disputes by what stands in the fields.");
    pattern("rivalry.volatility.{organisation}.{organisation}", "1/sqrt(year)", 0, 10,
            "Spread of unexplained changes of the relation; a pair without a record keeps its relation for good.");
    pattern("defection.{organisation}.{organisation}", "1/year", 0, 10,
            "Rate at which units of the first go over to the second where only the second is around; none stated: 0.");
}

PeopleParameters read_people_parameters(const scenario::Scenario& scenario, const scenario::ParameterSet& values) {
    PeopleParameters p;
    scenario::read<R>(values, reaction_rows, p.reactions);
    scenario::read<C>(values, recruitment_rows, p.recruitment);
    scenario::read<D>(values, desertion_rows, p.desertion);
    scenario::read<M>(values, displacement_rows, p.displacement);
    scenario::read<S>(values, spread_rows, p.spread);
    scenario::read<V>(values, rivalry_rows, p.rivalry);
    scenario::read<L>(values, land_rows, p.land);
    scenario::read<P>(values, demography_rows, p.demography);
    scenario::read<I>(values, imprisonment_rows, p.imprisonment);
    p.reactions.services = read_authorities(scenario, values, "services");
    p.reactions.coercion = read_authorities(scenario, values, "coercion");
    p.land.arbitration = read_authorities(scenario, values, "arbitration");
    for (std::size_t s = 0; s < world::season_names.size(); ++s) {
        p.land.calendar[s] = scenario::required_value(values, fmt::format("land.calendar.{}", world::season_names[s]));
        for (std::size_t e = 0; e < world::ecology_names.size(); ++e) {
            p.land.herders_fed[e][s] = scenario::required_value(
                values, fmt::format("land.herders_fed.{}.{}", world::ecology_names[e], world::season_names[s]));
        }
    }
    p.volatility = read_pairs(scenario, values, "rivalry.volatility", -1.0);
    for (std::size_t a = 0; a < p.volatility.size(); ++a) {
        for (std::size_t b = 0; b < a; ++b) {
            p.volatility[a][b] = p.volatility[b][a] = std::max(p.volatility[a][b], p.volatility[b][a]);
        }
    }
    p.defection = read_pairs(scenario, values, "defection", 0.0);
    return p;
}

}  // namespace sahelsim::model
