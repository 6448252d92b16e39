#include "scenario/tiny.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <unistd.h>

namespace sahelsim::test {

namespace fs = std::filesystem;

namespace {

const fs::path data = fs::path(SAHELSIM_TEST_DIR) / "data" / "tiny";

}  // namespace

scenario::Vocabulary tiny_vocabulary() {
    using scenario::ParameterType;
    scenario::Vocabulary v;
    v.declarations = {
        {"control.relaxation_time", ParameterType::real, "days", 1, 3650, "How fast control follows presence.", true},
        {"control.maximum_rounds", ParameterType::integer, "1", 1, 1000, "Rounds of a fight.", true},
        {"control.presence.{action}", ParameterType::real, "1", 0, 100, "Weight of a fighter.", false},
        {"{actor}.decision.discipline", ParameterType::real, "1", 0, 1, "How far units obey.", false},
        {"{actor}.home.{place}", ParameterType::real, "1", 0, 1000, "Weight of a base.", false},
        {"{actor}.affinity.{community}", ParameterType::real, "1", -1, 1, "How close they are.", false},
        {"community_share.{region}.{community}", ParameterType::real, "share", 0, 1, "Part of the people.", false},
        {"livelihood_share.{community}.{livelihood}", ParameterType::real, "share", 0, 1, "Part of the community.",
         false},
        {"travel.speed.{ecology}.{season}", ParameterType::real, "km/h", 0.5, 120, "Speed.", false},
    };
    v.mechanisms = {"control", "revenge"};
    v.actions = {"rest", "ambush"};
    v.ecologies = {"sahara", "sahel", "delta", "savanna"};
    v.seasons = {"dry", "flood"};
    return v;
}

std::string tiny_text(const std::string& file) {
    std::ifstream stream(data / file, std::ios::binary);
    if (!stream) throw std::runtime_error("no fixture " + file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("the fixture has no " + from);
    return text.replace(at, from.size(), to);
}

Project::Project() {
    auto pattern = (fs::temp_directory_path() / "sahelsim-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = pattern;
    fs::copy(data, folder_, fs::copy_options::recursive);
}

Project::~Project() {
    std::error_code error;
    fs::remove_all(folder_, error);
}

void Project::write(const std::string& file, const std::string& text) const {
    fs::create_directories(path(file).parent_path());
    // Some file systems flush a file that is written over; a new one costs nothing.
    fs::remove(path(file));
    std::ofstream(path(file), std::ios::binary) << text;
}

scenario::Scenario Project::read(const std::string& file, const std::vector<scenario::Override>& overrides) const {
    return scenario::read_scenario(path(file).string(), tiny_vocabulary(), overrides);
}

std::string Project::complaints(const std::string& file, const std::vector<scenario::Override>& overrides) const {
    try {
        static_cast<void>(read(file, overrides));
    } catch (const scenario::InputError& error) {
        return error.what();
    }
    return "";
}

}  // namespace sahelsim::test
