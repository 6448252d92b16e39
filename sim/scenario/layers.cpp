#include "scenario/layers.h"

#include <algorithm>
#include <set>
#include <system_error>

#include <fmt/format.h>

#include "scenario/file_text.h"
#include "scenario/yaml_tree.h"

namespace sahelsim::scenario {

namespace {

constexpr std::size_t most_files = 100;

class LayerReader {
   public:
    explicit LayerReader(Problems& problems) : problems_(problems) {}

    /// Reads `file` and what it extends, depth first. `open_` holds the files on the way to it.
    void read(const ProjectFile& file) {
        read(file, [&file] { return read_text_file(file.path, file.shown); });
    }

    /// The same where `text` gives what the file says.
    template <class Text>
    void read(const ProjectFile& file, Text text) {
        if (!seen_.insert(file.resolved).second) return;
        open_.push_back(file);
        try {
            Layer layer{file, parse_yaml(text(), file.shown, problems_)};
            if (layer.root.is_map()) {
                read_extended(layer);
                layers.push_back(std::move(layer));
            } else if (problems_.empty()) {
                problems_.add({file.shown, 0, 0}, "", layer.root.describe(), "a map (key: value) of a scenario");
            }
        } catch (const InputError& error) {
            for (const auto& problem : error.problems()) problems_.add(problem);
        }
        open_.pop_back();
    }

    std::vector<Layer> layers;

   private:
    void read_extended(const Layer& layer) {
        const auto* extends = layer.root.find("extends");
        if (extends == nullptr) return;
        if (extends->is_scalar()) return read_named(layer, *extends);
        if (!extends->is_sequence()) {
            return problems_.add(extends->where.location(), "extends", extends->describe(), "a file or a list of files");
        }
        for (const auto& name : extends->items) read_named(layer, name);
    }

    void read_named(const Layer& layer, const Node& name) {
        const auto file = named_file(layer.file, name, "extends", true, problems_);
        if (file.path.empty() || ends_in_circle(file, name)) return;
        if (seen_.size() >= most_files) {
            return problems_.add(name.where.location(), "extends", fmt::format("more than {} files", most_files),
                                 "fewer");
        }
        std::error_code error;
        if (std::filesystem::exists(file.path, error)) return read(file);
        problems_.add(name.where.location(), "extends", name.describe() + ", which does not exist",
                      fmt::format("a file beside {}", layer.file.shown));
    }

    bool ends_in_circle(const ProjectFile& file, const Node& name) {
        const auto first =
            std::find_if(open_.begin(), open_.end(), [&](const auto& open) { return open.resolved == file.resolved; });
        if (first == open_.end()) return false;
        std::string chain;
        for (auto it = first; it != open_.end(); ++it) chain += it->shown + " -> ";
        problems_.add(name.where.location(), "extends", "a circle: " + chain + file.shown,
                      "files that do not extend themselves");
        return true;
    }

    Problems& problems_;
    std::vector<ProjectFile> open_;
    std::set<std::filesystem::path> seen_;
};

}  // namespace

std::vector<Layer> read_layers(const std::string& path) {
    Problems problems;
    LayerReader reader(problems);
    reader.read(main_file(path));
    problems.throw_if_any();
    return std::move(reader.layers);
}

std::vector<Layer> read_layers_of_text(const std::string& text, const std::string& name) {
    Problems problems;
    LayerReader reader(problems);
    reader.read(main_file(name), [&] { return checked_text(text, name); });
    problems.throw_if_any();
    return std::move(reader.layers);
}

}  // namespace sahelsim::scenario
