#include "scenario/node.h"

#include "scenario/problems.h"

namespace sahelsim::scenario {

const Node* Node::find(std::string_view key) const {
    for (const auto& entry : entries) {
        if (entry.key == key) return &entry.value;
    }
    return nullptr;
}

Node* Node::find(std::string_view key) {
    for (auto& entry : entries) {
        if (entry.key == key) return &entry.value;
    }
    return nullptr;
}

std::string Node::describe() const {
    switch (kind) {
        case Kind::null:
            return "nothing";
        case Kind::scalar:
            return scenario::in_quotes(text);
        case Kind::sequence:
            return "a list";
        case Kind::map:
            return "a map";
    }
    return "";
}

}  // namespace sahelsim::scenario
