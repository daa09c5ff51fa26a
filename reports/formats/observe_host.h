// Who collected a host's facts, and what protects it, as rows of text for engineers (reports/formats/observe_text.h).
#pragma once

#include "probes/host/facts.h"
#include "probes/host/protection_facts.h"
#include "reports/formats/text_rows.h"

namespace kenshin {

TextRows host_rows(const HostCollection&);
TextRows host_rows(const SoftwareProducts&);
TextRows host_rows(const HostFirewall&);
TextRows host_rows(const DiskEncryption&);
TextRows host_rows(const ScreenLock&);
TextRows host_rows(const AutomaticLogin&);
TextRows host_rows(const LocalAccounts&);
TextRows host_rows(const SystemLogs&);
TextRows host_rows(const ClockSync&);
TextRows host_rows(const SensorProducts&);
TextRows host_rows(const ListeningPorts&);
TextRows host_rows(const ResidueFiles&);
TextRows host_rows(const ResidueFeatures&);
TextRows host_rows(const OtherUse&);
TextRows host_rows(const LastPowerOff&);

}  // namespace kenshin
