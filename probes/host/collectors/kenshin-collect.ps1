# kenshin-collect.ps1: what this Windows PC or server says of its own state, written to one JSON file
# (kenshin.host-facts/1). For Windows PowerShell 5.1. It reads only: nothing is changed, nothing is sent, no update
# server is asked, no administrator is needed. No names of users, serial numbers, file names or command lines are kept.
#
#   powershell.exe -ExecutionPolicy Bypass -File kenshin-collect.ps1 -Label "Reception 1"
#
#   -Out FOLDER   where the file goes; otherwise beside this script
#   -Label NAME   what this PC is called in the report; otherwise PC- and 8 letters of a hash
#   -Nonce TEXT   the text that kenshin gave for this collection
#   -Residue      also count recordings, downloads and screenshots (numbers only)
#
# Exit: 0 written, 73 the file cannot be written. ASCII only, because PowerShell 5.1 reads a script without a byte order
# mark in the system's own code page.
[CmdletBinding()]
param(
    [string]$Out = '',
    [string]$Label = '',
    [string]$Nonce = '',
    [switch]$Residue
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
# Without this PowerShell 5.1 may write an array as {"value": [...], "Count": n}.
Remove-TypeData -TypeName System.Array -ErrorAction SilentlyContinue

$CollectorVersion = '0.1.0'
$Facts = [ordered]@{}

# ---- answers ---------------------------------------------------------------------------------------------------------

# Ends a fact without a value: absent, error, unsupported, not_collected.
function Stop-Fact([string]$Status, [string]$At) {
    $why = New-Object System.Exception $At
    $why.Data['status'] = $Status
    throw $why
}

# Runs the body and keeps its value, or why there is none. Codes that mean "you may not" become denied.
function Add-Fact([string]$Name, [string]$Source, [scriptblock]$Body) {
    try {
        $value = & $Body
        if ($value -is [array]) { $value = $value.PSObject.BaseObject }
        $Facts[$Name] = [ordered]@{ status = 'ok'; source = $Source; value = $value }
    }
    catch {
        $why = $_.Exception
        while ($null -ne $why.InnerException) { $why = $why.InnerException }
        if ($why.Data.Contains('status')) {
            $Facts[$Name] = [ordered]@{ status = $why.Data['status']; source = $Source; at = $why.Message }
            return
        }
        $code = '0x{0:x8}' -f $why.HResult
        $denied = ($why -is [System.UnauthorizedAccessException]) -or ($why -is [System.Security.SecurityException]) -or
            (@('0x80070005', '0x80041003', '0x00000005') -contains $code)
        $status = 'error'
        if ($denied) { $status = 'denied' }
        $Facts[$Name] = [ordered]@{ status = $status; source = $Source; at = $why.GetType().Name; code = $code }
    }
}

function ConvertTo-Answer($Value) {
    if ($null -eq $Value) { return 'unknown' }
    if ($Value) { return 'yes' }
    return 'no'
}

# RFC 3339 in UTC. Dates of the Update Agent are UTC without saying so; those of events and CIM are local.
function ConvertTo-Utc([datetime]$Date) {
    return $Date.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss', [Globalization.CultureInfo]::InvariantCulture) + 'Z'
}
function ConvertFrom-UtcDate([datetime]$Date) {
    return ConvertTo-Utc ([datetime]::SpecifyKind($Date, [DateTimeKind]::Utc))
}

# ---- the registry, in its 64-bit view --------------------------------------------------------------------------------

function Open-Key([string]$Hive, [string]$Key) {
    $base = [Microsoft.Win32.RegistryKey]::OpenBaseKey([Microsoft.Win32.RegistryHive]$Hive,
        [Microsoft.Win32.RegistryView]::Registry64)
    return $base.OpenSubKey($Key)
}
# The value, or $null where there is none.
function Get-Setting([string]$Hive, [string]$Key, [string]$Name) {
    $opened = Open-Key $Hive $Key
    if ($null -eq $opened) { return $null }
    try { return $opened.GetValue($Name) } finally { $opened.Close() }
}
function Get-Subkeys([string]$Hive, [string]$Key) {
    $opened = Open-Key $Hive $Key
    if ($null -eq $opened) { return @() }
    try { return @($opened.GetSubKeyNames()) } finally { $opened.Close() }
}

$CurrentVersion = 'SOFTWARE\Microsoft\Windows NT\CurrentVersion'
$UpdatePolicy = 'SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate'
$Servicing = 'SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing'

# ---- the table of products (probes/host/products.json): id | kind | name | services | processes ------------------------

$ProductTable = @'
clamav|av|ClamAV|ClamD|clamd.exe
crowdstrike|edr|CrowdStrike Falcon|CSFalconService|CSFalconService.exe
cybereason|edr|Cybereason|CybereasonActiveProbe|minionhost.exe
defender|av|Microsoft Defender Antivirus|WinDefend|MsMpEng.exe
eset|av|ESET|ekrn|ekrn.exe
eset-agent|management|ESET Management Agent|EraAgentSvc|ERAAgent.exe
kaspersky|av|Kaspersky|KAVFS|avp.exe,kavfs.exe
kaspersky-agent|management|Kaspersky Network Agent|klnagent|klnagent.exe
mde|edr|Microsoft Defender for Endpoint|Sense|MsSense.exe
norton|av|Norton|NortonSecurity,nsWscSvc|NortonSecurity.exe
osquery|audit|osquery|osqueryd|osqueryd.exe
ossec|ids|OSSEC|OssecSvc|
sentinelone|edr|SentinelOne|SentinelAgent,SentinelStaticEngine|SentinelAgent.exe
sophos|av|Sophos|Sophos Endpoint Defense Service,Sophos File Scanner Service|SophosFileScanner.exe
symantec|av|Symantec Endpoint Protection|SepMasterService,SepScanService|ccSvcHst.exe
sysmon|audit|Sysmon|Sysmon,Sysmon64|Sysmon.exe,Sysmon64.exe
trellix|av|Trellix Endpoint Security|mfemms,mfetp,mfefire|mcshield.exe,mfetp.exe
trellix-agent|management|Trellix Agent|masvc,macmnsvc|masvc.exe
trend-apex-one|av|Trend Micro Apex One|ntrtscan,tmlisten,TmCCSF|NTRtScan.exe,TmListen.exe,PccNTMon.exe
trend-basecamp|management|Trend Micro Endpoint Basecamp|Trend Micro Endpoint Basecamp|EndpointBasecamp.exe
trend-deep-security|av|Trend Micro Deep Security Agent|ds_agent|dsa.exe
trend-virusbuster|av|\u30a6\u30a4\u30eb\u30b9\u30d0\u30b9\u30bf\u30fc \u30af\u30e9\u30a6\u30c9|Amsp|coreServiceShell.exe,uiWatchDog.exe
wazuh|ids|Wazuh agent|WazuhSvc|wazuh-agent.exe
withsecure|av|WithSecure|fsulprothoster,wsulavprohoster|
'@

function Get-ProductsHere {
    $services = @{}
    foreach ($service in Get-CimInstance -ClassName Win32_BaseService -Property @('Name', 'State')) {
        $services[$service.Name.ToLowerInvariant()] = ($service.State -eq 'Running')
    }
    $running = @{}
    foreach ($process in [System.Diagnostics.Process]::GetProcesses()) {
        $running[($process.ProcessName + '.exe').ToLowerInvariant()] = $true
    }
    $found = New-Object System.Collections.ArrayList
    foreach ($line in ($ProductTable -split "`r?`n")) {
        $row = $line -split '\|'
        if ($row.Count -lt 5) { continue }
        $hasService = $false; $hasProcess = $false; $active = $false
        foreach ($name in ($row[3] -split ',')) {
            if ($name -ne '' -and $services.ContainsKey($name.ToLowerInvariant())) {
                $hasService = $true
                if ($services[$name.ToLowerInvariant()]) { $active = $true }
            }
        }
        foreach ($name in ($row[4] -split ',')) {
            if ($name -ne '' -and $running.ContainsKey($name.ToLowerInvariant())) { $hasProcess = $true; $active = $true }
        }
        if (-not ($hasService -or $hasProcess)) { continue }
        $evidence = @()
        if ($hasService) { $evidence += 'service' }
        if ($hasProcess) { $evidence += 'process' }
        [void]$found.Add(@{ id = $row[0]; kind = $row[1]; name = [regex]::Unescape($row[2]); evidence = $evidence; active = $active })
    }
    return , $found.ToArray()
}

# ---- which Windows this is -------------------------------------------------------------------------------------------

$Build = $null
$InstallationType = ''
try {
    $Build = [int](Get-Setting LocalMachine $CurrentVersion 'CurrentBuild')
    $InstallationType = [string](Get-Setting LocalMachine $CurrentVersion 'InstallationType')
} catch { }
$Type = ''
if ($InstallationType -eq 'Client') { $Type = 'Client' }
if ($InstallationType -like 'Server*' -or $InstallationType -eq 'Nano Server') { $Type = 'Server' }

Add-Fact 'os.identity' 'registry' {
    $registered = Get-Setting LocalMachine $CurrentVersion 'CurrentBuild'
    if ($null -eq $registered) { Stop-Fact 'absent' 'CurrentBuild' }
    $ubr = Get-Setting LocalMachine $CurrentVersion 'UBR'
    $edition = [string](Get-Setting LocalMachine $CurrentVersion 'EditionID')
    # ProductName says "Windows 10" on Windows 11: the build decides.
    $family = 'Windows 10'
    if ([int]$registered -ge 22000) { $family = 'Windows 11' }
    if ($Type -eq 'Server') { $family = 'Windows Server' }
    $number = [string]$registered
    if ($null -ne $ubr) { $ubr = [int]$ubr; $number = $number + '.' + $ubr }
    $display = [string](Get-Setting LocalMachine $CurrentVersion 'DisplayVersion')
    [ordered]@{
        family = 'windows'; id = 'windows'; version = ''; pretty = (("$family $display $edition ($number)") -replace ' +', ' ')
        edition = $edition; type = $Type; build = [int]$registered; ubr = $ubr; kernel = $null
    }
}

# Extended Security Updates of Windows 10 22H2. Commercial: activated licences of these ids, one per year. Consumer: only
# where the enrolment says so and a revision is there that came after the end of ordinary support.
Add-Fact 'os.extended_support' 'wmi' {
    if ($Type -eq 'Client' -and $Build -ge 22000) { return [ordered]@{ commercial_year = $null; consumer = 'not_applicable' } }
    if ($Type -ne 'Client' -or $Build -ne 19045) { Stop-Fact 'unsupported' 'the licences of this edition are not known' }
    $ids = @('f520e45e-7413-4a34-a497-d2765967d094', '1043add5-23b1-4afb-9a0f-64343c8f3f8d', '83d49986-add3-41d7-ba33-87c7bfb5c0fb')
    $year = $null
    $condition = "LicenseStatus = 1 AND (ID = '" + ($ids -join "' OR ID = '") + "')"
    foreach ($licence in Get-CimInstance -ClassName SoftwareLicensingProduct -Filter $condition -Property ID) {
        $found = [array]::IndexOf($ids, ([string]$licence.ID).ToLowerInvariant()) + 1
        if ($found -gt 0 -and ($null -eq $year -or $found -gt $year)) { $year = $found }
    }
    $consumer = 'unknown'
    foreach ($hive in 'CurrentUser', 'LocalMachine') {
        foreach ($name in 'ESUEligibility', 'ESUEligibilityResult') {
            $said = Get-Setting $hive "$CurrentVersion\Windows\ConsumerESU" $name
            if ($said -eq 3 -and [int](Get-Setting LocalMachine $CurrentVersion 'UBR') -gt 6466) { $consumer = 'yes' }
        }
    }
    [ordered]@{ commercial_year = $year; consumer = $consumer }
}

# ---- updates ---------------------------------------------------------------------------------------------------------

Add-Fact 'updates.last_check' 'wua' {
    $date = (New-Object -ComObject Microsoft.Update.AutoUpdate).Results.LastSearchSuccessDate
    if ($null -eq $date) { Stop-Fact 'absent' 'LastSearchSuccessDate' }
    [ordered]@{ at = (ConvertFrom-UtcDate $date); valid_until = $null; basis = 'wua' }
}

# Only the local store is searched. Where the searcher cannot be kept offline the fact ends here.
function New-OfflineSearcher {
    $searcher = (New-Object -ComObject Microsoft.Update.Session).CreateUpdateSearcher()
    $searcher.Online = $false
    if ($searcher.Online) { Stop-Fact 'error' 'the search cannot be kept offline' }
    return $searcher
}

# A cumulative update of the system, not of .NET or Office, and not definitions of Defender, which LastInstallationDate
# counts. Newer titles name the build they lead to; older ones say "cumulative" in the system's language.
function Test-Cumulative([string]$Title) {
    if ($Title -notmatch 'KB\d{6,8}') { return $false }
    if ($Title -match 'KB2267602|KB4052623|KB5007651|KB890830|\.NET|Internet Explorer|Office') { return $false }
    return $Title -match '\(\d{5}\.\d+\)|cumulative|kumulativ|\u7d2f\u7a4d\u66f4\u65b0|\u7d2f\u7a4d\u7684\u306a\u66f4\u65b0|\u7d2f\u79ef\u66f4\u65b0|\ub204\uc801 \uc5c5\ub370\uc774\ud2b8'
}

function Get-LastInHistory {
    $searcher = New-OfflineSearcher
    $count = $searcher.GetTotalHistoryCount()
    # The history goes with its folder, which is deleted as a usual repair: none is no answer.
    if ($count -eq 0) { Stop-Fact 'error' 'the update history is empty' }
    $last = $null
    foreach ($entry in $searcher.QueryHistory(0, [Math]::Min($count, 1000))) {
        if ($entry.ResultCode -ne 2 -or $entry.Operation -ne 1 -or -not (Test-Cumulative $entry.Title)) { continue }
        if ($null -eq $last -or $entry.Date -gt $last.Date) { $last = $entry }
    }
    if ($null -eq $last) { Stop-Fact 'error' 'no cumulative update in the history' }
    $kb = ''
    if ($last.Title -match 'KB\d{6,8}') { $kb = $Matches[0] }
    return [ordered]@{ at = (ConvertFrom-UtcDate $last.Date); kb = $kb; basis = 'wua_history' }
}

# The newest cumulative package that component based servicing has installed (state 112).
function Get-LastServiced {
    $newest = $null; $at = $null
    foreach ($name in Get-Subkeys LocalMachine "$Servicing\Packages") {
        if ($name -notmatch '^Package_for_RollupFix~.*~(\d+\.\d+)\.[\d.]+$') { continue }
        $version = [version]$Matches[1]
        if ($null -ne $newest -and $version -le $newest) { continue }
        $key = "$Servicing\Packages\$name"
        if ((Get-Setting LocalMachine $key 'CurrentState') -ne 112) { continue }
        $high = Get-Setting LocalMachine $key 'InstallTimeHigh'
        $low = Get-Setting LocalMachine $key 'InstallTimeLow'
        if ($null -eq $high -or $null -eq $low) { continue }
        # DWORDs arrive signed.
        $ticks = ([long]$high -shl 32) -bor ([long]$low -band [long]4294967295)
        $newest = $version
        $at = [datetime]::FromFileTimeUtc($ticks)
    }
    if ($null -eq $at) { return $null }
    return [ordered]@{ at = (ConvertTo-Utc $at); kb = ''; basis = 'servicing' }
}

Add-Fact 'updates.last_os_update' 'wua' {
    try { return Get-LastInHistory }
    catch {
        $why = $_
        $serviced = $null
        try { $serviced = Get-LastServiced } catch { }
        if ($null -ne $serviced) { return $serviced }
        throw $why
    }
}

# Definitions of Defender are left out. What is installed and waits for a restart counts as pending; what the owner has
# hidden counts as held.
Add-Fact 'updates.pending' 'wua' {
    $security = @('0fa1201d-4330-4fa8-8ae9-b877473b6441', 'e6cf1350-c01b-414d-a61f-263d14d133b4', '28bc880e-0592-4cbf-8f95-c79b17911d5f')
    $definitions = 'e0789628-ce08-4437-be74-2495b842f43b'
    $searcher = New-OfflineSearcher
    $pending = [ordered]@{ installed = 0; total = 0; security = 0; held = 0; security_known = $true }
    foreach ($installed in 1, 0) {
        $result = $searcher.Search("IsInstalled=$installed and Type='Software'")
        if ($result.ResultCode -ne 2) { Stop-Fact 'error' 'the search did not succeed' }
        if ($installed -eq 1) { $pending.installed = [int]$result.Updates.Count }
        foreach ($update in $result.Updates) {
            if ($installed -eq 1 -and -not $update.RebootRequired) { continue }
            $categories = @($update.Categories | ForEach-Object { ([string]$_.CategoryID).ToLowerInvariant() })
            if ($categories -contains $definitions) { continue }
            $pending.total++
            if ($update.MsrcSeverity -or @($categories | Where-Object { $security -contains $_ }).Count -gt 0) { $pending.security++ }
            if ($update.IsHidden) { $pending.held++ }
        }
    }
    if ($pending.installed -eq 0) { Stop-Fact 'error' 'the local store is empty' }
    $pending
}

Add-Fact 'updates.auto' 'registry' {
    $options = Get-Setting LocalMachine "$UpdatePolicy\AU" 'AUOptions'
    $device = Get-Setting LocalMachine 'SOFTWARE\Microsoft\PolicyManager\current\device\Update' 'AllowAutoUpdate'
    $managed = ((Get-Setting LocalMachine "$UpdatePolicy\AU" 'UseWUServer') -eq 1) -or ($null -ne $device)
    $start = Get-Setting LocalMachine 'SYSTEM\CurrentControlSet\Services\wuauserv' 'Start'
    if ($null -eq $start) { Stop-Fact 'error' 'no service of Windows Update' }
    $mode = ''
    if ($start -eq 4 -or
        (Get-Setting LocalMachine "$UpdatePolicy\AU" 'NoAutoUpdate') -eq 1 -or $device -eq 5) { $mode = 'off' }
    elseif (@(2, 3, 7) -contains $options -or ($null -ne $device -and $device -eq 0)) { $mode = 'notify' }
    elseif ($managed) { $mode = 'managed' }
    elseif ($options -eq 4) { $mode = 'automatic' }
    elseif ($null -ne $options) { Stop-Fact 'error' "AUOptions $options" }
    elseif ($Type -eq 'Client') { $mode = 'automatic' }
    else { Stop-Fact 'absent' 'no policy is set' }
    $paused = [string](Get-Setting LocalMachine 'SOFTWARE\Microsoft\WindowsUpdate\UX\Settings' 'PauseUpdatesExpiryTime')
    $until = $null
    if ($paused -match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$') { $until = $paused }
    [ordered]@{ mode = $mode; paused_until = $until; managed = [bool]$managed }
}

Add-Fact 'reboot.required' 'wua' {
    $waiting = $false
    foreach ($key in 'SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired', "$Servicing\RebootPending") {
        if ($null -ne (Open-Key LocalMachine $key)) { $waiting = $true }
    }
    if (-not $waiting) { $waiting = [bool](New-Object -ComObject Microsoft.Update.SystemInfo).RebootRequired }
    [ordered]@{ required = $waiting; since = $null; basis = 'wua, registry' }
}

# ---- protection against malware --------------------------------------------------------------------------------------

# Security Center's productState: 0xF000 is 0 off, 1 on, 2 snoozed, 3 expired; 0x00F0 is 0x00 current, 0x10 out of date.
function Get-SecurityProducts([string]$Class) {
    $list = New-Object System.Collections.ArrayList
    foreach ($row in Get-CimInstance -Namespace root/SecurityCenter2 -ClassName $Class) {
        $state = ([uint32]$row.productState -shr 12) -band 15
        $active = $null
        if ($state -le 3) { $active = ($state -eq 1) }
        $signature = 'unknown'
        if (([uint32]$row.productState -band 0xF0) -eq 0x00) { $signature = 'current' }
        if (([uint32]$row.productState -band 0xF0) -eq 0x10) { $signature = 'outdated' }
        [void]$list.Add([ordered]@{
                id = ''; name = [string]$row.displayName; evidence = @('wsc'); active = $active; realtime = $active
                signature = [ordered]@{ state = $signature; at = $null; basis = ('productState 0x{0:x5}' -f [uint32]$row.productState) }
            })
    }
    return , $list.ToArray()
}

Add-Fact 'av.products' 'wsc' {
    $products = New-Object System.Collections.ArrayList
    $listed = $null
    try { $listed = Get-SecurityProducts 'AntiVirusProduct' } catch { $listError = $_ }
    if ($null -ne $listed) { foreach ($product in $listed) { [void]$products.Add($product) } }

    # Defender of itself. Passive, side by side and "EDR Block Mode" do not protect; 0x800106ba is a service that is off.
    $defender = $null
    try { $defender = Get-CimInstance -Namespace root/Microsoft/Windows/Defender -ClassName MSFT_MpComputerStatus }
    catch {
        $why = $_.Exception
        while ($null -ne $why.InnerException) { $why = $why.InnerException }
        if (('0x{0:x8}' -f $why.HResult) -eq '0x800106ba') {
            $defender = [pscustomobject]@{ AMRunningMode = 'Not running'; AntivirusEnabled = $false; RealTimeProtectionEnabled = $false; AntivirusSignatureLastUpdated = $null }
        }
    }
    if ($null -ne $defender) {
        $on = (@('', 'Normal') -contains [string]$defender.AMRunningMode) -and $defender.AntivirusEnabled -and $defender.RealTimeProtectionEnabled
        $own = @($products | Where-Object { $_.name -like '*Defender*' }) | Select-Object -First 1
        if ($null -eq $own) {
            $own = [ordered]@{ id = ''; name = 'Microsoft Defender Antivirus'; evidence = @(); active = $on; realtime = $on
                signature = [ordered]@{ state = 'unknown'; at = $null; basis = 'defender' }
            }
            [void]$products.Add($own)
        }
        elseif (-not $on) { $own.active = $false; $own.realtime = $false }
        $own.id = 'defender'
        $own.evidence = @($own.evidence) + 'defender'
        if ($null -ne $defender.AntivirusSignatureLastUpdated) { $own.signature.at = ConvertTo-Utc $defender.AntivirusSignatureLastUpdated }
    }

    # What runs and is not listed there. A service that runs says that a product is on, and nothing of what it does.
    $here = @()
    try { $here = Get-ProductsHere } catch { }
    foreach ($found in $here) {
        if (@('av', 'edr') -notcontains $found.kind) { continue }
        $word = ($found.name -split ' ')[0]
        $own = @($products | Where-Object { $_.name -like ('*' + $found.name + '*') -or ($found.id -eq 'defender' -and $_.name -like '*Defender*') -or
                ($word.Length -ge 4 -and @('Microsoft', 'Windows', 'Trend') -notcontains $word -and $_.name -like ('*' + $word + '*')) }) | Select-Object -First 1
        if ($null -ne $own) {
            if ($own.id -eq '') { $own.id = $found.id }
            $own.evidence = @(@($own.evidence) + @($found.evidence) | Select-Object -Unique)
            continue
        }
        $realtime = $null
        if (-not $found.active) { $realtime = $false }
        [void]$products.Add([ordered]@{ id = $found.id; name = $found.name; evidence = @($found.evidence); active = $found.active; realtime = $realtime
                signature = [ordered]@{ state = 'unknown'; at = $null; basis = '' } })
    }
    $anyOn = @($products | Where-Object { $_.active -eq $true }).Count -gt 0
    if (-not $anyOn) {
        # "None is on" needs a source that would have known, and a PC that has settled since it started.
        if ($null -eq $listed -and ($Type -ne 'Server' -or $products.Count -eq 0)) { throw $listError }
        $started = (Get-CimInstance -ClassName Win32_OperatingSystem -Property LastBootUpTime).LastBootUpTime
        if ($Type -ne 'Server' -and ((Get-Date) - $started).TotalMinutes -lt 10) { Stop-Fact 'error' 'started less than ten minutes ago' }
    }
    return , $products.ToArray()
}

Add-Fact 'ids.products' 'services' {
    $list = New-Object System.Collections.ArrayList
    foreach ($found in Get-ProductsHere) {
        if (@('ids', 'edr', 'audit') -notcontains $found.kind) { continue }
        [void]$list.Add([ordered]@{ id = $found.id; name = $found.name; kind = $found.kind; evidence = @($found.evidence); active = (ConvertTo-Answer $found.active) })
    }
    return , $list.ToArray()
}

# ---- settings that protect -------------------------------------------------------------------------------------------

Add-Fact 'firewall' 'netfw' {
    $policy = New-Object -ComObject HNetCfg.FwPolicy2
    $profiles = @(
        [ordered]@{ name = 'domain'; enabled = (ConvertTo-Answer $policy.FirewallEnabled(1)) },
        [ordered]@{ name = 'private'; enabled = (ConvertTo-Answer $policy.FirewallEnabled(2)) },
        [ordered]@{ name = 'public'; enabled = (ConvertTo-Answer $policy.FirewallEnabled(4)) })
    $basis = 'netfw'
    if (@($profiles | Where-Object { $_.enabled -ne 'yes' }).Count -gt 0) {
        # Another product may have taken its place.
        $others = @()
        try {
            $listed = Get-SecurityProducts 'FirewallProduct'
            $others = @($listed | Where-Object { $_.active -eq $true })
        } catch { }
        if ($others.Count -gt 0) { $profiles = @([ordered]@{ name = 'all'; enabled = 'yes' }); $basis = 'wsc' }
    }
    [ordered]@{ profiles = $profiles; basis = $basis }
}

# A property of the shell that any user may read: 1 on, 2 off, 3 encrypting, 4 decrypting, 5 suspended, 6 locked.
Add-Fact 'disk.encryption' 'shell_property' {
    $states = @('unknown', 'on', 'off', 'encrypting', 'decrypting', 'suspended', 'locked')
    $shell = New-Object -ComObject Shell.Application
    $system = [Environment]::GetFolderPath('System').Substring(0, 2)
    $volumes = New-Object System.Collections.ArrayList
    foreach ($drive in [System.IO.DriveInfo]::GetDrives()) {
        $letter = $drive.Name.Substring(0, 2)
        if (@('Fixed', 'Removable') -notcontains [string]$drive.DriveType) { continue }
        $value = $null
        $folder = $shell.NameSpace($letter)
        if ($null -ne $folder) { $value = $folder.Self.ExtendedProperty('System.Volume.BitLockerProtection') }
        if ($null -eq $value -and $letter -eq $system) { Stop-Fact 'error' 'System.Volume.BitLockerProtection' }
        $state = 'unknown'
        if ($null -ne $value -and [int]$value -ge 0 -and [int]$value -lt $states.Count) { $state = $states[[int]$value] }
        $role = 'data'
        if ([string]$drive.DriveType -eq 'Removable') { $role = 'removable' }
        if ($letter -eq $system) { $role = 'system' }
        [void]$volumes.Add([ordered]@{ role = $role; state = $state })
    }
    [ordered]@{ volumes = $volumes.ToArray(); basis = 'shell_property' }
}

Add-Fact 'lock.screen' 'registry' {
    function Get-Desktop([string]$Name) {
        $set = Get-Setting CurrentUser 'Software\Policies\Microsoft\Windows\Control Panel\Desktop' $Name
        if ($null -eq $set) { $set = Get-Setting CurrentUser 'Control Panel\Desktop' $Name }
        return [string]$set
    }
    $after = $null; $basis = 'policy, registry'
    $limit = Get-Setting LocalMachine 'SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System' 'InactivityTimeoutSecs'
    if ($null -ne $limit -and [int]$limit -gt 0) { $after = [int]$limit; $basis = 'policy' }
    if ((Get-Desktop 'ScreenSaveActive') -eq '1' -and (Get-Desktop 'ScreenSaverIsSecure') -eq '1' -and (Get-Desktop 'SCRNSAVE.EXE') -ne '') {
        $seconds = 0
        if ([int]::TryParse((Get-Desktop 'ScreenSaveTimeOut'), [ref]$seconds) -and $seconds -gt 0 -and ($null -eq $after -or $seconds -lt $after)) {
            $after = $seconds; $basis = 'registry'
        }
    }
    # The machine may also lock when it sleeps, which is not asked here: never a no.
    $answer = 'unknown'
    if ($null -ne $after) { $answer = 'yes' }
    [ordered]@{ enabled = $answer; after_seconds = $after; password = $answer; basis = $basis }
}

Add-Fact 'login.automatic' 'registry' {
    $automatic = [string](Get-Setting LocalMachine "$CurrentVersion\Winlogon" 'AutoAdminLogon')
    [ordered]@{ enabled = (ConvertTo-Answer ($automatic -ne '' -and $automatic -ne '0')); basis = 'registry' }
}

# Counts only. Administrators are found by the id of their group, because its name is translated.
Add-Fact 'accounts.local' 'netapi' {
    $users = @(Get-LocalUser)
    if ($users.Count -eq 0) { Stop-Fact 'error' 'Get-LocalUser gave no accounts' }
    $enabled = @($users | Where-Object { $_.Enabled })
    $old = @($enabled | Where-Object { $null -ne $_.LastLogon -and ((Get-Date) - $_.LastLogon).TotalDays -gt 90 }).Count
    $unknown = @($enabled | Where-Object { $null -eq $_.LastLogon }).Count
    $stale = $null
    if ($old -gt 0 -or $unknown -eq 0) { $stale = $old }
    $privileged = $null
    try {
        $disabled = @($users | Where-Object { -not $_.Enabled } | ForEach-Object { $_.SID.Value })
        $group = (New-Object System.Security.Principal.SecurityIdentifier 'S-1-5-32-544').Translate([System.Security.Principal.NTAccount]).Value
        $group = $group.Substring($group.IndexOf('\') + 1)
        $count = 0
        foreach ($member in ([ADSI]"WinNT://./$group,group").psbase.Invoke('Members')) {
            if ($member.GetType().InvokeMember('Class', 'GetProperty', $null, $member, $null) -ne 'User') { continue }
            $bytes = $member.GetType().InvokeMember('objectSid', 'GetProperty', $null, $member, $null)
            $sid = (New-Object System.Security.Principal.SecurityIdentifier ([byte[]]$bytes), 0).Value
            if ($disabled -notcontains $sid) { $count++ }
        }
        if ($count -gt 0) { $privileged = $count }
    } catch { }
    # An empty password could only be found by trying it.
    [ordered]@{ enabled = $enabled.Count; privileged = $privileged; stale = $stale; blank_password = $null; stale_days = 90 }
}

Add-Fact 'logs.system' 'eventlog' {
    $service = 'unknown'
    $state = [string](Get-Service -Name EventLog).Status
    if ($state -eq 'Running') { $service = 'running' }
    if ($state -eq 'Stopped') { $service = 'stopped' }
    $oldest = $null
    if ($service -ne 'stopped') { $oldest = ConvertTo-Utc (Get-WinEvent -LogName System -Oldest -MaxEvents 1).TimeCreated }
    $forwarded = 'unknown'
    $key = Open-Key LocalMachine 'SOFTWARE\Policies\Microsoft\Windows\EventLog\EventForwarding\SubscriptionManager'
    if ($null -ne $key -and $key.ValueCount -gt 0) { $forwarded = 'yes' }
    # Who may clear the log (0x4) or change who may: everyone, anonymous, signed-in or ordinary users?
    $writable = 'unknown'
    try {
        $everyone = @('S-1-1-0', 'S-1-5-7', 'S-1-5-11', 'S-1-5-4', 'S-1-5-32-545')
        $descriptor = New-Object System.Security.AccessControl.RawSecurityDescriptor (Get-WinEvent -ListLog System).SecurityDescriptor
        $writable = 'no'
        foreach ($entry in $descriptor.DiscretionaryAcl) {
            if ([string]$entry.AceType -eq 'AccessAllowed' -and $everyone -contains $entry.SecurityIdentifier.Value -and
                ($entry.AccessMask -band 0x100C0004) -ne 0) { $writable = 'yes' }
        }
    } catch { $writable = 'unknown' }
    [ordered]@{ service = $service; oldest = $oldest; retention_days = $null; forwarded = $forwarded; writable_by_everyone = $writable; basis = 'eventlog' }
}

# Set within a week: the time service says so in the log (35 and 37).
Add-Fact 'clock.sync' 'w32time' {
    $time = 'SYSTEM\CurrentControlSet\Services\W32Time'
    $answer = 'unknown'
    if ((Get-Setting LocalMachine $time 'Start') -eq 4 -or (Get-Setting LocalMachine "$time\Parameters" 'Type') -eq 'NoSync') { $answer = 'no' }
    else {
        $wanted = @{ LogName = 'System'; ProviderName = 'Microsoft-Windows-Time-Service'; Id = 35, 37; StartTime = (Get-Date).AddDays(-7) }
        try { if ($null -ne (Get-WinEvent -FilterHashtable $wanted -MaxEvents 1)) { $answer = 'yes' } }
        catch { if ($_.FullyQualifiedErrorId -notlike 'NoMatchingEventsFound*') { throw } }
    }
    [ordered]@{ synchronized = $answer; basis = 'w32time' }
}

# ---- software and network --------------------------------------------------------------------------------------------

function Get-InstalledPrograms {
    $list = New-Object System.Collections.ArrayList
    $own = 'SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall'
    $places = @(@('LocalMachine', $own), @('LocalMachine', 'SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall'), @('CurrentUser', $own))
    foreach ($place in $places) {
        foreach ($name in Get-Subkeys $place[0] $place[1]) {
            $key = $place[1] + '\' + $name
            $shown = [string](Get-Setting $place[0] $key 'DisplayName')
            if ($shown -ne '') { [void]$list.Add(@{ name = $shown; version = [string](Get-Setting $place[0] $key 'DisplayVersion') }) }
        }
    }
    return , $list.ToArray()
}

# Browsers, runtimes and clients of consultations; what else is installed is nobody's business.
# id | beginning of the registered name | but not with | kind
$SoftwareTable = @'
edge|Microsoft Edge|WebView2|browser
chrome|Google Chrome||browser
firefox|Mozilla Firefox||browser
brave|Brave||browser
opera|Opera||browser
vivaldi|Vivaldi||browser
webview2|Microsoft Edge WebView2||runtime
java|Java ||runtime
java|Eclipse Temurin||runtime
java|Amazon Corretto||runtime
dotnet|Microsoft .NET Runtime||runtime
dotnet|Microsoft Windows Desktop Runtime||runtime
acrobat|Adobe Acrobat||other
zoom|Zoom|Outlook|consultation_client
teams|Microsoft Teams|Meeting Add-in|consultation_client
webex|Webex||consultation_client
webex|Cisco Webex||consultation_client
skype|Skype||consultation_client
line|LINE||consultation_client
anydesk|AnyDesk||other
'@

# id | policy key | policy name | value for off | value for manual | service that updates
$UpdaterTable = @'
edge|SOFTWARE\Policies\Microsoft\EdgeUpdate|UpdateDefault|0|2|edgeupdate
chrome|SOFTWARE\Policies\Google\Update|UpdateDefault|0|2|GoogleUpdater
firefox|SOFTWARE\Policies\Mozilla\Firefox|DisableAppUpdate|1||MozillaMaintenance
'@

function Get-UpdatesOf([string]$Id) {
    foreach ($line in ($UpdaterTable -split "`r?`n")) {
        $row = $line -split '\|'
        if ($row[0] -ne $Id) { continue }
        $set = [string](Get-Setting LocalMachine $row[1] $row[2])
        if ($set -ne '' -and $set -eq $row[3]) { return 'off' }
        if ($set -ne '' -and $set -eq $row[4]) { return 'manual' }
        if (@(Get-Service -Name ($row[5] + '*')).Count -gt 0) { return 'automatic' }
    }
    return 'unknown'
}

Add-Fact 'software.products' 'registry' {
    $programs = Get-InstalledPrograms
    $list = New-Object System.Collections.ArrayList
    $seen = @{}
    foreach ($line in ($SoftwareTable -split "`r?`n")) {
        $row = $line -split '\|'
        foreach ($program in $programs) {
            if (-not $program.name.StartsWith($row[1], [StringComparison]::Ordinal)) { continue }
            if ($row[2] -ne '' -and $program.name.Contains($row[2])) { continue }
            $once = $row[0] + '|' + $program.name + '|' + $program.version
            if ($seen.ContainsKey($once)) { continue }
            $seen[$once] = $true
            [void]$list.Add([ordered]@{ id = $row[0]; name = $program.name; version = $program.version; kind = $row[3]; updates = (Get-UpdatesOf $row[0]) })
        }
    }
    return , $list.ToArray()
}

Add-Fact 'network.listening' 'iphlpapi' {
    $widest = @{}
    $order = @('loopback', 'private', 'any')
    $properties = [System.Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties()
    foreach ($protocol in 'tcp', 'udp') {
        $points = $properties.GetActiveTcpListeners()
        if ($protocol -eq 'udp') { $points = $properties.GetActiveUdpListeners() }
        foreach ($point in $points) {
            # UDP ports that clients are lent
            if ($protocol -eq 'udp' -and $point.Port -ge 49152) { continue }
            $address = $point.Address
            $scope = 'any'
            if ([System.Net.IPAddress]::IsLoopback($address)) { $scope = 'loopback' }
            elseif ($address.ToString() -match '^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|fe[89ab]|f[cd][0-9a-f]{2}:)') { $scope = 'private' }
            $key = '{0}|{1:d5}' -f $protocol, $point.Port
            if (-not $widest.ContainsKey($key) -or [array]::IndexOf($order, $widest[$key]) -lt [array]::IndexOf($order, $scope)) { $widest[$key] = $scope }
        }
    }
    $ports = New-Object System.Collections.ArrayList
    foreach ($key in ($widest.Keys | Sort-Object)) {
        $parts = $key -split '\|'
        [void]$ports.Add([ordered]@{ protocol = $parts[0]; port = [int]$parts[1]; scope = $widest[$key] })
    }
    [ordered]@{ ports = $ports.ToArray() }
}

# Clients of electronic records and claims; records kept on the web leave no such trace, so there is never a no.
Add-Fact 'terminal.other_use' 'registry' {
    $clients = '^(\u65e5\u533b\u6a19\u6e96\u30ec\u30bb\u30d7\u30c8|glclient|monsiaj|Medicom|HOPE LifeMark|SimCLINIC|\u30c0\u30a4\u30ca\u30df\u30af\u30b9)'
    $answer = 'unknown'
    $programs = Get-InstalledPrograms
    if (@($programs | Where-Object { $_.name -cmatch $clients }).Count -gt 0) { $answer = 'yes' }
    $networks = 0
    foreach ($adapter in [System.Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces()) {
        if ([string]$adapter.OperationalStatus -ne 'Up' -or [string]$adapter.NetworkInterfaceType -eq 'Loopback') { continue }
        if ($adapter.GetIPProperties().GatewayAddresses.Count -gt 0) { $networks++ }
    }
    [ordered]@{ ehr_client = $answer; networks = $networks }
}

# From the shutdown that Windows notes to the first event after it. The uptime is no measure: a fast start goes on with
# the one before.
Add-Fact 'power.last_off' 'eventlog' {
    $bytes = Get-Setting LocalMachine 'SYSTEM\CurrentControlSet\Control\Windows' 'ShutdownTime'
    if ($null -eq $bytes -or $bytes.Length -ne 8) { Stop-Fact 'absent' 'ShutdownTime' }
    $from = [datetime]::FromFileTimeUtc([BitConverter]::ToInt64([byte[]]$bytes, 0))
    $wanted = @{ LogName = 'System'; StartTime = $from.ToLocalTime().AddMinutes(15) }
    $first = Get-WinEvent -FilterHashtable $wanted -Oldest -MaxEvents 1
    [ordered]@{ from = (ConvertTo-Utc $from); to = (ConvertTo-Utc $first.TimeCreated) }
}

# ---- what consultations may leave behind -----------------------------------------------------------------------------

function Get-FolderOf([string]$Name) {
    return [string](Get-Setting CurrentUser 'Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders' $Name)
}
$DownloadsName = '{374DE290-123F-4565-9164-39C4925E467B}'

# Files are counted by their endings; no name is kept, none is opened.
Add-Fact 'residue.files' 'files' {
    if (-not $Residue) { Stop-Fact 'not_collected' '-Residue' }
    function Measure-Files([string]$Folder, [int]$Depth, [string]$Pattern) {
        if ($Folder -eq '') { return $null }
        if (-not (Test-Path -LiteralPath $Folder)) { return 0 }
        try { return @(Get-ChildItem -LiteralPath $Folder -File -Recurse -Depth $Depth | Where-Object { $_.Name -match $Pattern }).Count }
        catch { return $null }
    }
    $recordings = '\.(mp4|m4a|mkv|webm|mov|avi|wmv|mp3)$'
    $downloads = Get-FolderOf $DownloadsName
    $parts = @(
        (Measure-Files (Get-FolderOf 'My Video') 2 $recordings),
        (Measure-Files (Join-Path (Get-FolderOf 'Personal') 'Zoom') 2 $recordings),
        (Measure-Files $downloads 2 $recordings))
    $recorded = $null
    if ($parts -notcontains $null) { $recorded = [int]($parts | Measure-Object -Sum).Sum }
    [ordered]@{
        recordings = $recorded
        downloads = (Measure-Files $downloads 2 '^(?!desktop\.ini$)')
        screenshots = (Measure-Files (Join-Path (Get-FolderOf 'My Pictures') 'Screenshots') 0 '\.(png|jpg|jpeg|bmp)$')
    }
}

Add-Fact 'residue.features' 'registry' {
    $recall = 'unknown'
    if ($Type -eq 'Server' -or ($null -ne $Build -and $Build -lt 26100)) { $recall = 'no' }
    foreach ($hive in 'LocalMachine', 'CurrentUser') {
        $policy = 'SOFTWARE\Policies\Microsoft\Windows\WindowsAI'
        $allowed = Get-Setting $hive $policy 'AllowRecallEnablement'
        if ((Get-Setting $hive $policy 'DisableAIDataAnalysis') -eq 1 -or ($null -ne $allowed -and $allowed -eq 0)) { $recall = 'no' }
    }
    $cloud = [string](Get-Setting CurrentUser 'Environment' 'OneDrive')
    $downloads = Get-FolderOf $DownloadsName
    $backedUp = 'unknown'
    if ($downloads -ne '') { $backedUp = ConvertTo-Answer ($cloud -ne '' -and $downloads.StartsWith($cloud + '\', [StringComparison]::OrdinalIgnoreCase)) }
    $capture = 'unknown'
    $set = Get-Setting CurrentUser 'SOFTWARE\Microsoft\Windows\CurrentVersion\GameDVR' 'AppCaptureEnabled'
    if ($null -ne $set) { $capture = ConvertTo-Answer ($set -ne 0) }
    $allowed = Get-Setting LocalMachine 'SOFTWARE\Policies\Microsoft\Windows\GameDVR' 'AllowGameDVR'
    if ($null -ne $allowed -and $allowed -eq 0) { $capture = 'no' }
    $clipboard = ConvertTo-Answer ((Get-Setting CurrentUser 'SOFTWARE\Microsoft\Clipboard' 'EnableCloudClipboard') -eq 1)
    $allowed = Get-Setting LocalMachine 'SOFTWARE\Policies\Microsoft\Windows\System' 'AllowCrossDeviceClipboard'
    if ($null -ne $allowed -and $allowed -eq 0) { $clipboard = 'no' }
    $sync = 'unknown'
    if ((Get-Setting LocalMachine 'SOFTWARE\Policies\Microsoft\Edge' 'SyncDisabled') -eq 1 -and
        (Get-Setting LocalMachine 'SOFTWARE\Policies\Google\Chrome' 'SyncDisabled') -eq 1) { $sync = 'no' }
    [ordered]@{ recall = $recall; downloads_backed_up = $backedUp; game_capture = $capture; cloud_clipboard = $clipboard; browser_sync = $sync }
}

# ---- the file --------------------------------------------------------------------------------------------------------

function Get-Sha256([byte[]]$Bytes) {
    $hash = [System.Security.Cryptography.SHA256]::Create()
    try { return -join ($hash.ComputeHash($Bytes) | ForEach-Object { $_.ToString('x2') }) } finally { $hash.Dispose() }
}

$Utf8 = New-Object System.Text.UTF8Encoding $false
$Id = ''
try {
    $machine = [string](Get-Setting LocalMachine 'SOFTWARE\Microsoft\Cryptography' 'MachineGuid')
    if ($machine -ne '') { $Id = Get-Sha256 ($Utf8.GetBytes('kenshin host id 1:' + $machine)) }
} catch { }
if ($Label -eq '') {
    if ($Id -ne '') { $Label = 'PC-' + $Id.Substring(0, 8) } else { $Label = 'PC-' + [Environment]::TickCount }
}
$Elevated = $false
try {
    $principal = New-Object System.Security.Principal.WindowsPrincipal ([System.Security.Principal.WindowsIdentity]::GetCurrent())
    $Elevated = $principal.IsInRole([System.Security.Principal.WindowsBuiltInRole]::Administrator)
} catch { }
$Role = 'unknown'
if ($Type -eq 'Client') { $Role = 'terminal' }
if ($Type -eq 'Server') { $Role = 'server' }
$OwnSha256 = ''
try { $OwnSha256 = Get-Sha256 ([System.IO.File]::ReadAllBytes($PSCommandPath)) } catch { }

$Document = [ordered]@{ schema = 'kenshin.host-facts/1'; collected_at = (ConvertTo-Utc (Get-Date)) }
if ($Nonce -ne '') { $Document['nonce'] = $Nonce }
$Document['collector'] = [ordered]@{ name = 'kenshin-collect.ps1'; version = $CollectorVersion; sha256 = $OwnSha256; elevated = $Elevated }
$Document['host'] = [ordered]@{ id = $Id; label = $Label; role = $Role; container = $false }
$Document['facts'] = $Facts

# A file of the same PC is replaced, one of another PC never.
function Test-OfAnother([string]$Path) {
    if (-not [System.IO.File]::Exists($Path)) { return $false }
    return $Id -eq '' -or -not [System.IO.File]::ReadAllText($Path).Contains($Id)
}

$Unfinished = ''
try {
    if ($Out -eq '') { $Out = $PSScriptRoot }
    $Out = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Out)
    $name = ($Label -replace '[\\/:*?"<>|\x00-\x1f]', '-').TrimEnd('.', ' ')
    $name = $name + '-' + (Get-Date).ToUniversalTime().ToString('yyyyMMdd', [Globalization.CultureInfo]::InvariantCulture)
    $Path = Join-Path $Out ($name + '.json')
    if (Test-OfAnother $Path) { $Path = Join-Path $Out ($name + '-' + ($Id + '0000000000000000').Substring(0, 16) + '.json') }
    if (Test-OfAnother $Path) { throw 'a file of another PC is there' }
    $Unfinished = $Path + '.part' + $PID
    [System.IO.File]::WriteAllText($Unfinished, (($Document | ConvertTo-Json -Depth 12) + "`n"), $Utf8)
    if ([System.IO.File]::Exists($Path)) { [System.IO.File]::Delete($Path) }
    [System.IO.File]::Move($Unfinished, $Path)
}
catch {
    if ($Unfinished -ne '' -and [System.IO.File]::Exists($Unfinished)) { [System.IO.File]::Delete($Unfinished) }
    [Console]::Error.WriteLine('cannot write the file: ' + $_.Exception.Message)
    exit 73
}
Write-Output $Path
exit 0
