#include "output/result_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "output/errors.h"

namespace sahelsim::output {

namespace {

using model::Event;
using scenario::Labelled;

// Days since 1970-01-01 of 1900-01-01 and 2199-12-31, as scenarios can have them.
constexpr int kFirstDay = -25567;
constexpr int kLastDay = 84005;
constexpr int kMost = 2'000'000'000;

int size_of(const auto& items) {
    return static_cast<int>(items.size());
}

int codes_of(Codes codes) {
    return size_of(meanings(codes, {}));
}

std::vector<Labelled> labelled(const FileReader& file, const std::string& variable) {
    const auto ids = file.texts(variable);
    const auto labels = file.texts(variable + "_label");
    if (ids.size() != labels.size()) file.damaged(variable + " and its labels differ in length");
    std::vector<Labelled> all;
    for (std::size_t i = 0; i < ids.size(); ++i) all.push_back({ids[i], labels[i]});
    return all;
}

/// Numbers in the order of first appearance.
std::vector<int> numbered(const std::vector<std::string>& names) {
    std::vector<int> numbers;
    for (const auto& name : names) {
        numbers.push_back(static_cast<int>(std::find(names.begin(), names.end(), name) - names.begin()));
    }
    return numbers;
}

std::vector<EventNames::Commune> read_communes(const FileReader& file) {
    const auto cercles = file.texts("/cercles/cercle");
    const auto regions = file.texts("/cercles/region");
    const auto names = file.texts("/communes/name");
    const auto cercle = file.integers("/communes/cercle", 0, names.size());
    if (cercles.size() != regions.size()) file.damaged("cercles without region");
    std::vector<EventNames::Commune> communes;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (cercle[i] >= size_of(cercles)) file.damaged(fmt::format("commune {} is in no cercle", i));
        const auto c = static_cast<std::size_t>(std::max(cercle[i], 0));
        communes.push_back(cercle[i] < 0 ? EventNames::Commune{names[i], "", ""}
                                         : EventNames::Commune{names[i], cercles[c], regions[c]});
    }
    return communes;
}

/// `axes`: the group with the names of categories. `scenario`: the group that tells of the scenario.
EventNames read_names_in(const FileReader& file, const std::string& axes, const std::string& scenario) {
    EventNames names;
    names.communes = read_communes(file);
    names.organisations = labelled(file, axes + "/organisation");
    names.sides = numbered(file.texts(axes + "/organisation_side"));
    if (names.sides.size() != names.organisations.size()) file.damaged("organisations without side");
    names.factions = labelled(file, scenario + "/faction");
    names.communities = labelled(file, axes + "/community");
    names.interventions = file.texts(scenario + "/intervention");
    return names;
}

/// One run's stretch of the event log, a column at a time.
class Columns {
   public:
    Columns(const FileReader& file, const ResultRun& run) : file_(file), run_(run), events_(run.events) {}

    /// Hands the values of a column to `set`, having checked that they are from `least` up to `most`.
    template <typename Set>
    void read(const char* name, int least, int most, Set set) {
        const auto values = file_.integers(std::string("/events/") + name, run_.first_event, run_.events);
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (values[i] < least || values[i] > most) {
                file_.damaged(fmt::format("{} of event {} is {}", name, i, values[i]));
            }
            set(events_[i], values[i]);
        }
    }
    /// A column of codes of an enumeration.
    template <typename Code>
    void read_code(const char* name, Codes codes, Code Event::*member) {
        read(name, 0, codes_of(codes) - 1, [&](Event& e, int value) { e.*member = static_cast<Code>(value); });
    }
    /// A column of positions in a list, -1 for none of them.
    void read_position(const char* name, int length, std::int16_t Event::*member) {
        read(name, -1, length - 1, [&](Event& e, int value) { e.*member = static_cast<std::int16_t>(value); });
    }
    void read_count(const char* name, std::int32_t Event::*member) {
        read(name, 0, kMost, [&](Event& e, int value) { e.*member = value; });
    }
    [[nodiscard]] std::vector<Event> take() { return std::move(events_); }

   private:
    const FileReader& file_;
    const ResultRun& run_;
    std::vector<Event> events_;
};

void expect_counting(const FileReader& file, const std::vector<Event>& events) {
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (events[i].id != static_cast<std::int32_t>(i))
            file.damaged(fmt::format("event {} has the id {}", i, events[i].id));
    }
}

}  // namespace

