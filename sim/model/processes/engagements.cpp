#include "model/processes/engagements.h"

#include <algorithm>

#include "model/battle.h"
#include "model/event_log.h"
#include "model/groups.h"
#include "model/knowledge.h"
#include "model/truces.h"

namespace sahelsim::model {

namespace {

enum Purpose : std::uint64_t { kFight = 0, kSupportOfAttackers = 1, kSupportOfDefenders = 2 };

/// The attacker's action of today and what it works with.
class Engagement {
   public:
    Engagement(const Setup& setup, const Step& step, const Occupants& occupants, State& state, int unit)
        : setup_(setup),
          step_(step),
          occupants_(occupants),
          state_(state),
          unit_(unit),
          place_(state.units.target[static_cast<std::size_t>(unit)]),
          action_(state.units.action[static_cast<std::size_t>(unit)]),
          faction_(state.units.faction[static_cast<std::size_t>(unit)]),
          draws_(stream(state.random, Process::engagements, static_cast<std::uint64_t>(step.day),
                        state.units.key[static_cast<std::size_t>(unit)])) {
        attackers_.leader = unit;
        attackers_.place = place_;
        attackers_.fighters = group_strength(state.units, unit);
    }

    void run() {
        switch (action_) {
            case Action::ambush:
                ambush();
                break;
            case Action::assault:
                attack_base(0);
                break;
            case Action::coordinated_attack:
                attack_base(static_cast<int>(parameters().engagement.coordinated_free_rounds));
                break;
            case Action::ied:
                lay_device();
                break;
            case Action::rival_attack:
                attack_rivals();
                break;
            case Action::sweep:
                search();
                break;
            case Action::air_strike:
                strike();
                break;
            case Action::raid:
                meet_defenders();
                break;
            case Action::siege:
                begin_siege();
                break;
            default:
                break;
        }
    }

   private:
    [[nodiscard]] const Parameters& parameters() const { return state_.parameters; }
    [[nodiscard]] Party find(Quarry quarry) {
        return find_opponent(setup_, step_, parameters(), state_.relations, state_.units, occupants_, unit_, place_,
                             quarry, draws_, defies() ? nullptr : &state_.truces);
    }

    [[nodiscard]] bool defies() const { return state_.units.defies[static_cast<std::size_t>(unit_)] != 0; }
    [[nodiscard]] bool spares_villagers_here() const {
        return !defies() && spares_villagers(state_.truces, faction_, place_);
    }
    void note_if_violation(int opponent, int place, std::int32_t event) {
        if (!defies()) return;
        note_violation(state_.truces, faction_, state_.units.faction[static_cast<std::size_t>(opponent)], place, event);
    }

    void ambush() {
        const Party target = find(Quarry::on_the_road);
        if (target.leader < 0) return;
        Side hunters = make_side(parameters(), state_.units, attackers_);
        Side column = make_side(parameters(), state_.units, target);
        column.blind = true;
        column.hit_rate = parameters().engagement.area_fire;
        column.silent_rounds = static_cast<int>(parameters().engagement.ambush_free_rounds);
        clash(target, hunters, column, EventSubtype::armed_clash);
    }

    void attack_base(int silent_rounds) {
        const Party target = find(Quarry::in_bases);
        if (target.leader < 0) return;
        Side assault = make_side(parameters(), state_.units, attackers_);
        Side defence = make_side(parameters(), state_.units, target);
        assault.hit_rate *= parameters().engagement.defender_cover;
        defence.silent_rounds = silent_rounds;
        clash(target, assault, defence, EventSubtype::non_state_actor_overtakes_territory);
    }

    void attack_rivals() {
        const Party target = find(Quarry::hidden);
        if (target.leader < 0) return;
        clash(target, make_side(parameters(), state_.units, attackers_), make_side(parameters(), state_.units, target),
              EventSubtype::armed_clash);
    }

    void search() {
        const Party target = find(Quarry::hidden);
        if (target.leader < 0) return;
        const double information = information_of(setup_, parameters(), state_.control, faction_, target.place);
        const double found = 1.0 - parameters().engagement.evasion * (1.0 - information);
        if (!engine::draw_bernoulli(draws_, found)) return;
        const bool governed = state_.units.action[static_cast<std::size_t>(target.leader)] == Action::govern;
        clash(target, make_side(parameters(), state_.units, attackers_), make_side(parameters(), state_.units, target),
              governed ? EventSubtype::government_regains_territory : EventSubtype::armed_clash);
    }

    void meet_defenders() {
        if (spares_villagers_here()) return;
        const Party target = find(Quarry::defenders);
        if (target.leader < 0) return;
        // Few do not stand up to many.
        const double stands = static_cast<double>(target.fighters) / (target.fighters + attackers_.fighters);
        if (!engine::draw_bernoulli(draws_, stands)) return;
        Side raiders = make_side(parameters(), state_.units, attackers_);
        raiders.hit_rate *= parameters().engagement.defender_cover;
        const bool beaten =
            clash(target, raiders, make_side(parameters(), state_.units, target), EventSubtype::armed_clash);
        if (beaten) state_.today.repelled.push_back(unit_);
    }

