// SPDX-License-Identifier: Apache-2.0
#include "config/file_settings.hpp"

#include "config/schema.hpp"
#include "config/setting_value.hpp"
#include "config/suggest.hpp"
#include "config/toml_source.hpp"
#include "util/strings.hpp"

namespace hpcdoc::config {

namespace {

class FileReader {
public:
    FileReader(TomlReader& toml, Layer layer) : m_toml(toml), m_layer(layer) {}

    void read(const toml::table& table, const std::string& prefix);
    std::vector<std::pair<std::string, Setting>> take() { return std::move(m_settings); }

private:
    void unknown(const toml::key& key, const std::string& name);
    void add(const SchemaKey& key, const toml::key& where, const toml::node& node);
    std::optional<Setting::Value> value(const SchemaKey& key, const toml::node& node);
    std::optional<Setting::Value> list(const SchemaKey& key, const toml::node& node);
    void wrong_type(const SchemaKey& key, const toml::node& node)
    {
        m_toml.fail(node, "'" + std::string(key.name) + "' must be " + expected_value(key) + ", not " + std::string(kind_of(node)));
    }

    TomlReader& m_toml;
    Layer m_layer;
    std::vector<std::pair<std::string, Setting>> m_settings{};
};

bool is_table_of_settings(const std::string& prefix)
{
    for (const SchemaKey& key : schema()) {
        if (key.name.starts_with(prefix + ".")) {
            return true;
        }
    }
    return false;
}

void FileReader::unknown(const toml::key& key, const std::string& name)
{
    std::vector<std::string_view> known;
    std::vector<std::string_view> tables;
    for (const SchemaKey& entry : schema()) {
        known.push_back(entry.name);
        tables.push_back(entry.name.substr(0, entry.name.find('.')));
    }
    std::string hint = suggest(name, util::contains(name, ".") ? known : tables);
    if (!hint.starts_with("did")) {
        hint = "'hpcdoc config show' lists all settings";
    }
    m_toml.fail(place_of(key.source()), "there is no setting '" + util::printable(name) + "'", std::move(hint));
}

std::optional<Setting::Value> FileReader::list(const SchemaKey& key, const toml::node& node)
{
    const toml::array* array = node.as_array();
    if (array == nullptr) {
        wrong_type(key, node);
        return std::nullopt;
    }
    std::vector<std::string> entries;
    for (const toml::node& item : *array) {
        const auto* text = item.as_string();
        if (text == nullptr) {
            wrong_type(key, item);
            return std::nullopt;
        }
        entries.push_back(text->get());
    }
    return entries;
}

std::optional<Setting::Value> FileReader::value(const SchemaKey& key, const toml::node& node)
{
    if (key.type == SettingType::list) {
        return list(key, node);
    }
    const bool written_as_text = key.type == SettingType::text || key.type == SettingType::duration || key.type == SettingType::size;
    if (const auto* text = node.as_string(); text != nullptr && written_as_text) {
        auto parsed = value_from_text(key, text->get());
        if (!parsed) {
            m_toml.fail(node, "'" + std::string(key.name) + "' " + parsed.error());
            return std::nullopt;
        }
        return std::move(*parsed);
    }
    if (const auto* flag = node.as_boolean(); flag != nullptr && key.type == SettingType::flag) {
        return flag->get();
    }
    if (const auto* real = node.as_floating_point(); real != nullptr && key.type == SettingType::real) {
        return real->get();
    }
    if (const auto* number = node.as_integer()) {
        switch (key.type) {
        case SettingType::number:
        case SettingType::size: return number->get();
        case SettingType::real: return static_cast<double>(number->get());
        case SettingType::duration: return std::chrono::seconds(number->get());
        default: break;
        }
    }
    wrong_type(key, node);
    return std::nullopt;
}

void FileReader::add(const SchemaKey& key, const toml::key& where, const toml::node& node)
{
    if (m_layer == Layer::user && key.may_set == MaySet::site_only) {
        m_toml.fail(place_of(where.source()), "'" + std::string(key.name) + "' cannot be set in a user's file",
                    "it belongs into the site's file, /etc/hpcdoc/hpcdoc.toml; for one run: -c " + std::string(key.name) + "=...");
        return;
    }
    auto made = value(key, node);
    if (!made) {
        return;
    }
    if (const std::string reason = out_of_bounds(key, *made); !reason.empty()) {
        m_toml.fail(node, "'" + std::string(key.name) + "' " + reason);
        return;
    }
    m_settings.emplace_back(key.name, Setting{std::move(*made), m_layer, m_toml.source()->where(place_of(where.source()))});
}

void FileReader::read(const toml::table& table, const std::string& prefix)
{
    for (const auto& [key, node] : table) {
        const std::string name = prefix.empty() ? std::string(key.str()) : prefix + "." + std::string(key.str());
        if (const SchemaKey* known = find_key(name)) {
            add(*known, key, node);
        } else if (const toml::table* inner = node.as_table(); inner != nullptr && is_table_of_settings(name)) {
            read(*inner, name);
        } else {
            unknown(key, name);
        }
    }
}

} // namespace

Result<std::vector<std::pair<std::string, Setting>>> settings_from_file(std::string name, std::string text, Layer layer)
{
    HPCDOC_TRY_ASSIGN(const TomlSource file, TomlSource::parse(std::move(name), std::move(text)));
    TomlReader toml(file.source);
    FileReader reader(toml, layer);
    reader.read(file.root, "");
    HPCDOC_TRY(toml.result());
    return reader.take();
}

} // namespace hpcdoc::config
