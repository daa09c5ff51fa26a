// One value of each fact about what protects a host, as a collector writes it.
#pragma once

#include <string>

namespace kenshin::host_samples {

struct Sample {
  const char* fact;
  const char* value;
};
inline const Sample samples[] = {
    {"software.products",
     R"([{"id": "edge", "name": "Microsoft Edge", "version": "142.0.1", "kind": "browser", "updates": "automatic"},
         {"id": "", "name": "Zoom", "version": "", "kind": "consultation_client", "updates": "unknown"}])"},
    {"firewall",
     R"({"profiles": [{"name": "domain", "enabled": "yes"}, {"name": "public", "enabled": "no"}], "basis": "netfw"})"},
    {"disk.encryption",
     R"({"volumes": [{"role": "system", "state": "suspended"}, {"role": "removable", "state": "locked"}], "basis": "shell_property"})"},
    {"lock.screen", R"({"enabled": "yes", "after_seconds": 900, "password": "unknown", "basis": "registry"})"},
    {"login.automatic", R"({"enabled": "no", "basis": "registry"})"},
    {"accounts.local", R"({"enabled": 3, "privileged": 1, "stale": null, "blank_password": 0, "stale_days": 90})"},
    {"logs.system", R"({"service": "running", "oldest": "2026-08-01T00:00:00Z", "retention_days": null,
                        "forwarded": "no", "writable_by_everyone": "no", "basis": "journald"})"},
    {"clock.sync", R"({"synchronized": "yes", "basis": "timedatectl"})"},
    {"ids.products",
     R"([{"id": "wazuh-agent", "name": "Wazuh agent", "kind": "ids", "evidence": ["service"], "active": "yes"}])"},
    {"network.listening", R"({"ports": [{"protocol": "tcp", "port": 3389, "scope": "any"}]})"},
    {"residue.files", R"({"recordings": 0, "downloads": 4, "screenshots": null})"},
    {"residue.features", R"({"recall": "not_applicable", "downloads_backed_up": "yes", "game_capture": "no",
                             "cloud_clipboard": "unknown", "browser_sync": "yes"})"},
    {"terminal.other_use", R"({"ehr_client": "yes", "networks": null})"},
    {"power.last_off", R"({"from": "2026-11-01T00:00:00Z", "to": "2026-11-19T00:00:00Z"})"},
};

inline std::string document(const std::string& fact, const std::string& value) {
  return "{\"schema\": \"kenshin.host-facts/1\",\n\"collected_at\": \"2026-11-22T05:00:00Z\",\n"
         "\"collector\": {\"name\": \"test\", \"version\": \"1\", \"elevated\": false},\n"
         "\"host\": {\"label\": \"PC-1\"},\n\"facts\": {\"" +
         fact + "\": {\"status\": \"ok\", \"value\": " + value + "}}}";
}

}  // namespace kenshin::host_samples
