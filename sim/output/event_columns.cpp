#include "output/event_columns.h"

namespace sahelsim::output {

namespace {

using model::Event;
using model::Labels;

const Labels::Commune& commune_of(const Event& event, const Labels& labels) {
    return labels.communes[static_cast<std::size_t>(event.commune)];
}

EventColumn column(const char* name, Type type, Role role, const char* units, const char* long_name,
                   const char* comment, Codes codes, double (*value)(const Event&, int, const Labels&)) {
    return {{"/events", name, type, {"event"}, role, units, long_name, comment, codes}, value};
}

EventColumn number(const char* name, const char* units, const char* long_name, const char* comment,
                   double (*value)(const Event&, int, const Labels&)) {
    return column(name, Type::int32, Role::data, units, long_name, comment, Codes::none, value);
}

EventColumn code(const char* name, Codes codes, const char* long_name, const char* comment,
                 double (*value)(const Event&, int, const Labels&)) {
    return column(name, has_fixed_meanings(codes) ? Type::int8 : Type::int16, Role::data, "", long_name, comment, codes,
                  value);
}

std::vector<EventColumn> declare() {
    return {
        number("run", "1", "run", "Position along the dimension run of the other groups.",
               [](const Event&, int run, const Labels&) -> double { return run; }),
        number("id", "1", "number of the event in its run", "From 0 in each run, in the order of happening.",
               [](const Event& e, int, const Labels&) -> double { return e.id; }),
        column("time", Type::int32, Role::coordinate, "days since 1970-01-01", "day of the event", "", Codes::none,
               [](const Event& e, int, const Labels&) -> double { return e.day; }),
        column("longitude", Type::float64, Role::coordinate, "degrees_east", "longitude of the commune", "",
               Codes::none, [](const Event& e, int, const Labels& l) { return commune_of(e, l).longitude; }),
        column("latitude", Type::float64, Role::coordinate, "degrees_north", "latitude of the commune", "", Codes::none,
               [](const Event& e, int, const Labels& l) { return commune_of(e, l).latitude; }),
        number("commune", "1", "commune", "Position in the group /communes.",
               [](const Event& e, int, const Labels&) -> double { return e.commune; }),
        code("cercle", Codes::cercle, "cercle", "Position in the group /cercles; -1 in a border zone abroad.",
             [](const Event& e, int, const Labels& l) -> double { return commune_of(e, l).cercle; }),
        code("type", Codes::event_type, "type of event", "",
             [](const Event& e, int, const Labels&) -> double { return static_cast<int>(e.type); }),
        code("subtype", Codes::event_subtype, "sub-type of event",
             "Sub-types of ACLED's codebook; sieges, abandoned bases, deployments, withdrawals, disputes over land, "
             "groups "
             "that form and units that change sides are strategic developments, which ACLED files under other.",
             [](const Event& e, int, const Labels&) -> double { return static_cast<int>(e.subtype); }),
        code("violence", Codes::violence_type, "type of organised violence", "Types of UCDP.",
             [](const Event& e, int, const Labels&) -> double { return static_cast<int>(e.violence); }),
        code("actor1", Codes::organisation, "organisation that acted", "Position along the dimension organisation.",
             [](const Event& e, int, const Labels&) -> double { return e.actor1; }),
        code("actor2", Codes::organisation, "organisation acted upon",
             "Position along the dimension organisation; -1 where civilians or nobody were acted upon.",
             [](const Event& e, int, const Labels&) -> double { return e.actor2; }),
        code("faction1", Codes::faction, "faction of the organisation that acted", "",
             [](const Event& e, int, const Labels&) -> double { return e.faction1; }),
        code("community", Codes::community, "community of the civilian victims",
             "The largest group of them; -1 where no civilian was harmed.",
             [](const Event& e, int, const Labels&) -> double { return e.community; }),
        code("community2", Codes::community, "community of the other party to a dispute over land",
             "The herders', while community is the farmers'; -1 in all other events.",
             [](const Event& e, int, const Labels&) -> double { return e.community2; }),
        number("deaths_actor1", "person", "killed on the side that acted", "",
               [](const Event& e, int, const Labels&) -> double { return e.deaths_actor1; }),
        number("deaths_actor2", "person", "killed on the side acted upon", "Members of actor2; civilians are apart.",
               [](const Event& e, int, const Labels&) -> double { return e.deaths_actor2; }),
        number("civilians_killed", "person", "civilians killed", "",
               [](const Event& e, int, const Labels&) -> double { return e.civilians_killed; }),
        number("civilians_injured", "person", "civilians injured", "",
               [](const Event& e, int, const Labels&) -> double { return e.civilians_injured; }),
        number("civilians_abducted", "person", "civilians abducted", "",
               [](const Event& e, int, const Labels&) -> double { return e.civilians_abducted; }),
        code("cause_kind", Codes::cause_kind, "what provoked the event",
             "An earlier event of the same run, an intervention of the scenario, or nothing in particular.",
             [](const Event& e, int, const Labels&) -> double { return static_cast<int>(e.cause_kind); }),
        number("cause", "1", "which event or intervention provoked it",
               "The id of an event of the same run, or a position along the dimension intervention of /scenario; "
               "-1: neither.",
               [](const Event& e, int, const Labels&) -> double { return e.cause; }),
    };
}

}  // namespace

const std::vector<EventColumn>& event_columns() {
    static const std::vector<EventColumn> columns = declare();
    return columns;
}

}  // namespace sahelsim::output
