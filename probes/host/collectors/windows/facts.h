// The facts that Windows can be asked for, one function each. All of them read only, never go online, need no
// administrator, and use no text that Windows translates. COM must be running (ComRuntime).
#pragma once

#include "probes/host/collectors/windows/asked.h"
#include "probes/host/facts.h"
#include "probes/host/protection_facts.h"

namespace kenshin::windows {

Asked<OsIdentity> os_identity();
Asked<OsExtendedSupport> os_extended_support();
Asked<UpdatesLastCheck> updates_last_check();
Asked<UpdatesLastOsUpdate> updates_last_os_update();
Asked<UpdatesPending> updates_pending();
Asked<UpdatesAuto> updates_auto();
Asked<RebootRequired> reboot_required();
Asked<AntivirusProducts> av_products();
Asked<SoftwareProducts> software_products();
Asked<HostFirewall> firewall();
Asked<DiskEncryption> disk_encryption();
Asked<ScreenLock> lock_screen();
Asked<AutomaticLogin> login_automatic();
Asked<LocalAccounts> accounts_local();
Asked<SystemLogs> logs_system();
Asked<ClockSync> clock_sync();
Asked<SensorProducts> ids_products();
Asked<ListeningPorts> network_listening();
Asked<ResidueFiles> residue_files();  // only where the user asked for the counts
Asked<ResidueFeatures> residue_features();
Asked<OtherUse> terminal_other_use();
Asked<LastPowerOff> power_last_off();

}  // namespace kenshin::windows