    /// Fights it out. `if_won` names the event if the attackers win; otherwise it is an armed clash. True if they broke.
    bool clash(const Party& target, Side attack, Side defence, EventSubtype if_won) {
        const auto& p = parameters().engagement;
        const double terrain = parameters().engagement.terrain[ecology_of(target.place)];
        attack.hit_rate *= terrain * air_support_for(unit_);
        defence.hit_rate *= terrain * air_support_for(target.leader);
        const FightOutcome outcome = fight(attack, defence, p.round_hours, static_cast<int>(p.maximum_rounds), draws_);
        Event event =
            make_event(step_, state_.units, unit_, EventType::battle, EventSubtype::armed_clash, target.place);
        const bool won = outcome.second_broke && !outcome.first_broke;
        if (won) event.subtype = if_won;
        event.actor2 = state_.units.organisation[static_cast<std::size_t>(target.leader)];
        event.violence = violence_between(event.actor1, event.actor2);
        event.deaths_actor1 = suffer(step_, state_, attackers_, outcome.hit_first, draws_);
        event.deaths_actor2 = suffer(step_, state_, target, outcome.hit_second, draws_);
        const int wounded_attackers = outcome.hit_first - event.deaths_actor1;
        const int wounded_defenders = outcome.hit_second - event.deaths_actor2;
        pursue(target, outcome, event);
        remember(target.leader, event.deaths_actor2, event.deaths_actor1);
        if (won) capture();
        if (state_.mechanisms.imprisonment) {
            if (outcome.second_broke && setup_.actors.is_state_force(event.actor1))
                take_prisoners(step_, state_, target, wounded_defenders);
            if (outcome.first_broke && setup_.actors.is_state_force(event.actor2))
                take_prisoners(step_, state_, attackers_, wounded_attackers);
        }
        if (outcome.first_broke) give_up();
        if (outcome.second_broke) drive_off(target);
        const std::int32_t id = log_event(setup_, state_, event);
        note_if_violation(target.leader, target.place, id);
        state_.today.fights.push_back({id, unit_, outcome.rounds * p.round_hours, 0, 0});
        return outcome.first_broke;
    }

    /// A side that breaks while the other stands loses men in flight.
    void pursue(const Party& target, const FightOutcome& outcome, Event& event) {
        if (outcome.first_broke == outcome.second_broke) return;
        const int first = attackers_.fighters - outcome.hit_first;
        const int second = target.fighters - outcome.hit_second;
        const double share = parameters().engagement.rout_share;
        if (outcome.second_broke) {
            event.deaths_actor2 +=
                kill_in_party(step_, state_, target, draw_killed_in_rout(second, first, share, draws_), draws_);
        } else {
            event.deaths_actor1 +=
                kill_in_party(step_, state_, attackers_, draw_killed_in_rout(first, second, share, draws_), draws_);
        }
    }

    [[nodiscard]] std::size_t ecology_of(int place) const {
        return static_cast<std::size_t>(setup_.geography.places[static_cast<std::size_t>(place)].ecology);
    }

    /// From a stream of its own, so that aircraft do not shift the draws of the fight.
    [[nodiscard]] double air_support_for(int supported) const {
        const auto key = state_.units.key[static_cast<std::size_t>(unit_)];
        const auto purpose = supported == unit_ ? kSupportOfAttackers : kSupportOfDefenders;
        auto draws = stream(state_.random, Process::engagements, static_cast<std::uint64_t>(step_.day), key, purpose);
        return air_support(setup_, parameters(), state_.mechanisms, state_.relations, state_.partners, state_.units,
                           supported, place_, draws);
    }

    void lay_device() {
        const auto& p = parameters().engagement;
        const Party traffic = find(Quarry::on_the_road);
        if (traffic.leader < 0 && spares_villagers_here()) return;
        if (!engine::draw_bernoulli(draws_, p.ied_trigger_share)) return;
        const bool civilians = engine::draw_bernoulli(draws_, p.ied_civilian_share);
        if (!civilians && traffic.leader < 0) return;
        // At least one victim; Poisson beyond that, with the stated mean.
        const int victims = 1 + engine::draw_poisson(draws_, p.ied_victims - 1.0);
        const int killed = engine::draw_binomial(draws_, victims, p.ied_killed_share);
        Event event = make_event(step_, state_.units, unit_, EventType::explosion_remote_violence,
                                 EventSubtype::remote_explosive, civilians ? place_ : traffic.place);
        if (civilians) {
            event.violence = ViolenceType::one_sided;
        } else {
            event.actor2 = state_.units.organisation[static_cast<std::size_t>(traffic.leader)];
            event.violence = violence_between(event.actor1, event.actor2);
            event.deaths_actor2 = kill_in_party(step_, state_, traffic, killed, draws_);
            remember(traffic.leader, event.deaths_actor2, 0);
        }
        const std::int32_t id = log_event(setup_, state_, event);
        if (!civilians) note_if_violation(traffic.leader, traffic.place, id);
        // Who dies is for `harm` to find out.
        if (civilians) state_.today.fights.push_back({id, unit_, 0.0, killed, victims - killed});
    }

