#include "scenario/yaml_tree.h"

#include <algorithm>
#include <sstream>
#include <unordered_set>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

namespace sahelsim::scenario {

namespace {

/// Ends the reading of a file: what follows would make no sense.
struct Unreadable {
    Position where;
    std::string found;
    std::string expected;
};

/// yaml-cpp keeps a whole bracketed list in memory as tokens before it reports the first of them. Every entry needs one
/// of these characters, so counting them bounds memory and time before yaml-cpp sees the text.
void check_amount(const std::string& text, const Position& file) {
    constexpr std::ptrdiff_t most = 500'000;
    const auto structural = std::count_if(text.begin(), text.end(), [](char c) {
        return std::string_view("[]{},:?-&*!").find(c) != std::string_view::npos;
    });
    if (structural > most) {
        throw Unreadable{file, fmt::format("{} characters of structure such as , : [ ]", structural),
                         "a file of at most half a million entries (put large tables into CSV files)"};
    }
}

void check_indentation(const std::string& text, const Position& file, Problems& problems) {
    int line = 1;
    for (std::size_t start = 0; start < text.size(); ++line) {
        const auto first = text.find_first_not_of(' ', start);
        if (first != std::string::npos && text[first] == '\t') {
            problems.add({*file.file, line, static_cast<int>(first - start) + 1}, "", "a tab in the indentation",
                         "spaces");
        }
        const auto end = text.find('\n', start);
        if (end == std::string::npos) break;
        start = end + 1;
    }
}

class TreeBuilder : public YAML::EventHandler {
   public:
    TreeBuilder(std::shared_ptr<const std::string> file, Problems& problems)
        : file_(std::move(file)), problems_(problems) {}

    Node take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        refuse_anchor(mark, anchor);
        Node node;
        node.where = position(mark);
        if (awaits_key()) return refuse_key(node);
        add(std::move(node));
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
        throw Unreadable{position(mark), "an alias (*name)", "the content itself: aliases are not supported"};
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        Node node;
        node.kind = Node::Kind::scalar;
        node.text = value;
        node.quoted = tag == "!";
        node.where = position(mark);
        check_scalar(node);
        if (awaits_key()) return take_key(std::move(node));
        add(std::move(node));
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value /*style*/) override {
        begin(mark, tag, anchor, Node::Kind::sequence);
    }
    void OnSequenceEnd() override { end(); }

    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value /*style*/) override {
        begin(mark, tag, anchor, Node::Kind::map);
    }
    void OnMapEnd() override { end(); }

   private:
    struct Open {
        Node node;
        std::unordered_set<std::string> keys;
        Entry entry;           // of a map: its key is read before its value
        bool has_key = false;  // whether `entry` awaits its value
        bool drop = false;     // the value belongs to a refused key
    };

    [[nodiscard]] Position position(const YAML::Mark& mark) const { return {file_, mark.line + 1, mark.column + 1}; }

    [[nodiscard]] bool awaits_key() const {
        return !open_.empty() && open_.back().node.is_map() && !open_.back().has_key;
    }

