// The section `world`: cercles, border zones, gazetteer, and the regions that are simulated.

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "scenario/context.h"
#include "scenario/map_reader.h"
#include "scenario/scalars.h"
#include "scenario/table.h"

namespace sahelsim::scenario {

namespace {

const std::vector<std::string> cercle_columns = {"region",         "cercle",          "seat_lon", "seat_lat",
                                                 "centroid_lon",   "centroid_lat",    "area_km2", "communes",
                                                 "urban_communes", "population_2009", "ecology",  "neighbours"};
const std::vector<std::string> border_zone_columns = {"id", "label", "country", "lon", "lat", "cercles"};
const std::vector<std::string> gazetteer_columns = {"alias", "name", "note"};

constexpr double largest_area_km2 = 1e7;
constexpr long most_communes = 10'000;
constexpr long most_people = 1'000'000'000;
constexpr std::size_t most_cercles = 5'000;
constexpr std::size_t most_neighbours = 100;

/// Reads the tables of the world and checks that they fit together.
class WorldReader {
   public:
    explicit WorldReader(Context& context)
        : context_(context), problems_(context.problems), world_(context.scenario.world) {}

    void read(const Node& node) {
        MapReader map(node, "world", problems_);
        table(map, "cercles", cercle_columns, Need::required, [this](Row& row) { read_cercle(row); });
        check_neighbours();
        table(map, "border_zones", border_zone_columns, Need::optional, [this](Row& row) { read_border_zone(row); });
        table(map, "gazetteer", gazetteer_columns, Need::optional, [this](Row& row) { read_gazetteer_entry(row); });
        if (const auto* regions = map.find("regions")) read_regions(*regions);
        map.finish();
        if (world_.cercles.empty() && problems_.empty())
            problems_.add(map.where(), "world.cercles", "no row", "at least one cercle");
    }

   private:
    void table(MapReader& map, const std::string& key, const std::vector<std::string>& columns, Need need,
               const std::function<void(Row&)>& read_row) {
        if (const auto* node = map.find(key, need)) for_each_row(*node, map.path(key), columns, context_, read_row);
    }

    bool check_place_name(const Row& row, const std::string& column) {
        if (is_place_name(row.text(column))) return true;
        problems_.add(row.where(column), column, in_quotes(row.text(column)),
                      "a name of letters, digits, spaces and hyphens");
        return false;
    }

    void read_cercle(Row& row) {
        Cercle cercle;
        cercle.region = row.text("region");
        cercle.name = row.text("cercle");
        cercle.seat_longitude = row.number("seat_lon", -180, 180);
        cercle.seat_latitude = row.number("seat_lat", -90, 90);
        cercle.centroid_longitude = row.number("centroid_lon", -180, 180);
        cercle.centroid_latitude = row.number("centroid_lat", -90, 90);
        cercle.area_km2 = row.number("area_km2", 0.001, largest_area_km2);
        cercle.communes = static_cast<int>(row.integer("communes", 1, most_communes));
        cercle.urban_communes = static_cast<int>(row.integer("urban_communes", 0, std::max(cercle.communes, 0)));
        cercle.population = row.integer("population_2009", 0, most_people);
        cercle.ecology = row.text("ecology");
        cercle.neighbours = row.list("neighbours");
        const auto& ecologies = context_.vocabulary.ecologies;
        if (std::find(ecologies.begin(), ecologies.end(), cercle.ecology) == ecologies.end()) {
            problems_.unknown_name(row.where("ecology"), "ecology", cercle.ecology,
                                   fmt::format("one of {}", fmt::join(ecologies, ", ")), ecologies);
        }
        const bool names_fine = check_place_name(row, "region") && check_place_name(row, "cercle");
        if (cercle.neighbours.size() > most_neighbours) {
            problems_.add(row.where("neighbours"), "neighbours", fmt::format("{} names", cercle.neighbours.size()),
                          fmt::format("at most {}", most_neighbours));
            return;
        }
        if (world_.cercles.size() == most_cercles) {
            problems_.add(row.where(), "", "one more cercle", fmt::format("at most {}", most_cercles));
        }
        if (!names_fine || !place_is_new(row, "cercle", cercle.name) || world_.cercles.size() >= most_cercles) return;
        cercles_.emplace(cercle.name, world_.cercles.size());
        cercle_names_.push_back(cercle.name);
        neighbours_at_.push_back(row.where("neighbours"));
        if (regions_.insert(cercle.region).second) region_names_.push_back(cercle.region);
        world_.cercles.push_back(std::move(cercle));
    }

