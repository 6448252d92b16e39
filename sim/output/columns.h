#pragma once
// Columns of tables that a result file holds of a scenario.

#include <string>
#include <vector>

#include "output/value_sink.h"

namespace sahelsim::output {

template <typename Items, typename Get>
void write_texts(ValueSink& sink, const std::string& path, const Items& items, Get get) {
    std::vector<std::string> texts;
    for (const auto& item : items) texts.emplace_back(get(item));
    sink.write(path, texts);
}

template <typename Items, typename Get>
void write_numbers(ValueSink& sink, const std::string& path, const Items& items, Get get) {
    std::vector<double> numbers;
    for (const auto& item : items) numbers.push_back(get(item));
    sink.write(path, numbers);
}

}  // namespace sahelsim::output