    void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) const {
        if (anchor != YAML::NullAnchor) {
            throw Unreadable{position(mark), "an anchor (&name)", "plain content: anchors are not supported"};
        }
    }

    void refuse_tag(const YAML::Mark& mark, const std::string& tag) const {
        if (!tag.empty() && tag != "?" && tag != "!") {
            throw Unreadable{position(mark), fmt::format("a tag ({})", tag), "plain content: tags are not supported"};
        }
    }

    void check_scalar(const Node& node) {
        const auto control = [](char c) {
            return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
        };
        if (std::any_of(node.text.begin(), node.text.end(), control)) {
            problems_.add(node.where.location(), "", "a control character in " + node.describe(), "printable text");
        }
    }

    void refuse_key(const Node& node) {
        problems_.add(node.where.location(), "", node.describe() + " as a key", "a name");
        open_.back().entry = {};
        open_.back().has_key = true;
        open_.back().drop = true;
    }

    void take_key(Node node) {
        auto& map = open_.back();
        if (node.text == "<<") {
            throw Unreadable{node.where, "a merge key (<<)", "the content itself: merge keys are not supported"};
        }
        map.drop = !map.keys.insert(node.text).second;
        if (map.drop) {
            problems_.add(node.where.location(), node.text, "the key a second time in the same map", "each key once");
        }
        map.entry = {std::move(node.text), std::move(node.where), {}};
        map.has_key = true;
    }

    void add(Node node) {
        if (open_.empty()) {
            root_ = std::move(node);
            return;
        }
        auto& parent = open_.back();
        if (parent.node.is_sequence()) {
            parent.node.items.push_back(std::move(node));
            return;
        }
        parent.entry.value = std::move(node);
        if (!parent.drop) parent.node.entries.push_back(std::move(parent.entry));
        parent.has_key = false;
    }

    void begin(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Node::Kind kind) {
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        if (static_cast<int>(open_.size()) >= deepest_nesting) {
            throw Unreadable{position(mark), fmt::format("nesting deeper than {}", deepest_nesting),
                             "a flatter structure"};
        }
        if (awaits_key()) {
            throw Unreadable{position(mark), kind == Node::Kind::map ? "a map as a key" : "a list as a key", "a name"};
        }
        Open node;
        node.node.kind = kind;
        node.node.where = position(mark);
        open_.push_back(std::move(node));
    }

    void end() {
        Node node = std::move(open_.back().node);
        open_.pop_back();
        add(std::move(node));
    }

    std::shared_ptr<const std::string> file_;
    Problems& problems_;
    std::vector<Open> open_;
    Node root_;
};

/// Notices a second document.
class SecondDocument : public YAML::EventHandler {
   public:
    explicit SecondDocument(std::shared_ptr<const std::string> file) : file_(std::move(file)) {}
    void OnDocumentStart(const YAML::Mark& mark) override {
        throw Unreadable{{file_, mark.line + 1, mark.column + 1}, "a second document (---)", "one document a file"};
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}
    void OnAlias(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}
    void OnScalar(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                  const std::string& /*value*/) override {}
    void OnSequenceStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                         YAML::EmitterStyle::value /*style*/) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                    YAML::EmitterStyle::value /*style*/) override {}
    void OnMapEnd() override {}

   private:
    std::shared_ptr<const std::string> file_;
};

Node build(const std::string& text, const std::shared_ptr<const std::string>& file, Problems& problems) {
    if (text.front() == '%') throw Unreadable{{file, 1, 1}, "a directive (%)", "plain content"};
    // yaml-cpp takes the end of the file for a closing quote, but no quotes reach over the end of a document.
    std::istringstream stream(text + "\n...\n");
    YAML::Parser parser(stream);
    TreeBuilder builder(file, problems);
    parser.HandleNextDocument(builder);
    SecondDocument second(file);
    parser.HandleNextDocument(second);
    return builder.take();
}

}  // namespace

Node parse_yaml(const std::string& text, const std::string& shown, Problems& problems) {
    const auto file = std::make_shared<const std::string>(shown);
    try {
        check_amount(text, {file, 0, 0});
        check_indentation(text, {file, 0, 0}, problems);
        return build(text, file, problems);
    } catch (const Unreadable& unreadable) {
        problems.add(unreadable.where.location(), "", unreadable.found, unreadable.expected);
    } catch (const YAML::Exception& error) {
        const bool open_quote =
            error.msg == YAML::ErrorMsg::DOC_IN_SCALAR || error.msg == YAML::ErrorMsg::EOF_IN_SCALAR;
        const auto fault = open_quote ? std::string("a quote that is never closed") : error.msg;
        problems.add({shown, error.mark.line + 1, error.mark.column + 1}, "", "a syntax error: " + fault, "YAML");
    }
    return {};
}

}  // namespace sahelsim::scenario