ResultReader::ResultReader(const std::filesystem::path& path) : file_(path) {
    expect_result();
    sweep_ = file_.has_attribute("/", "sweep");
    if (sweep_ && !file_.has("/events"))
        file_.refuse("a sweep that kept no events: it needs 'outputs: [events]' for that");
    read_runs();
    read_names();
    count_events();
}

void ResultReader::read_names() {
    for (const auto& run : runs_) {
        if (names_.contains(run.arm)) continue;
        names_[run.arm] = sweep_ ? read_names_in(file_, "/summary", arm_group(run.arm) + "/scenario")
                                 : read_names_in(file_, "", "/scenario");
    }
    if (names_.empty()) file_.damaged("it has no runs");
}

const EventNames& ResultReader::names(int run) const {
    return names_.at(runs_.at(static_cast<std::size_t>(run)).arm);
}

void ResultReader::expect_result() const {
    const bool ours = file_.has_attribute("/", "schema_version") && file_.has_attribute("/", "source") &&
                      file_.text_attribute("/", "source").starts_with("sahelsim ");
    if (!ours) file_.refuse("not a result file of sahelsim");
    const auto version = file_.number_attribute("/", "schema_version");
    if (version != schema_version) {
        file_.refuse(
            fmt::format("a result file of layout version {}; this program reads version {}", version, schema_version));
    }
}

void ResultReader::read_runs() {
    const auto arms = file_.texts("/arm");
    const auto replicates = file_.integers("/replicate", 0, arms.size());
    const auto points = file_.integers("/point", 0, arms.size());
    const auto status = file_.integers("/status", 0, arms.size());
    for (std::size_t i = 0; i < arms.size(); ++i) {
        if (status[i] < 0 || status[i] >= codes_of(Codes::run_status))
            file_.damaged(fmt::format("status of run {} is {}", i, status[i]));
        runs_.push_back({arms[i], points[i], replicates[i], static_cast<RunStatus>(status[i]), 0, 0});
    }
}

void ResultReader::count_events() {
    const auto shape = file_.shape("/events/run");
    const auto run_of = file_.integers("/events/run", 0, shape.empty() ? 1 : shape[0]);
    for (std::size_t i = 0; i < run_of.size(); ++i) {
        if (run_of[i] < 0 || run_of[i] >= size_of(runs_))
            file_.damaged(fmt::format("the event log names run {}", run_of[i]));
        if (i > 0 && run_of[i] < run_of[i - 1]) file_.damaged("the event log isn't sorted by run");
        auto& run = runs_[static_cast<std::size_t>(run_of[i])];
        if (run.events++ == 0) run.first_event = i;
    }
}

int ResultReader::runs_done() const {
    return static_cast<int>(
        std::count_if(runs_.begin(), runs_.end(), [](const ResultRun& run) { return run.status == RunStatus::done; }));
}

std::vector<int> ResultReader::commune_numbers(const std::string& name) const {
    const auto read = file_.integers("/communes/" + name, 0, names(0).communes.size());
    return {read.begin(), read.end()};
}

std::vector<Event> ResultReader::events(int run) const {
    Columns columns(file_, runs_.at(static_cast<std::size_t>(run)));
    const auto& of = names(run);
    columns.read("id", 0, kMost, [](Event& e, int value) { e.id = value; });
    columns.read("time", kFirstDay, kLastDay, [](Event& e, int value) { e.day = value; });
    columns.read("commune", 0, size_of(of.communes) - 1, [](Event& e, int value) { e.commune = value; });
    columns.read_code("type", Codes::event_type, &Event::type);
    columns.read_code("subtype", Codes::event_subtype, &Event::subtype);
    columns.read_code("violence", Codes::violence_type, &Event::violence);
    columns.read_position("actor1", size_of(of.organisations), &Event::actor1);
    columns.read_position("actor2", size_of(of.organisations), &Event::actor2);
    columns.read_position("faction1", size_of(of.factions), &Event::faction1);
    columns.read_position("community", size_of(of.communities), &Event::community);
    columns.read_position("community2", size_of(of.communities), &Event::community2);
    columns.read_count("deaths_actor1", &Event::deaths_actor1);
    columns.read_count("deaths_actor2", &Event::deaths_actor2);
    columns.read_count("civilians_killed", &Event::civilians_killed);
    columns.read_count("civilians_injured", &Event::civilians_injured);
    columns.read_count("civilians_abducted", &Event::civilians_abducted);
    columns.read_code("cause_kind", Codes::cause_kind, &Event::cause_kind);
    columns.read("cause", -1, kMost, [](Event& e, int value) { e.cause = value; });
    auto events = columns.take();
    expect_counting(file_, events);
    return events;
}

}  // namespace sahelsim::output