    bool place_is_new(const Row& row, const std::string& column, const std::string& name) {
        if (places_.insert(name).second) return true;
        problems_.add(row.where(column), column, in_quotes(name) + " a second time", "each place once");
        return false;
    }

    void check_neighbours() {
        for (std::size_t i = 0; i < world_.cercles.size(); ++i) {
            const auto& cercle = world_.cercles[i];
            std::set<std::string> seen;
            for (const auto& name : cercle.neighbours) {
                check_neighbour(cercle, name, neighbours_at_[i]);
                if (!seen.insert(name).second) {
                    problems_.add(neighbours_at_[i], "neighbours", in_quotes(name) + " a second time",
                                  "each neighbour once");
                }
            }
        }
    }

    void check_neighbour(const Cercle& cercle, const std::string& name, const Location& where) {
        const auto other = cercles_.find(name);
        if (other == cercles_.end()) {
            problems_.unknown_name(where, "neighbours", name, "a cercle of this table", cercle_names_);
            return;
        }
        const auto& back = world_.cercles[other->second].neighbours;
        if (name == cercle.name) {
            problems_.add(where, "neighbours", in_quotes(name) + ", the cercle itself", "other cercles");
        } else if (std::find(back.begin(), back.end(), cercle.name) == back.end()) {
            problems_.add(where, "neighbours",
                          fmt::format("{} as a neighbour of {}, but not the other way round", name, cercle.name),
                          "neighbours that name each other");
        }
    }

    void read_border_zone(Row& row) {
        BorderZone zone;
        zone.id = row.text("id");
        zone.label = row.text("label");
        zone.country = row.text("country");
        zone.longitude = row.number("lon", -180, 180);
        zone.latitude = row.number("lat", -90, 90);
        zone.cercles = row.list("cercles");
        for (const auto& name : zone.cercles) {
            if (!cercles_.contains(name))
                problems_.unknown_name(row.where("cercles"), "cercles", name, "a cercle", cercle_names_);
        }
        if (zone.label.empty()) problems_.add(row.where("label"), "label", "an empty text", "what to call the zone");
        if (check_place_name(row, "id") && place_is_new(row, "id", zone.id))
            world_.border_zones.push_back(std::move(zone));
    }

    void read_gazetteer_entry(Row& row) {
        GazetteerEntry entry{row.text("alias"), row.text("name"), row.text("note")};
        if (entry.alias.empty()) problems_.add(row.where("alias"), "alias", "an empty text", "a name");
        if (!aliases_.insert(entry.alias).second) {
            problems_.add(row.where("alias"), "alias", in_quotes(entry.alias) + " a second time", "each alias once");
        }
        if (!cercles_.contains(entry.name) && !regions_.contains(entry.name)) {
            auto names = cercle_names_;
            names.insert(names.end(), region_names_.begin(), region_names_.end());
            problems_.unknown_name(row.where("name"), "name", entry.name, "a region or cercle", names);
        }
        world_.gazetteer.push_back(std::move(entry));
    }

    void read_regions(const Node& node) {
        if (!node.is_sequence()) {
            problems_.add(node.where.location(), "world.regions", node.describe(),
                          "a list of regions, as in [Mopti, Gao]");
            return;
        }
        for (const auto& item : node.items) {
            const auto name = read_text(item, "world.regions", problems_);
            if (!name) continue;
            if (!regions_.contains(*name)) {
                problems_.unknown_name(item.where.location(), "world.regions", *name, "a region of world.cercles",
                                       region_names_);
            } else if (std::find(world_.regions.begin(), world_.regions.end(), *name) != world_.regions.end()) {
                problems_.add(item.where.location(), "world.regions", item.describe() + " a second time",
                              "each region once");
            } else {
                world_.regions.push_back(*name);
            }
        }
    }

    Context& context_;
    Problems& problems_;
    World& world_;
    std::unordered_map<std::string, std::size_t> cercles_;  // index by name
    std::unordered_set<std::string> regions_, places_, aliases_;
    std::vector<std::string> cercle_names_, region_names_;
    std::vector<Location> neighbours_at_;  // where each cercle's neighbours stand
};

}  // namespace

void read_world(const Node& root, Context& context) {
    if (const auto* world = root.find("world")) WorldReader(context).read(*world);
}

}  // namespace sahelsim::scenario