    void strike() {
        const Party target = find(Quarry::hidden);
        const auto& own = parameters().factions[static_cast<std::size_t>(faction_)];
        const double information = information_of(setup_, parameters(), state_.control, faction_, place_);
        const bool found = engine::draw_bernoulli(draws_, parameters().engagement.strike_success * information);
        if (target.leader < 0 || !found) return;
        Event event = make_event(step_, state_.units, unit_, EventType::explosion_remote_violence,
                                 EventSubtype::air_drone_strike, target.place);
        event.actor2 = state_.units.organisation[static_cast<std::size_t>(target.leader)];
        event.violence = violence_between(event.actor1, event.actor2);
        event.deaths_actor2 =
            kill_in_party(step_, state_, target, engine::draw_poisson(draws_, own.strike_killed), draws_);
        remember(target.leader, event.deaths_actor2, 0);
        const std::int32_t id = log_event(setup_, state_, event);
        note_if_violation(target.leader, target.place, id);
        state_.today.fights.push_back({id, unit_, 0.0, 0, 0});
    }

    void begin_siege() {
        auto& siege = state_.sieges[static_cast<std::size_t>(place_)];
        if (siege.unit >= 0 || place_ >= setup_.communes() || spares_villagers_here()) return;
        siege = {unit_};
        const std::int32_t id = log_event(setup_, state_,
                                          make_event(step_, state_.units, unit_, EventType::strategic_development,
                                                     EventSubtype::siege_begun, place_));
        if (defies()) note_violation(state_.truces, faction_, kVillagers, place_, id);
    }

    /// UCDP: with the state or its partners as a party it is state-based.
    [[nodiscard]] ViolenceType violence_between(int first, int second) const {
        const auto of_state = [&](int organisation) { return setup_.actors.is_state_force(organisation); };
        return of_state(first) || of_state(second) ? ViolenceType::state_based : ViolenceType::non_state;
    }

    /// Both sides learn from what they were doing.
    void remember(int opponent, int opponents_killed, int own_killed) {
        credit(unit_, action_, opponents_killed, own_killed);
        credit(opponent, state_.units.action[static_cast<std::size_t>(opponent)], own_killed, opponents_killed);
    }

    void credit(int unit, Action action, int opponents_killed, int own_killed) {
        const auto faction = state_.units.faction[static_cast<std::size_t>(unit)];
        const auto a = static_cast<Eigen::Index>(index(action));
        state_.experience.opponents_killed(faction, a) += opponents_killed;
        state_.experience.own_killed(faction, a) += own_killed;
    }

    void capture() {
        auto& supply = state_.units.supply[static_cast<std::size_t>(unit_)];
        supply = std::min(1.0F, supply + static_cast<float>(parameters().engagement.captured_supply));
    }

    /// A beaten group goes home. A garrison that lost its post takes refuge in the cercle's seat until it decides anew.
    void drive_off(const Party& target) {
        if (!target.whole) return;
        auto& units = state_.units;
        const double days = parameters().decision.duration[index(Action::withdraw)];
        for_each_of_group(units, target.leader, [&](int u) {
            const auto i = static_cast<std::size_t>(u);
            const bool garrison = units.type[i] == UnitType::garrison;
            const int cercle = setup_.cercle_of[static_cast<std::size_t>(units.base[i])];
            units.action[i] = Action::rest;
            units.target[i] = units.base[i];
            units.place[i] = garrison ? setup_.geography.seat[static_cast<std::size_t>(cercle)] : units.base[i];
            units.arrival[i] = step_.day;
            units.end[i] =
                step_.day + 1 + (garrison ? static_cast<std::int32_t>(engine::draw_exponential(draws_, days)) : 0);
        });
    }

    void give_up() {
        for_each_of_group(state_.units, unit_,
                          [&](int u) { state_.units.end[static_cast<std::size_t>(u)] = step_.day + 1; });
    }

    const Setup& setup_;
    const Step& step_;
    const Occupants& occupants_;
    State& state_;
    int unit_;
    int place_;
    Action action_;
    int faction_;
    engine::RandomStream draws_;
    Party attackers_;
};

}  // namespace

void engage(const Setup& setup, const Step& step, State& state) {
    state.today.fights.clear();
    state.today.repelled.clear();
    if (state.today.arrived.empty()) return;
    const Occupants occupants(setup, state.units, step.day);
    for (const int unit : state.today.arrived) {
        const bool fit =
            state.units.type[static_cast<std::size_t>(unit)] == UnitType::air || group_strength(state.units, unit) > 0;
        if (fit) Engagement(setup, step, occupants, state, unit).run();
    }
    std::sort(state.today.repelled.begin(), state.today.repelled.end());
}

}  // namespace sahelsim::model
